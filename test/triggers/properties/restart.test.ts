/** A restart changes nothing, and neither do figures still to come, series that grow, or what was judged before. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Sample } from '../../../src/core/series.ts';
import { HOUR, type Instant } from '../../../src/core/time.ts';
import { observations } from '../../../src/store/evidence.ts';
import { emptyState } from '../../../src/store/tables.ts';
import { tick } from '../../../src/triggers/judge/tick.ts';
import { replay } from '../../../src/triggers/replay/replay.ts';
import { bookOf } from '../../world.ts';
import { evidenceOf, movesIn, pairs } from './course.ts';
import { type Kept, keep, nothing, restarted } from './kept.ts';
import { compiled, STEP, type World, type Written, world } from './random.ts';
import { sights } from './reference.ts';

const RUNS = { seed: 20260105, numRuns: 30 };

const bookFor = (written: readonly Written[]) => bookOf(...written.map(compiled));

const upTo = (samples: readonly Sample[], now: Instant): readonly Sample[] => samples.filter(({ at }) => at <= now);

it('goes on as if nothing had happened after restarts at any instants, with the future not there yet', () => {
  let restarts = 0;
  fc.assert(
    fc.property(world, fc.infiniteStream(fc.nat(3)), ({ written, samples, instants }, stops) => {
      let book = bookFor(written);
      let state: Kept = nothing;
      for (const { now, events: expected } of replay(bookFor(written), evidenceOf(samples), instants)) {
        if (stops.next().value === 0) {
          [book, state] = [bookFor(written), restarted(state)];
          restarts += 1;
        }
        const { events } = tick(book, state, evidenceOf(upTo(samples, now)), now);
        expect(events).toEqual(expected);
        state = keep(state, events);
      }
    }),
    RUNS,
  );
  expect(restarts).toBeGreaterThan(250);
});

/** How samples reach a store: each some time after it was taken, one in a few of them corrected later still. */
type Arrival = { readonly due: Instant; readonly sample: Sample };

function arriving({ samples }: World): fc.Arbitrary<readonly Arrival[]> {
  const late = fc.constantFrom(0, 0, 0, 1, 2, 5).map((hours) => hours * HOUR);
  const correction = fc.option(fc.integer({ min: 1, max: 99 }), { nil: null, freq: 2 });
  return fc
    .array(fc.tuple(late, correction, late), { minLength: samples.length, maxLength: samples.length })
    .map((fates) =>
      samples
        .flatMap((sample, index): readonly Arrival[] => {
          const [first, value, second] = fates[index] ?? [0, null, 0];
          const due = sample.at + first;
          const own = { due, sample };
          if (value === null || index % 3 !== 0) return [own];
          const scale = sample.value < 1 ? 100 : 1;
          return [own, { due: due + second, sample: { ...sample, value: value / scale } }];
        })
        .sort((a, b) => a.due - b.due),
    );
}

const growing = world.chain((given) => fc.tuple(fc.constant(given), arriving(given)));

it('judges series that grow, are corrected and lose their oldest figures as it judges them built afresh', () => {
  const [every, span] = [15, 20 * HOUR];
  let moves = 0;
  fc.assert(
    fc.property(growing, ([{ written, instants }, arrivals]) => {
      const live = observations({ step: () => STEP, report: (line) => expect.fail(line), state: emptyState });
      const book = bookFor(written);
      let afresh = book;
      let [next, horizon, state]: [number, Instant, Kept] = [0, 0, nothing];
      let there: readonly Sample[] = [];
      for (const [index, now] of instants.entries()) {
        const due = arrivals.slice(next).filter((arrival) => arrival.due <= now);
        const come = due.map(({ sample }) => sample);
        next += due.length;
        live.add(live.sift(come, []));
        if (index % every === every - 1) {
          horizon = now - span;
          live.dropBefore(horizon);
        }
        there = [...there, ...come].filter(({ at }) => at >= horizon);
        if (index % 10 === 0) afresh = bookFor(written);
        const { events } = tick(book, state, live.evidence, now);
        expect(events).toEqual(tick(afresh, state, evidenceOf(there), now).events);
        state = keep(state, events);
        moves += movesIn(events).length;
      }
    }),
    RUNS,
  );
  expect(moves).toBeGreaterThan(25);
});

it('judges any instants in any order, of several records in turn, as each alone', () => {
  const two = fc.tuple(world, world).chain(([one, two]) => {
    const looks = [one.samples, two.samples].flatMap((samples) => one.instants.map((now) => ({ now, samples })));
    return fc.tuple(fc.constant(one.written), fc.shuffledSubarray(looks, { minLength: 60 }));
  });
  fc.assert(
    fc.property(two, (given) => {
      const [written, looks] = given;
      const evidence = new Map(looks.map(({ samples }) => [samples, evidenceOf(samples)]));
      for (const [rule, network] of pairs(written)) {
        const { when } = compiled(rule);
        const truths = looks.map(({ now, samples }) =>
          when.truth({ network, now, evidence: evidence.get(samples) ?? evidenceOf(samples) }),
        );
        const expected = looks.flatMap(({ now, samples }) => sights(rule, network, samples, [now]));
        expect(truths).toEqual(expected.map((sight) => sight.when));
      }
    }),
    RUNS,
  );
});
