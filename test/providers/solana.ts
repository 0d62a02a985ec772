/** A Solana node: amounts are text in the smallest unit, as doubles do not hold them. */
import type { Provider } from './provider.ts';

const NODE = 'api.mainnet-beta.solana.com/';

function supply(amount: string, decimals: number, uiAmountString: string) {
  return {
    jsonrpc: '2.0',
    id: 1,
    result: {
      context: { apiVersion: '3.1.2', slot: 371_204_556 },
      value: { amount, decimals, uiAmount: Number(uiAmountString), uiAmountString },
    },
  };
}

export const solana: Provider = {
  source: 'solana',
  routes: () => [
    {
      url: NODE,
      asks: 'BZLbGTNCSFfoth2GYDtwr7e4imWzpR5jqcUuGEwr646K',
      body: supply('79912345600000000', 8, '799123456'),
    },
    {
      url: NODE,
      asks: 'rndrizKT3MK1iimdxRdWabcF7Zg7AR5T4nud4EkHBof',
      body: supply('42751823412345678', 8, '427518234.12345678'),
    },
  ],
  gives: { 'ionet.token_supply': 799_123_456, 'render.solana_supply': 427_518_234.12345678 },
  unread: ['apiVersion', 'slot', 'uiAmount'],
};
