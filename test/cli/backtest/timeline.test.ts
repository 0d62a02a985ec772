import { describe, expect, it } from 'vitest';
import { timelineLines } from '../../../src/cli/backtest/timeline.ts';
import { DAY } from '../../../src/core/time.ts';
import { gather } from '../../../src/triggers/replay/backtest.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../../src/triggers/replay/replay.ts';
import { bookOf as layOut } from '../../../src/triggers/rule/book.ts';
import type { CompiledRule } from '../../../src/triggers/rule/compile.ts';
import { bookOf, daily, LADDER, ruleOf, T0 } from '../../world.ts';

const FLOOR = ruleOf({ id: 'floor', networks: ['akash'], when: 'gpu_utilization < 20%', effect: { lower: 1 } });

/** The rows of a timeline 40 columns wide, one column a day, without axis and legend. */
function rows(rule: CompiledRule, values: readonly (number | null)[], ladder = LADDER): readonly string[] {
  const { networks } = bookOf();
  const book = layOut({ rules: [rule], networks, ladder });
  const range = { from: T0, to: T0 + (values.length - 1) * DAY, step: DAY };
  const evidence = recorded(daily('akash.gpu_utilization', values), [], DAY / 6);
  const gathering = gather(book, evidence, range, ({ cause }) => cause !== 'start');
  for (const step of replay(book, evidence, every(range.from, range.to, DAY), gathering.seen)) gathering.step(step);
  const lines = timelineLines(gathering.result(), networks, ladder, { width: 29, colour: false });
  return lines.slice(2, lines.indexOf(''));
}

describe('timelineLines', () => {
  it('draws the tier, and what the rule did', () => {
    const values = [
      0.5,
      0.5,
      0.5,
      0.5,
      0.1,
      0.1,
      0.1,
      0.1,
      0.1,
      0.1,
      0.5,
      0.5,
      0.5,
      0.5,
      null,
      null,
      null,
      null,
      0.5,
      0.5,
    ];
    expect(rows(FLOOR, values)).toEqual(['Akash    ▓▓▓▓░░░░░░▓▓▓▓▓▓▓▓▓▓', '  floor  ····██████····????··']);
  });

  it('shows pending time, and a firing that began before its figures stopped', () => {
    const slow = ruleOf({ id: 'slow', networks: ['akash'], when: 'gpu_utilization < 20%', for: '2d' });
    const values = [...Array(4).fill(0.1), ...Array(206).fill(null)];
    expect(rows(slow, values.slice(0, 21))[1]).toBe('  slow  ▒▒██?????????????????');
    expect(rows(slow, values)[1]).toBe('  slow  █????????????????????');
  });

  it('shows a firing however short', () => {
    const values = Array.from({ length: 400 }, (_, day) => (day === 200 ? 0.1 : 0.5));
    expect(rows(FLOOR, values)[1]).toBe('  floor  ··········█·········');
  });

  it('ends a firing with the column that it ends with', () => {
    // Three of nine days are seven of twenty-one columns, and by a hair more in floating point.
    const four = ruleOf({ id: 'four', networks: ['akash'], when: 'gpu_utilization < 20%' });
    expect(rows(four, [...Array(3).fill(0.1), ...Array(6).fill(0.5)])[1]).toBe('  four  ███████··············');
  });

  it('writes the ranks of a long ladder as digits', () => {
    const tiers = ['a', 'watching', 'c', 'd', 'e'].map((id) => ({ id, name: id, meaning: id }));
    expect(rows(FLOOR, [...Array(10).fill(0.5), ...Array(10).fill(0.1)], tiers)[0]).toBe(
      'Akash    22222222223333333333',
    );
  });

  it('draws nothing where no network was judged', () => {
    const other = ruleOf({ id: 'other', networks: ['akash'], when: 'revenue < $5' });
    expect(rows(other, [0.5])).toEqual([]);
    const never = ruleOf({ id: 'never', networks: ['akash'], when: 'avg(gpu_utilization, 90d) < 20%' });
    expect(rows(never, [0.5, 0.5])).toEqual([]);
  });
});
