/** Which reports a message tells: each once, and as left out only what nothing counts. */
import { describe, expect, it } from 'vitest';
import { reportBlocks } from '../../src/bot/evidence.ts';
import { DAY } from '../../src/core/time.ts';
import type { NewsReading, Report, Verdict } from '../../src/core/verdict.ts';
import { NOW } from './sample.ts';

const report = (outlet: string, day = 1): Report => ({
  outlet,
  title: `A report by ${outlet}`,
  link: null,
  at: NOW - day * DAY,
  because: [],
});
const left = (outlet: string, why: string) => ({ ...report(outlet), why });

function verdict(...found: readonly Partial<NewsReading>[]): Verdict {
  const readings = found.map(
    (one): NewsReading => ({ kind: 'news', expression: 'news(lab_training, 30d)', count: 0, reports: [], ...one }),
  );
  return { truth: 'true', expression: '', says: '', readings, children: [] };
}

function lines(verdicts: readonly Verdict[], room: { leftOut: number; counted?: number } = { leftOut: 3 }) {
  return reportBlocks(verdicts, NOW, { drop: 5, ...room }).map((block) =>
    block.kind === 'list'
      ? [block.title ?? '', ...block.items.map((item) => (typeof item === 'string' ? item : item.join('')))]
      : [],
  );
}

describe('reports in a message', () => {
  it('are told once, however many conditions count them, and as left out only where none does', () => {
    const facts = { reports: [report('One')], leftOut: [left('Plan', 'plan only'), left('Post', 'a social post')] };
    const claims = { reports: [report('One'), report('Plan')], leftOut: [left('Post', 'a social post')] };
    const told = [
      ['Reports', 'One: A report by One, 2026-11-19, 1d old', 'Plan: A report by Plan, 2026-11-19, 1d old'],
      ['', 'Left out: Post, A report by Post: a social post'],
    ];
    expect(lines([verdict(facts, claims)])).toEqual(told);
    expect(lines([verdict(facts), verdict(claims)])).toEqual(told);
  });

  it('begin with who had the story first, unless that is one of those counted', () => {
    const first = { reports: [report('One')], origin: report('Early', 2) };
    expect(lines([verdict(first)])[0]).toEqual([
      'Reports',
      'One: A report by One, 2026-11-19, 1d old',
      'First: Early, 2026-11-18: A report by Early',
    ]);
    const both = verdict(first, { reports: [report('Early', 2), report('One')] });
    expect(lines([both]).flat().join()).not.toContain('First:');
  });

  it('are the newest where there is no room for all', () => {
    const many = verdict({ reports: [5, 4, 3, 2].map((day) => report(`Outlet ${day}`, day)) });
    expect(lines([many], { leftOut: 3, counted: 2 })[0]).toEqual([
      'Reports',
      '2 earlier ones',
      'Outlet 3: A report by Outlet 3, 2026-11-17, 3d old',
      'Outlet 2: A report by Outlet 2, 2026-11-18, 2d old',
    ]);
  });

  it('are counted where more were left out than are told', () => {
    const leftOut = ['A', 'B', 'C', 'D'].map((outlet) => left(outlet, 'plan only'));
    const [only] = lines([verdict({ leftOut, moreLeftOut: 4 })], { leftOut: 2 });
    expect(only).toEqual([
      'Reports',
      'Left out: A, A report by A: plan only',
      'Left out: B, A report by B: plan only',
      'and 6 more left out',
    ]);
  });

  it('are none of a reading of figures, nor of a change recorded by an earlier version that left none out', () => {
    expect(lines([verdict()])).toEqual([]);
    expect(lines([verdict({ reports: [report('One')] })])).toHaveLength(1);
  });
});
