/** The order of samples, rules and networks decides nothing, a repeated judgement gives nothing, a tier is a function. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ruleKey } from '../../../src/core/state.ts';
import { tick } from '../../../src/triggers/judge/tick.ts';
import { replay } from '../../../src/triggers/replay/replay.ts';
import { deriveTier } from '../../../src/triggers/rule/tiers.ts';
import { bookOf, LADDER } from '../../world.ts';
import { course, evidenceOf, movesIn } from './course.ts';
import { type Kept, keep, nothing } from './kept.ts';
import { compiled, effect, type World, world } from './random.ts';

const RUNS = { seed: 20260104, numRuns: 60 };

const bookFor = ({ written }: World) => bookOf(...written.map(compiled));

function shuffled<T>(list: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length });
}

/** The same world twice: as it came, and with everything that has an order in another one. */
const twice = world.chain((given) => {
  const written = shuffled(given.written).chain((rules) =>
    fc.tuple(...rules.map((rule) => shuffled(rule.networks).map((networks) => ({ ...rule, networks })))),
  );
  const networks = shuffled(bookOf().networks);
  return fc.record({ given: fc.constant(given), written, samples: shuffled(given.samples), networks });
});

it('gives the same events in whatever order samples, rules and networks come', () => {
  let moves = 0;
  fc.assert(
    fc.property(twice, ({ given, written, samples, networks }) => {
      const plain = [...replay(bookFor(given), evidenceOf(given.samples), given.instants)];
      const book = { ...bookOf(...written.map(compiled)), networks };
      const other = [...replay(book, evidenceOf(samples), given.instants)];
      expect(other.map(({ events }) => events)).toEqual(plain.map(({ events }) => events));
      moves += plain.flatMap(({ events }) => movesIn(events)).length;
    }),
    RUNS,
  );
  expect(moves).toBeGreaterThan(25);
});

it('gives nothing when it judges a second time at the same instant', () => {
  fc.assert(
    fc.property(world, (given) => {
      const [book, evidence] = [bookFor(given), evidenceOf(given.samples)];
      let state: Kept = nothing;
      for (const now of given.instants) {
        state = keep(state, tick(book, state, evidence, now).events);
        expect(tick(book, state, evidence, now)).toEqual({ events: [], transitions: [] });
      }
    }),
    RUNS,
  );
});

it('derives a tier from the base and the set of firing rules alone', () => {
  let several = 0;
  fc.assert(
    fc.property(world, (given) => {
      const book = bookFor(given);
      const seen = new Map<string, string | undefined>();
      for (const { phases, tiers } of course(given))
        for (const network of book.networks) {
          const firing = given.written.filter(({ id }) => phases.get(ruleKey(id, network.id)) === 'firing');
          const set = [network.id, ...firing.map(({ id }) => id)].join();
          if (!seen.has(set)) seen.set(set, tiers.get(network.id));
          expect(tiers.get(network.id)).toBe(seen.get(set));
          const effects = firing.map((rule) => rule.effect).reverse();
          expect(tiers.get(network.id)).toBe(deriveTier(LADDER, network.tier, effects));
          if (firing.length > 1) several += 1;
        }
    }),
    RUNS,
  );
  expect(several).toBeGreaterThan(25);
});

it('derives the same tier from the same effects in any order', () => {
  const orders = fc
    .array(effect, { minLength: 2, maxLength: 6 })
    .chain((effects) => fc.tuple(fc.constant(effects), shuffled(effects)));
  fc.assert(
    fc.property(fc.constantFrom(...LADDER.map(({ id }) => id), 'unrated'), orders, (base, [effects, others]) => {
      expect(deriveTier(LADDER, base, others)).toBe(deriveTier(LADDER, base, effects));
    }),
    { ...RUNS, numRuns: 500 },
  );
});
