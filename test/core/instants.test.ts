import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantReader, instantWriter } from '../../src/core/instants.ts';
import { parseInstant, toIso } from '../../src/core/time.ts';

const read = instantReader();
/** As it stands in a line, with something before and after. */
const inside = (text: string): number | undefined => read(`a,${text},b`, 2, 2 + text.length);

it.each([
  '2026-11-03T10:00:00Z',
  '2026-11-03T23:59:59Z',
  '2026-11-03T24:00:00Z',
  '2026-11-03T10:60:00Z',
  '2026-11-03T10:00:60Z',
  '2026-02-30T10:00:00Z',
  '2024-02-29T10:00:00Z',
  '2026-11-03 10:00:00Z',
  '2026-11-03T10.00:00Z',
  '2026-11-03T10:00.00Z',
  '2026-11-03T1a:00:00Z',
  '2026-11-03T10:00:0/Z',
  '2026-11-03T10:00:00z',
  '2026-11-03',
  '2026-11-03T10:00Z',
  '2026-11-03T10:00:00.250Z',
  '2026-11-03T10:00:00+02:00',
  ' 2026-11-03T10:00:00Z ',
  '   2026-11-03T10:00Z',
  'yesterday',
  '',
])('reads %j as parseInstant does, twice', (text) => {
  expect([inside(text), inside(text)]).toEqual([parseInstant(text), parseInstant(text)]);
});

it('reads any instant, and any instant with one character changed, as parseInstant does', () => {
  const instant = fc.integer({ min: 0, max: 4e9 }).map((seconds) => toIso(seconds * 1000));
  const changed = fc
    .tuple(instant, fc.nat(19), fc.constantFrom(...'0123456789-:TZ ./a'))
    .map(([text, at, character]) => text.slice(0, at) + character + text.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(instant, changed), (text) => {
      expect(inside(text)).toBe(parseInstant(text));
    }),
    { seed: 11, numRuns: 2000 },
  );
});

describe('many instants written', () => {
  it('read as toIso writes them, in any order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: Date.UTC(2100, 0) }), { maxLength: 30 }),
        fc.boolean(),
        (instants, whole) => {
          const write = instantWriter();
          for (const instant of instants) {
            const at = whole ? instant - (instant % 1000) : instant;
            expect(write(at)).toBe(toIso(at));
          }
        },
      ),
    );
  });
});
