/** The price of AKT by Akash's own oracle: a second witness beside the price sites. */
import { z } from 'zod';
import { MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { readFigures } from '../figures.ts';
import { CONSOLE, endpointOf, parserOf } from './akash/console.ts';

const ID = 'akash-oracle';
const PRICE = 'akash.token_price';

/** Volume, market cap and rank are always 0 there, and say nothing. */
const Price = z
  .object({ price: z.number().positive({ error: 'is 0 or less: neither the oracle nor the stored price answered' }) })
  .transform((body) => body.price);
const ENDPOINTS = [
  endpointOf('/market-data/akt', [PRICE], (body, now) => readFigures(body, { [PRICE]: Price }, ID, now)),
];

/** USD for one AKT. The body has no time: the price holds at `now`. Memorized for 10 min in console apps/api. */
export function akashOracle({ every = 10 * MINUTE }: Options): BuiltInSource {
  return {
    ...CONSOLE,
    id: ID,
    title: 'Akash oracle',
    about: "The price of AKT, as the chain's oracle has it.",
    limits: 'None found in its code; the price is kept for 10 min.',
    least: 10 * MINUTE,
    confidence: 'high',
    caveats: ['Where the oracle does not answer, the console gives the last price it stored, without a date.'],
    every,
    series: [{ id: PRICE, refresh: 10 * MINUTE }],
    requests: () => ENDPOINTS.map(({ request }) => request),
    parse: parserOf(ENDPOINTS),
  };
}
