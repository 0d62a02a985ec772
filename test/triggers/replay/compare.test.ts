import { describe, expect, it } from 'vitest';
import { DAY } from '../../../src/core/time.ts';
import { type Backtest, gather } from '../../../src/triggers/replay/backtest.ts';
import { compare } from '../../../src/triggers/replay/compare.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../../src/triggers/replay/replay.ts';
import type { CompiledRule } from '../../../src/triggers/rule/compile.ts';
import { bookOf, daily, ruleOf, T0 } from '../../world.ts';

const at = (day: number): number => T0 + day * DAY;

/** Lower each day, up again, lower once more: two firings at any floor between 10% and 50%. */
const VALUES = [0.5, 0.4, 0.3, 0.2, 0.1, 0.5, 0.5, 0.2, 0.2, 0.5];

function backtest(...rules: readonly CompiledRule[]): Backtest {
  const range = { from: T0, to: at(VALUES.length - 1), step: DAY };
  const evidence = recorded(daily('akash.gpu_utilization', VALUES));
  const book = bookOf(...rules);
  const gathering = gather(book, evidence, range, ({ cause }) => cause !== 'start');
  for (const step of replay(book, evidence, every(range.from, range.to, DAY), gathering.seen)) gathering.step(step);
  return gathering.result();
}

const below = (share: string, more: object = {}): CompiledRule =>
  ruleOf({ id: 'floor', networks: ['akash'], when: `gpu_utilization < ${share}`, effect: { lower: 1 }, ...more });
const spans = (list: readonly { from: number; to: number | null }[]) =>
  list.map(({ from, to }) => [(from - T0) / DAY, to === null ? null : (to - T0) / DAY]);

describe('compare', () => {
  it('finds nothing between a book and itself', () => {
    expect(compare(backtest(below('35%')), backtest(below('35%')))).toEqual({
      newRules: [],
      goneRules: [],
      gained: [],
      lost: [],
      moved: [],
      today: [],
      alerts: { before: 4, after: 4 },
    });
  });

  it('tells overlapping firings as moved, the rest as lost or gained', () => {
    const [wide, narrow] = [backtest(below('45%')), backtest(below('15%'))];
    const there = compare(wide, narrow);
    expect(there.moved.map(({ before, after }) => spans([before, after]))).toEqual([
      [
        [1, 5],
        [4, 5],
      ],
    ]);
    expect({ lost: spans(there.lost), gained: spans(there.gained) }).toEqual({ lost: [[7, 9]], gained: [] });
    const back = compare(narrow, wide);
    expect({ lost: spans(back.lost), gained: spans(back.gained) }).toEqual({ lost: [], gained: [[7, 9]] });
    expect(back.alerts).toEqual({ before: 2, after: 4 });
  });

  it('pairs each firing once', () => {
    const one = below('45%', { clear: 'gpu_utilization > 90%' });
    const { moved, gained, lost } = compare(backtest(one), backtest(below('45%')));
    expect(moved.map(({ before, after }) => spans([before, after]))).toEqual([
      [
        [1, null],
        [1, 5],
      ],
    ]);
    expect({ gained: spans(gained), lost: spans(lost) }).toEqual({ gained: [[7, 9]], lost: [] });
  });

  it('does not take for moved what only touches', () => {
    const early = backtest(below('25%'));
    const late = backtest(ruleOf({ id: 'floor', networks: ['akash'], when: 'gpu_utilization >= 45%' }));
    const { moved, gained, lost } = compare(early, late);
    expect({ moved, gained: spans(gained), lost: spans(lost) }).toEqual({
      moved: [],
      gained: [
        [0, 1],
        [5, 7],
        [9, null],
      ],
      lost: [
        [3, 5],
        [7, 9],
      ],
    });
  });

  it('tells tiers that differ at the end, and rules that only one book has', () => {
    const stays = ruleOf({
      id: 'stays',
      networks: ['akash'],
      when: 'gpu_utilization < 15%',
      clear: 'gpu_utilization > 90%',
      effect: { lower: 1 },
    });
    const found = compare(backtest(below('35%')), backtest(stays));
    expect(found).toMatchObject({
      newRules: ['stays'],
      goneRules: ['floor'],
      today: [{ network: 'akash', before: 'watching', after: 'avoid' }],
    });
    expect([spans(found.gained), spans(found.lost)]).toEqual([
      [[4, null]],
      [
        [2, 5],
        [7, 9],
      ],
    ]);
  });
});
