import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, type Duration, HOUR, type Instant, MINUTE } from '../../../src/core/time.ts';
import { column, sourceTexts } from '../../../src/store/column.ts';
import { WINDOW_FUNCTIONS, type WindowFunction } from '../../../src/triggers/language/functions.ts';
import { type WindowMeasure, windowMeasure } from '../../../src/triggers/window/measure.ts';
import { maxAgeOf } from '../../../src/triggers/window/newest.ts';
import { measured, type Row } from './reference.ts';

const T0 = Date.UTC(2026, 0, 1);
const NAMES = Object.keys(WINDOW_FUNCTIONS);
const ROUNDED = ['stddev', 'slope'];

function fresh(name: string, size: Duration, q = 0): WindowMeasure {
  return windowMeasure(WINDOW_FUNCTIONS[name] as WindowFunction, size, q);
}

/** What happens to a series, and when somebody looks at it. */
type Act =
  | { readonly kind: 'append'; readonly rows: readonly (readonly [gap: Duration, value: number])[] }
  | { readonly kind: 'merge'; readonly rows: readonly (readonly [place: number, shift: Duration, value: number])[] }
  | { readonly kind: 'drop'; readonly place: number }
  | { readonly kind: 'look'; readonly move: Duration | { readonly place: number }; readonly asked: number };

const gap = fc.oneof(
  { weight: 30, arbitrary: fc.constantFrom(HOUR, HOUR, HOUR + 7, 20 * MINUTE) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 9 * HOUR }) },
  { weight: 1, arbitrary: fc.constantFrom(DAY, 3 * DAY) },
);
const place = fc.noBias(fc.nat({ max: 1000 })).map((share) => share / 1000);
const shift = fc.constantFrom(0, 0, 1, 5 * MINUTE);
const move = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(0, MINUTE, HOUR, HOUR, 2 * HOUR, 5 * HOUR) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 2 * DAY }) },
  { weight: 1, arbitrary: fc.constantFrom(-HOUR, -3 * DAY, 30 * DAY) },
  { weight: 2, arbitrary: place.map((at) => ({ place: at })) },
);
const ALL = 2 ** NAMES.length - 1;
const asked = fc.oneof(fc.constant(ALL), fc.integer({ min: 1, max: ALL }));

function appended(value: fc.Arbitrary<number>, minLength: number, maxLength: number): fc.Arbitrary<Act> {
  return fc
    .array(fc.tuple(gap, value), { minLength, maxLength, size: 'max' })
    .map((rows) => ({ kind: 'append', rows }));
}

/** A series of some length, then samples and looks of all kinds. */
function acts(value: fc.Arbitrary<number>): fc.Arbitrary<readonly Act[]> {
  const late = fc.array(fc.tuple(place, shift, value), { minLength: 1, maxLength: 4 });
  const act: fc.Arbitrary<Act> = fc.oneof(
    { weight: 4, arbitrary: appended(value, 1, 10) },
    { weight: 1, arbitrary: late.map((rows): Act => ({ kind: 'merge', rows })) },
    { weight: 1, arbitrary: place.map((at): Act => ({ kind: 'drop', place: at * 0.2 })) },
    { weight: 20, arbitrary: fc.tuple(move, asked).map(([by, of]): Act => ({ kind: 'look', move: by, asked: of })) },
  );
  const start = place.map((at): Act => ({ kind: 'look', move: { place: at }, asked: ALL }));
  return fc
    .tuple(appended(value, 120, 200), start, fc.array(act, { minLength: 10, maxLength: 40, size: 'max' }))
    .map(([first, second, rest]) => [first, second, ...rest]);
}

/** A series, the same rows beside it in a map, and where the clock stands. */
function world() {
  const held = column('akash.gpu_utilization', sourceTexts(), undefined);
  const model = new Map<Instant, number>();
  let now = T0;
  const rows = (): readonly Row[] => [...model].sort(([a], [b]) => a - b);
  const at = (place: number): Instant => {
    const all = rows();
    return all[Math.floor(place * (all.length - 1))]?.[0] ?? T0;
  };
  function merge(added: readonly Row[]): void {
    for (const [time, value] of added) model.set(time, value);
    held.merge(added.map(([time, value]) => ({ at: time, value, source: 0 })));
  }
  function drop(before: Instant): void {
    for (const time of [...model.keys()]) if (time < before) model.delete(time);
    held.dropBefore(before);
  }
  function append(rows: readonly (readonly [gap: Duration, value: number])[]): void {
    let last = at(1);
    for (const [gap, value] of rows) {
      last += gap;
      merge([[last, value]]);
    }
  }
  function change(act: Exclude<Act, { kind: 'look' }>): void {
    if (act.kind === 'append') append(act.rows);
    else if (act.kind === 'drop') drop(at(act.place));
    else merge(act.rows.map(([place, shift, value]) => [at(place) + shift, value]));
  }
  function move(by: Duration | { readonly place: number }): Instant {
    // Far from the samples there is nothing to see.
    now = typeof by === 'number' ? Math.min(now + by, at(1) + 6 * HOUR) : at(by.place);
    return now;
  }
  return { held, rows, change, move };
}

describe.each([
  ['ratios', fc.integer({ min: 0, max: 9973 }).map((part) => part / 9973)],
  ['a few values again and again', fc.constantFrom(0.2, 0.2, 0.3, 0, -0, 1)],
  ['prices that hardly move', fc.integer({ min: -1000, max: 1000 }).map((step) => 1e6 + step * 1e-6)],
  [
    'values of any size',
    fc.tuple(fc.double({ min: 1, max: 2, noNaN: true }), fc.integer({ min: -90, max: 90 })).map(([a, b]) => a * 2 ** b),
  ],
])('windows over %s', (_, value) => {
  it.each([
    [3 * HOUR, 2 * HOUR],
    [HOUR, 30 * HOUR],
    [DAY, 8 * HOUR + 1],
    [3 * DAY, 5 * DAY],
    [DAY, undefined],
  ])('of %i ms tell, whatever came before, what a look at all samples tells', (size, maxAge) => {
    fc.assert(
      fc.property(acts(value), fc.constantFrom(0, 0.1, 0.5, 0.95, 1), (happened, q) => {
        const { held, rows, change, move } = world();
        const kept = NAMES.map((name) => fresh(name, size, q));
        for (const act of happened) {
          if (act.kind !== 'look') {
            change(act);
            continue;
          }
          const now = move(act.move);
          const age = maxAgeOf(held, maxAge);
          const all = rows();
          for (const [index, name] of NAMES.entries()) {
            if (((act.asked >> index) & 1) === 0) continue;
            const told = (kept[index] as WindowMeasure).measure(held, now, age);
            const expected = measured(name, q, all, now, size, age);
            if (ROUNDED.includes(name)) expectNear(told.value, expected.value);
            expect(told, name).toEqual(ROUNDED.includes(name) ? { ...expected, value: told.value } : expected);
            expect((kept[index] as WindowMeasure).value(held, now, age)).toBe(told.value);
            expect(fresh(name, size, q).value(held, now, age), name).toBe(told.value);
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});

function expectNear(told: number | null, expected: number | null): void {
  if (told === null || expected === null) expect(told).toBe(expected);
  else expect(Math.abs(told - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
}
