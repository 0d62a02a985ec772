/** Phases move only where they may, and only after the time that is known. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Phase } from '../../../src/core/events.ts';
import { course, pairs, phasesIn } from './course.ts';
import { type Written, world } from './random.ts';
import { knownFor, phasesOf, type Sight, sights } from './reference.ts';

const RUNS = { seed: 20260101, numRuns: 60 };

/** The moves there are, and when each may happen: told the rule, what it saw up to now, and where now is in that. */
const MOVES: Readonly<Record<string, (rule: Written, seen: readonly Sight[], now: number) => boolean>> = {
  'inactive>pending': (rule, seen, now) => seen[now]?.when === 'true' && rule.for > 0,
  'inactive>firing': (rule, seen, now) => seen[now]?.when === 'true' && rule.for === 0,
  'pending>inactive': (_, seen, now) => seen[now]?.when === 'false',
  'pending>firing': (rule, seen, now) =>
    seen[now]?.when === 'true' && knownFor(seen, now, ({ when }) => when) >= rule.for,
  'firing>inactive': (rule, seen, now) =>
    seen[now]?.over === 'true' && knownFor(seen, now, ({ over }) => over) >= rule.keepFiringFor,
};

it('phases move only where they may, each after its time, and never by what is unknown', () => {
  const met = new Map(Object.keys(MOVES).map((move) => [move, 0]));
  fc.assert(
    fc.property(world, (given) => {
      const stands = course(given);
      for (const [rule, network] of pairs(given.written)) {
        const seen = sights(rule, network, given.samples, given.instants);
        let before: Phase = 'inactive';
        for (const [now, after] of phasesIn(stands, rule.id, network).entries()) {
          const move: string = `${before}>${after}`;
          if (before !== after && MOVES[move]?.(rule, seen, now) !== true)
            expect.fail(`${rule.id}/${network} must not go ${move} at instant ${now}`);
          if (before !== after) met.set(move, (met.get(move) ?? 0) + 1);
          before = after;
        }
      }
    }),
    RUNS,
  );
  // A property that saw no move would say nothing.
  expect(Math.min(...met.values())).toBeGreaterThan(25);
});

it('phases are at every instant what a plain count of known time gives', () => {
  fc.assert(
    fc.property(world, (given) => {
      const stands = course(given);
      for (const [rule, network] of pairs(given.written)) {
        const expected = phasesOf(rule, sights(rule, network, given.samples, given.instants));
        expect(phasesIn(stands, rule.id, network)).toEqual(expected);
      }
    }),
    { ...RUNS, numRuns: 120 },
  );
});
