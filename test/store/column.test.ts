import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/core/time.ts';
import { type Column, column, type Row, sourceTexts } from '../../src/store/column.ts';

const T0 = Date.UTC(2026, 0, 1);

function row(hour: number, value = hour, source = 0): Row {
  return { at: T0 + hour * HOUR, value, source };
}

function filled(...hours: readonly number[]): Column {
  const made = column('akash.gpu_utilization', sourceTexts(), undefined);
  made.merge(hours.map((hour) => row(hour)));
  return made;
}

describe('the revision', () => {
  it.each([
    ['the first samples', [], (made: Column) => made.merge([row(1), row(0)])],
    ['a newer sample', [0, 1], (made: Column) => made.push(row(2))],
    ['several newer ones', [0, 1], (made: Column) => made.merge([row(4), row(3)])],
    ['a push refused', [0, 1], (made: Column) => made.push(row(0, 9))],
    ['what is known already', [0, 1], (made: Column) => made.merge([row(0), row(1), row(2)])],
    ['nothing', [0, 1], (made: Column) => made.merge([])],
    ['dropping before the first', [0, 1], (made: Column) => made.dropBefore(T0)],
  ])('stays with %s', (_, hours, change) => {
    const made = filled(...hours);
    const before = made.revision;
    change(made);
    expect(made.revision).toBe(before);
  });

  it.each([
    ['a late sample', (made: Column) => made.merge([row(0.5)])],
    ['one before all', (made: Column) => made.merge([row(-1)])],
    ['a late one among newer ones', (made: Column) => made.merge([row(8), row(0.5), row(9)])],
    ['a correction', (made: Column) => made.merge([row(0, 9)])],
    ['a correction of the newest', (made: Column) => made.merge([row(2, 9)])],
    ['another source', (made: Column) => made.merge([row(1, 1, 7)])],
    ['dropping some', (made: Column) => made.dropBefore(T0 + HOUR)],
    ['dropping all', (made: Column) => made.dropBefore(T0 + DAY)],
  ])('is another after %s', (_, change) => {
    const made = filled(0, 1, 2);
    const before = made.revision;
    change(made);
    expect(made.revision).not.toBe(before);
  });

  it('that is the same stands for the same samples', () => {
    const acts = fc.array(
      fc.tuple(fc.constantFrom('push', 'merge', 'drop'), fc.array(fc.tuple(fc.nat(40), fc.nat(2)), { maxLength: 4 })),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(acts, (happened) => {
        const made = filled();
        let before: readonly (readonly [number, number])[] = [];
        for (const [kind, rows] of happened) {
          const revision = made.revision;
          if (kind === 'push') for (const [hour, value] of rows) made.push(row(hour, value));
          else if (kind === 'merge') made.merge(rows.map(([hour, value]) => row(hour, value)));
          else made.dropBefore(T0 + (rows[0]?.[0] ?? 0) * HOUR);
          const now = Array.from({ length: made.length }, (_, index) => [made.time(index), made.value(index)] as const);
          if (made.revision === revision) expect(now.slice(0, before.length)).toEqual(before);
          before = now;
        }
      }),
    );
  });
});

describe('the usual step', () => {
  it('depends on the samples, not on when it was read or how they came', () => {
    const gaps = fc.array(fc.constantFrom(1, 1, 2, 24), { minLength: 1, maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(gaps, fc.array(fc.nat(100), { maxLength: 20 }), fc.nat(20), (gaps, late, first) => {
        const hours = gaps.map((_, index) => gaps.slice(0, index + 1).reduce((sum, gap) => sum + gap, 0));
        const isLate = (index: number) => late.includes(index);
        const [read, unread] = [filled(), filled(...hours)];
        for (const [index, hour] of hours.entries()) {
          if (!isLate(index)) read.push(row(hour));
          expect(read.step === null).toBe(read.length < 2);
        }
        for (const [index, hour] of hours.entries()) if (isLate(index)) read.merge([row(hour)]);
        expect([read.length, read.step]).toEqual([unread.length, unread.step]);
        for (const made of [read, unread]) made.dropBefore(T0 + first * HOUR);
        expect(read.step).toBe(filled(...hours.filter((hour) => hour >= first)).step);
        expect(unread.step).toBe(read.step);
      }),
    );
  });

  it('follows a series that grows', () => {
    const made = filled(...Array.from({ length: 40 }, (_, hour) => hour));
    expect(made.step).toBe(HOUR);
    for (let hour = 1; hour <= 60; hour++) made.push(row(40 + 6 * hour));
    expect(made.step).toBe(6 * HOUR);
  });

  it('forgets the gaps between samples that were dropped', () => {
    const made = filled(0, 1, 2, 3);
    expect(made.step).toBe(HOUR);
    made.dropBefore(T0 + 2 * HOUR);
    made.merge([row(9), row(15)]);
    expect(made.step).toBe(6 * HOUR);
  });

  it.each([
    [HOUR, HOUR],
    [{ atLeast: 5 * HOUR }, 5 * HOUR],
    [{ atLeast: HOUR }, 2 * HOUR],
    [undefined, 2 * HOUR],
  ])('with %j promised is %d', (pace, expected) => {
    const made = column('akash.gpu_utilization', sourceTexts(), pace);
    made.merge([row(0), row(2), row(4), row(20)]);
    expect(made.step).toBe(expected);
  });
});

describe('what changed since a revision', () => {
  const since = (made: Column, revision: number) => ((made.changedSince?.(revision) ?? Number.NaN) - T0) / HOUR;

  it('reaches back to the oldest sample that was replaced or came late', () => {
    const made = filled(0, 2, 4, 6);
    const first = made.revision;
    made.merge([row(4, 9), row(8)]);
    const second = made.revision;
    expect(since(made, first)).toBe(4);
    made.merge([row(1), row(6, 9)]);
    expect([since(made, first), since(made, second)]).toEqual([1, 1]);
    const third = made.revision;
    made.merge([row(6, 8)]);
    expect([since(made, first), since(made, second), since(made, third)]).toEqual([1, 1, 6]);
    expect(since(made, made.revision)).toBe(Number.POSITIVE_INFINITY);
  });

  it('does not count what was dropped, nor what came at the end', () => {
    const made = filled(0, 2, 4);
    const { revision } = made;
    made.dropBefore(T0 + HOUR);
    made.push(row(9));
    expect(since(made, revision)).toBe(Number.POSITIVE_INFINITY);
  });

  it('is not known any more after many changes', () => {
    const made = filled(...Array.from({ length: 200 }, (_, hour) => hour));
    const { revision } = made;
    for (let hour = 0; hour < 200; hour++) made.merge([row(hour, -1)]);
    expect(since(made, revision)).toBe(Number.NEGATIVE_INFINITY);
    expect(since(made, made.revision - 1)).toBe(199);
  });
});
