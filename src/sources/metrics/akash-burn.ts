/** Akash's burn and mint: AKT burned for compute credits (ACT) and minted back, by day, and what backs the credits. */
import { z } from 'zod';
import type { Reading } from '../../core/ports.ts';
import { DAY, HOUR, MINUTE } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { readFigures, readPiece, without } from '../figures.ts';
import { IsoInstant } from '../instant.ts';
import { CONSOLE, endpointOf, MICRO, parserOf } from './akash/console.ts';
import { type Graph, graphEndpoint } from './akash/graph.ts';

const ID = 'akash-burn';
const COLLATERAL = 'akash.collateral_ratio';

/** In uakt, although the names say AKT: the console's own pages divide by a million. */
const GRAPHS: readonly Graph[] = [
  { path: '/graph-data/dailyAktBurnedForAct', series: 'akash.burned', kind: 'flow', units: MICRO },
  { path: '/graph-data/dailyAktReminted', series: 'akash.minted', kind: 'flow', units: MICRO },
];
const ENDPOINTS = [
  ...GRAPHS.map((graph) => graphEndpoint(graph, ID)),
  endpointOf('/bme/dashboard-data', [COLLATERAL], readCollateral),
];

const Moment = z.object({ now: z.object({ date: IsoInstant }) });
const Ratio = z
  .object({
    now: z.object({
      collateralRatio: z.number().positive({ error: 'is 0 or less: nothing is outstanding, or the price is missing' }),
    }),
  })
  .transform((body) => body.now.collateralRatio);

/** Burned and minted by complete UTC day; the console caches its answers for 5 min. */
export function akashBurn({ every = 6 * HOUR }: Options): BuiltInSource {
  return {
    ...CONSOLE,
    id: ID,
    title: 'Akash console API, burn and mint',
    about:
      'AKT burned for compute credits and minted back by complete UTC day, and how far the vault covers the credits.',
    limits: 'None found in its code; answers are cached for 5 min.',
    least: HOUR,
    confidence: 'medium',
    caveats: [
      'That the figures are in millionths of AKT is read from the code of the console, not from a document.',
      'Minted is what was minted back for credits; what stakers are given is emission.',
      'A day is left out where the count behind it fell or has a gap.',
    ],
    every,
    series: [...GRAPHS.map(({ series }) => ({ id: series, refresh: DAY })), { id: COLLATERAL, refresh: 5 * MINUTE }],
    requests: () => ENDPOINTS.map(({ request }) => request),
    parse: parserOf(ENDPOINTS),
  };
}

function readCollateral(body: unknown): Reading {
  const moment = readPiece(Moment, body);
  if (!moment.ok) return without(COLLATERAL, moment.reason);
  return readFigures(body, { [COLLATERAL]: Ratio }, ID, moment.value.now.date);
}
