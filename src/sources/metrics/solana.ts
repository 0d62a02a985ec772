/** Solana: how many IO and RENDER tokens there are on it, from any node's JSON-RPC. */
import { z } from 'zod';
import type { Reading, Request } from '../../core/ports.ts';
import { HOUR, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { readRpc, rpcCall } from '../chain/json-rpc.ts';
import { without } from '../figures.ts';

const ID = 'solana';
const NODE = 'https://api.mainnet-beta.solana.com';

type Token = { readonly series: string; readonly request: Request };

const TOKENS: readonly Token[] = [
  token('ionet.token_supply', 'BZLbGTNCSFfoth2GYDtwr7e4imWzpR5jqcUuGEwr646K'),
  token('render.solana_supply', 'rndrizKT3MK1iimdxRdWabcF7Zg7AR5T4nud4EkHBof'),
];

function token(series: string, mint: string): Token {
  return { series, request: rpcCall(NODE, 'getTokenSupply', [mint, { commitment: 'finalized' }]) };
}

const Decimal = /^(?:0|[1-9]\d{0,38})(?:\.\d{1,38})?$/;

/** `amount` counts the smallest unit, of which a token has ten to the power of `decimals`. */
const Supply = z
  .object({
    value: z.object({
      amount: z.string().regex(/^(?:0|[1-9]\d{0,38})$/, { error: 'expected digits' }),
      decimals: z.int().min(0).max(38),
      uiAmountString: z.string().regex(Decimal, { error: 'expected a decimal number' }),
    }),
  })
  .transform(({ value }) => ({ tokens: shifted(value.amount, value.decimals), said: trimmed(value.uiAmountString) }))
  .refine(({ tokens, said }) => tokens === said, { error: 'value: amount and uiAmountString disagree' })
  .transform(({ tokens }) => Number(tokens))
  .refine((tokens) => tokens > 0, { error: 'value: 0 is no supply of a token' });

/** One call for each token. The answer has a slot but no time: the figures hold at `now`. */
export function solana({ every = HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Solana RPC',
    homepage: 'https://solana.com',
    about: 'The finalized supply of IO and of RENDER on Solana.',
    terms: 'A public node of the Solana Foundation, not meant for heavy use; `base` names another one.',
    key: null,
    limits: 'Limited by address: 40 calls of one method in 10 s.',
    least: 10 * MINUTE,
    confidence: 'high',
    caveats: [
      'IO lives on Solana only; RENDER has a part on Ethereum, too, and the two are different accounts that do not add up.',
      'A supply nets what was minted and what was burned.',
    ],
    every,
    series: TOKENS.map(({ series }) => ({ id: series, refresh: MINUTE })),
    requests: () => TOKENS.map(({ request }) => request),
    parse: (reply, request, now): Reading => {
      const { series } = TOKENS.find((one) => one.request.body === request.body) ?? (TOKENS[0] as Token);
      const supply = readRpc(reply, Supply);
      if (!supply.ok) return without(series, supply.reason);
      return { samples: [{ series, at: now, value: supply.value, source: ID }], articles: [], dropped: [] };
    },
  };
}

/** The digits with the point set, exactly: doubles would round amounts of 16 digits and more. */
function shifted(digits: string, decimals: number): string {
  if (decimals === 0) return digits;
  const padded = digits.padStart(decimals + 1, '0');
  const point = padded.length - decimals;
  return trimmed(`${padded.slice(0, point)}.${padded.slice(point)}`);
}

/** Without zeros at the end of the fraction, and without an empty one. */
function trimmed(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
