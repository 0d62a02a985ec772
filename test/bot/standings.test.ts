/** The rows of `/tier`: nearest first, short, and what cannot be judged in one of them. */
import { expect, it } from 'vitest';
import { standingBlocks } from '../../src/bot/standings.ts';
import type { Gap, Standing } from '../../src/core/standing.ts';
import { livelyState, NOW, worldOf } from './sample.ts';

const [sample] = worldOf(livelyState()).standings('akash');

function standing(rule: string, relative: number | null, missing: readonly string[] = []): Standing {
  if (sample === undefined) throw new Error('the sample has no rules');
  const gap: Gap = { expression: '', truth: 'unknown', value: null, unit: '', relative, missing, says: '' };
  const distance = { ...sample.distance, relative, gaps: [gap], says: `${rule} away` };
  return { ...sample, rule, title: rule, state: undefined, effect: { note: true }, distance };
}

function rows(standings: readonly Standing[]) {
  return standingBlocks(standings, NOW).flatMap((block) => (block.kind === 'facts' ? block.rows : []));
}

it('are those of the nearest rules', () => {
  const all = Array.from({ length: 11 }, (_, at) => standing(`rule-${at}`, (11 - at) / 10));
  expect(rows(all).map(([label]) => label)).toEqual([...[10, 9, 8, 7, 6, 5, 4, 3].map((at) => `rule-${at}`), '…']);
  expect(rows(all).at(-1)).toEqual(['…', '3 more']);
});

it('are one for many rules that cannot be judged, each reason once', () => {
  const blind = [['a: none'], ['b: stale', 'a: none'], ['c: none'], ['d: none']].map((missing, at) =>
    standing(`blind-${at}`, null, missing),
  );
  expect(rows([...blind, standing('near', 0.1)])).toEqual([
    ['near', 'near away'],
    ['Unknown', '4 rules: a: none; b: stale and 2 more reasons'],
  ]);
  expect(rows(blind.slice(0, 2)).map(([label]) => label)).toEqual(['blind-0', 'blind-1']);
});

it('are none where no rule judges the network', () => {
  expect(standingBlocks([], NOW)).toEqual([{ kind: 'text', line: 'No rule judges it.' }]);
});
