/** The Render Foundation's statistics: RENDER burned, and owed in new tokens, by weekly epoch. */
import { z } from 'zod';
import type { Request } from '../../core/ports.ts';
import { DAY, HOUR } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { without } from '../figures.ts';
import { readJson } from '../json.ts';
import { readBurned } from './render/burned.ts';
import { readMinted } from './render/minted.ts';

const ID = 'render-foundation';
const API = 'https://infra.shikumi.cc/api/v1';
/** It answers its own dashboard only. */
const headers = { origin: 'https://stats.renderfoundation.com', referer: 'https://stats.renderfoundation.com/' };
const BURNS: Request = { url: `${API}/epochBurnStats`, headers, body: '{"start":0}' };
const OWED: Request = { url: `${API}/liabilityEpochs`, headers };

const List = z.array(z.unknown()).max(20_000);
/** The list itself, or below `epochs`, `data` or both: which of them was never settled. */
const Rows = z.union([
  List,
  z.object({ epochs: List }).transform(({ epochs }) => epochs),
  z.object({ data: List }).transform(({ data }) => data),
  z.object({ data: z.object({ epochs: List }) }).transform(({ data }) => data.epochs),
]);

/** Samples stand at the end of their epoch, and all epochs are given again each time; the running one is left out. */
export function renderFoundation({ every = 6 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Render Foundation',
    homepage: 'https://stats.renderfoundation.com',
    about: 'RENDER burned for work and RENDER owed to those who do it, as tokens a day, by weekly epoch.',
    terms: "Public, undocumented API behind the Foundation's dashboard; no terms for programs were found.",
    key: null,
    limits: 'None published; asked every few hours.',
    least: HOUR,
    confidence: 'medium',
    caveats: [
      'Fields were seen in a copy of 2025 that the dashboard kept, never at this address.',
      'Epochs without dates of their own are dated by their number: epoch 1 ended on 2023-12-27, and every one lasted a week up to epoch 97 in October 2025.',
      'Minted is what node operators, available nodes and compute providers are owed; grants, operations and rewards for moving to Solana are not in it.',
      'A single epoch may be a spike: compare sums of four.',
      'DefiLlama makes its revenue of Render out of the same burns, so the two are not independent.',
    ],
    every,
    series: ['render.burned', 'render.minted'].map((id) => ({ id, refresh: 7 * DAY })),
    requests: () => [BURNS, OWED],
    parse: (reply, request, now) => {
      const burns = request.url === BURNS.url;
      const series = burns ? 'render.burned' : 'render.minted';
      const body = readJson(reply);
      if (!body.ok) return without(series, body.reason);
      const rows = Rows.safeParse(body.value);
      if (!rows.success) return without(series, 'no list of epochs is in the answer');
      return burns ? readBurned(rows.data, ID, now) : readMinted(rows.data, ID, now);
    },
  };
}
