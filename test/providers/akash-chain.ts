/** A REST node of the Akash chain: the supply of all its coins, in two pages. */
import type { Provider } from './provider.ts';

const SUPPLY = 'akash-rest.publicnode.com/cosmos/bank/v1beta1/supply?pagination.limit=1000';

export const akashChain: Provider = {
  source: 'akash-chain',
  routes: () => [
    {
      url: SUPPLY,
      body: {
        pagination: { next_key: 'dWFj+C8/aQ==', total: '4' },
        supply: [
          { denom: 'factory/akash1xyz/uakt', amount: '77' }, // another coin of a like name
          { denom: 'ibc/170C677610AC31DF0904FFE09CD3B5C657492170E7E52372E48756B71E56F2F1', amount: '48217000000' },
        ],
      },
    },
    {
      url: `${SUPPLY}&pagination.key=dWFj%2BC8%2FaQ%3D%3D`,
      body: {
        pagination: { total: '0', next_key: null },
        supply: [
          { amount: '1900000000000', denom: 'uact' },
          { amount: '292000000250000', denom: 'uakt' },
        ],
      },
    },
  ],
  gives: { 'akash.token_supply': 292_000_000.25 },
};
