/** What is unknown is so exactly where samples are missing, and it moves no phase and no tier. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { course, evidenceOf, movesIn, pairs, phasesIn } from './course.ts';
import { compiled, type World, world } from './random.ts';
import { mattering, sights } from './reference.ts';

const RUNS = { seed: 20260102, numRuns: 60 };

it('is true, false or unknown where a plain count of the samples says so', () => {
  const met = { true: 0, false: 0, unknown: 0 };
  fc.assert(
    fc.property(world, ({ written, samples, instants }) => {
      const evidence = evidenceOf(samples);
      for (const [rule, network] of pairs(written)) {
        const { when } = compiled(rule);
        const expected = sights(rule, network, samples, instants).map((sight) => sight.when);
        expect(instants.map((now) => when.truth({ network, now, evidence }))).toEqual(expected);
        for (const truth of expected) met[truth] += 1;
      }
    }),
    RUNS,
  );
  expect(Math.min(...Object.values(met))).toBeGreaterThan(1000);
});

/** The instants, by index, at which a rule saw only unknown of what could have moved it. */
function blindAt(given: World, stands: ReturnType<typeof course>): ReadonlyMap<string, readonly boolean[]> {
  return new Map(
    pairs(given.written).map(([rule, network]) => {
      const before = ['inactive', ...phasesIn(stands, rule.id, network)] as const;
      const seen = sights(rule, network, given.samples, given.instants);
      const blind = seen.map((sight, index) => mattering(before[index] ?? 'inactive', sight) === 'unknown');
      return [`${rule.id}/${network}`, blind];
    }),
  );
}

it('moves no phase, and no tier unless a rule that sees moved', () => {
  let [blindStays, moves] = [0, 0];
  fc.assert(
    fc.property(world, (given) => {
      const stands = course(given);
      const blind = blindAt(given, stands);
      for (const [index, { events, phases, tiers }] of stands.entries()) {
        const before = stands[index - 1];
        const moved = new Set<string>();
        for (const [rule, network] of pairs(given.written)) {
          const key = `${rule.id}/${network}`;
          const stays = (phases.get(key) ?? 'inactive') === (before?.phases.get(key) ?? 'inactive');
          if (!stays) moved.add(key);
          if (blind.get(key)?.[index] !== true) continue;
          if (!stays) expect.fail(`${key} moved at instant ${index} by what is unknown`);
          blindStays += 1;
        }
        const told = movesIn(events);
        for (const [network, tier] of tiers)
          if (before !== undefined && before.tiers.get(network) !== tier)
            expect(told.map((change) => change.network)).toContain(network);
        for (const { network, cause, drivers } of told) {
          moves += 1;
          expect(cause).toBe('rule');
          expect(drivers.some(({ rule }) => moved.has(`${rule}/${network}`))).toBe(true);
          for (const { verdict } of drivers) expect(verdict.truth).not.toBe('unknown');
        }
      }
    }),
    RUNS,
  );
  expect(Math.min(blindStays, moves)).toBeGreaterThan(25);
});
