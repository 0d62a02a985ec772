/** The Render Foundation's dashboard: nodes and frames since the start. */
import { z } from 'zod';
import type { Request } from '../../core/ports.ts';
import { DAY, HOUR } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { type Figures, readFigures, withoutAll } from '../figures.ts';
import { readJson } from '../json.ts';

const ID = 'render-nodes';
const TOTALS: Request = { url: 'https://stats.renderfoundation.com/api/nodes_and_frames' };

/** Both only grow from more than 0. */
const Total = z.int().positive({ error: 'is 0 or less, which nothing counted since the start can be' });
const FIGURES: Figures = {
  'render.nodes_cumulative': z.object({ nodes: Total }).transform((body) => body.nodes),
  'render.frames_cumulative': z.object({ frames: Total }).transform((body) => body.frames),
};

/** The answer has no time of its own: the figures hold at `now`. */
export function renderNodes({ every = 6 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'Render Foundation totals',
    homepage: 'https://stats.renderfoundation.com',
    about: 'Nodes that ever worked on Render, and frames rendered since the start.',
    terms: "Public, undocumented endpoint behind the Foundation's dashboard; no terms for programs were found.",
    key: null,
    limits: 'None published; asked every few hours.',
    least: HOUR,
    confidence: 'medium',
    caveats: ['Both only ever grow: nothing here says how many nodes work today, or how busy they are.'],
    every,
    series: Object.keys(FIGURES).map((id) => ({ id, refresh: DAY })),
    requests: () => [TOTALS],
    parse: (reply, _request, now) => {
      const body = readJson(reply);
      if (!body.ok) return withoutAll(Object.keys(FIGURES), body.reason);
      return readFigures(body.value, FIGURES, ID, now);
    },
  };
}
