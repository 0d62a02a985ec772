/** Akash by GPU model: what a GPU-hour costs there, how many are online, and how many of them are leased. */
import { MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { GPU_IDS } from '../gpus.ts';
import { CONSOLE, parserOf } from './akash/console.ts';
import { FLEET, fleetEndpoint } from './akash/fleet.ts';
import { seriesOf } from './akash/grid.ts';
import { PRICE, pricesEndpoint } from './akash/prices.ts';

const ID = 'akash-gpus';
const ENDPOINTS = [pricesEndpoint(ID), fleetEndpoint(ID)];

/** Two endpoints; cache times as in console apps/api: prices 15 min, counts 2 min. */
export function akashGpus({ every = 30 * MINUTE }: Options): BuiltInSource {
  return {
    ...CONSOLE,
    id: ID,
    title: 'Akash console API, by GPU',
    about: 'What a GPU-hour costs on Akash, and how many GPUs of each model are online and leased.',
    limits: 'None found in its code; answers are cached for 2 to 15 min.',
    least: 15 * MINUTE,
    confidence: 'high',
    caveats: [
      'Prices are medians of bids for a single GPU in the last 31 days, so they lag.',
      'Where nobody bid on one form of a card, the console may take a bid on another form of the same model.',
      'A machine with several kinds of GPU counts as one kind.',
      'GPUs are counted by machine here, which is another count than that of `akash`.',
    ],
    every,
    series: [
      ...GPU_IDS.map((gpu) => ({ id: seriesOf(PRICE, gpu), refresh: 15 * MINUTE })),
      ...FLEET.flatMap((grid) => GPU_IDS.map((gpu) => ({ id: seriesOf(grid, gpu), refresh: 2 * MINUTE }))),
    ],
    requests: () => ENDPOINTS.map(({ request }) => request),
    parse: parserOf(ENDPOINTS),
  };
}
