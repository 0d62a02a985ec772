import { expect, test } from 'vitest';
import { renderNodes } from '../../../src/sources/metrics/render-nodes.ts';
import { renderNodes as provider } from '../../providers/render-nodes.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = renderNodes({});
const TOTALS = requestOf(source, 'nodes_and_frames');
const read = (body: unknown) => source.parse(replyOf(body), TOTALS, NOW);

test('gives what its provider says, at now', () => {
  const readings = readingOf(source, provider, NOW);
  expect(newestOf(readings)).toEqual(provider.gives);
  expect(readings.flatMap(({ samples }) => samples).every(({ at }) => at === NOW)).toBe(true);
});

test('a total of 0 is a failure', () => {
  const reading = read({ frames: 78_412_339, nodes: 0 });
  expect(valuesOf(reading)).toEqual({ 'render.frames_cumulative': 78_412_339 });
  expect(reasonsOf(reading)['render.nodes_cumulative']).toMatch('is 0 or less');
});

test('one broken total costs itself only', () => {
  const reading = read({ frames: '78412339', nodes: 5604 });
  expect(valuesOf(reading)).toEqual({ 'render.nodes_cumulative': 5604 });
  expect(reasonsOf(reading)['render.frames_cumulative']).toBe('frames: expected number, received string');
});

survivesAnything(source, TOTALS, { frames: 78_412_339, nodes: 5604 });
