import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/core/time.ts';
import { type Backtest, gather } from '../../../src/triggers/replay/backtest.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../../src/triggers/replay/replay.ts';
import { totalsByRule, totalsOf } from '../../../src/triggers/replay/totals.ts';
import type { Book } from '../../../src/triggers/rule/book.ts';
import { bookOf, daily, ruleOf, T0 } from '../../world.ts';

const FLOOR = ruleOf({
  id: 'floor',
  networks: ['akash', 'render'],
  when: 'gpu_utilization < 20%',
  effect: { lower: 1 },
});
const SLOW = ruleOf({
  id: 'slow',
  networks: ['akash'],
  when: 'gpu_utilization < 20%',
  for: '2d',
  effect: { note: true },
});
const LABS = ruleOf({ id: 'labs', networks: ['akash'], when: 'news(lab_training, 10d) >= 2' });
const DUE = ruleOf({ id: 'due', networks: ['akash'], when: 'now >= 2026-01-05' });
const at = (day: number): number => T0 + day * DAY;

/** Daily values for Akash alone, each good until the next. */
function backtest(book: Book, values: readonly (number | null)[]): Backtest {
  const range = { from: T0, to: at(values.length - 1), step: DAY };
  const evidence = recorded(daily('akash.gpu_utilization', values), [], DAY / 6);
  const gathering = gather(book, evidence, range, ({ cause }) => cause !== 'start');
  for (const step of replay(book, evidence, every(range.from, range.to, DAY), gathering.seen)) gathering.step(step);
  return gathering.result();
}

const LOW = [0.5, 0.1, 0.1, 0.5, null, null, 0.1, null];

describe('gather', () => {
  it('keeps each firing with what began and what ended it', () => {
    const says = 'akash.gpu_utilization is 10%, below 20%';
    const ended = 'akash.gpu_utilization is 50%, not below 20%';
    expect(backtest(bookOf(FLOOR), LOW).firings).toEqual([
      { rule: 'floor', network: 'akash', from: at(1), to: at(3), says, ended },
      { rule: 'floor', network: 'akash', from: at(6), to: null, says, ended: null },
    ]);
  });

  it('keeps phases, and the spans that were unknown, an open one to the end', () => {
    const { courses, evaluations } = backtest(bookOf(SLOW), LOW);
    expect(evaluations).toBe(8);
    expect(courses).toHaveLength(1);
    expect(courses[0]).toMatchObject({
      evaluations: 8,
      unknown: 3,
      gaps: [
        { from: at(4), to: at(6) },
        { from: at(7), to: at(8) },
      ],
      phases: [
        { phase: 'pending', from: at(1) },
        { phase: 'inactive', from: at(3) },
        { phase: 'pending', from: at(6) },
      ],
      firings: [],
    });
  });

  it('keeps moves, the tiers at the end, and counts alerts by the rules that drove them', () => {
    const { moves, tiers, alerts, alertsOf } = backtest(bookOf(FLOOR, DUE), LOW);
    expect(moves.map(({ at: when, network, from, to }) => [when, network, from, to])).toEqual([
      [at(1), 'akash', 'watching', 'avoid'],
      [at(3), 'akash', 'avoid', 'watching'],
      [at(6), 'akash', 'watching', 'avoid'],
    ]);
    expect([tiers.get('akash'), tiers.get('render'), tiers.get('bittensor')]).toEqual([
      'avoid',
      'conviction',
      'unrated',
    ]);
    expect({ alerts, of: [...alertsOf] }).toEqual({
      alerts: 4,
      of: [
        ['floor', 3],
        ['due', 1],
      ],
    });
  });

  it('does not go by figures that came after it ended', () => {
    const range = { from: T0 - 9 * DAY, to: T0 - DAY, step: DAY };
    const evidence = recorded(daily('akash.gpu_utilization', LOW));
    expect(gather(bookOf(SLOW), evidence, range, () => true).result().courses[0]?.basis).toBe('nothing');
  });

  it('says what each rule could go by', () => {
    const { courses } = backtest(bookOf(FLOOR, LABS, DUE), LOW);
    expect(courses.map(({ cell, basis }) => [cell.key, basis])).toEqual([
      ['due/akash', 'date'],
      ['floor/akash', 'figures'],
      ['floor/render', 'nothing'],
      ['labs/akash', 'news'],
    ]);
  });
});

describe('totals', () => {
  const result = backtest(bookOf(FLOOR, LABS, DUE), [0.5, 0.1, 0.5, 0.1, 0.1, 0.1, 0.5, null, 0.1]);

  it('leaves out of the unknown share networks that the history has no data for', () => {
    expect(totalsByRule(result)).toEqual([
      {
        rule: 'due',
        judged: ['akash'],
        networks: ['akash'],
        newsOnly: false,
        firings: 1,
        alerts: 1,
        medianHold: null,
        unknown: 0,
      },
      {
        rule: 'floor',
        judged: ['akash'],
        networks: ['akash', 'render'],
        newsOnly: false,
        firings: 3,
        alerts: 5,
        medianHold: 2 * DAY,
        unknown: 1 / 9,
      },
      {
        rule: 'labs',
        judged: [],
        networks: ['akash'],
        newsOnly: true,
        firings: 0,
        alerts: 0,
        medianHold: null,
        unknown: null,
      },
    ]);
  });

  it('adds up all rules, and an alert of two rules once', () => {
    expect(totalsOf(result)).toEqual({ firings: 4, alerts: 6, medianHold: 2 * DAY, unknown: 1 / 18 });
    const twin = ruleOf({ id: 'twin', networks: ['akash'], when: 'gpu_utilization < 20%', effect: { lower: 1 } });
    const both = backtest(bookOf(FLOOR, twin), [0.5, 0.1]);
    expect(both.alerts).toBe(1);
    expect([...both.alertsOf]).toEqual([
      ['floor', 1],
      ['twin', 1],
    ]);
  });

  it('takes the middle of two holds', () => {
    const [, floor] = totalsByRule(backtest(bookOf(FLOOR, DUE), [0.1, 0.5, 0.1, 0.1, 0.1, 0.1, 0.5]));
    expect(floor?.medianHold).toBe(2.5 * DAY);
  });
});
