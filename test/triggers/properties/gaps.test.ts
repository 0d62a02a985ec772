/** Taking samples away: a source gone dark moves nothing, and a hole stops the clocks. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RuleState } from '../../../src/core/events.ts';
import type { Sample } from '../../../src/core/series.ts';
import { HOUR, type Instant } from '../../../src/core/time.ts';
import type { Truth } from '../../../src/core/verdict.ts';
import { advance, atRest } from '../../../src/triggers/rule/lifecycle.ts';
import { T0 } from '../../world.ts';
import { course, movesIn, pairs, phasesIn } from './course.ts';
import { LONGEST, MAX_AGE, SLOTS, STEP, world } from './random.ts';
import { knownFor, mattering, sights } from './reference.ts';

const RUNS = { seed: 20260103, numRuns: 60 };

/** The given instants, and hourly ones after them until even the longest window has long been empty. */
function untilDark(instants: readonly Instant[], end: Instant): readonly Instant[] {
  const last = instants.at(-1) ?? end;
  const hours = Math.max(0, Math.ceil((end - last) / STEP));
  return [...instants, ...Array.from({ length: hours }, (_, hour) => last + (hour + 1) * STEP)];
}

it('without any sample no tier ever moves', () => {
  fc.assert(
    fc.property(world, (given) => {
      const events = course({ ...given, samples: [] }).flatMap((stand) => stand.events);
      expect(events.map((event) => event.kind === 'change' && event.change.cause)).toEqual(Array(4).fill('start'));
    }),
    { ...RUNS, numRuns: 30 },
  );
});

it('once a source has gone dark, all is unknown in the end, and from then on nothing moves', () => {
  let firing = 0;
  fc.assert(
    fc.property(world, fc.integer({ min: 4, max: SLOTS }), (given, slot) => {
      const cut = T0 + slot * STEP;
      const samples = given.samples.filter(({ at }) => at < cut);
      const instants = untilDark(given.instants, cut + LONGEST + MAX_AGE + 12 * HOUR);
      const stands = course({ ...given, samples, instants });
      let darkest = 0;
      for (const [rule, network] of pairs(given.written)) {
        const seen = sights(rule, network, samples, instants);
        const dark = seen.findLastIndex(({ when, over }) => when !== 'unknown' || over !== 'unknown') + 1;
        expect(instants[dark]).toBeLessThanOrEqual(Math.max(cut, instants[0] ?? cut) + LONGEST + MAX_AGE + STEP);
        const phases = phasesIn(stands, rule.id, network);
        const kept = phases[dark - 1] ?? 'inactive';
        expect(phases.slice(dark)).toEqual(phases.slice(dark).map(() => kept));
        if (kept === 'firing') firing += 1;
        darkest = Math.max(darkest, dark);
      }
      const [atOnce, ...later] = stands.slice(darkest);
      expect(movesIn(atOnce?.events ?? [])).toEqual([]);
      expect(later.flatMap(({ events }) => events)).toEqual([]);
    }),
    RUNS,
  );
  expect(firing).toBeGreaterThan(20);
});

const hole = fc.record({
  series: fc.constantFrom('akash.gpu_utilization', 'akash.gpus_leased', 'ionet.gpu_utilization', 'ionet.gpus_leased'),
  from: fc.integer({ min: 0, max: SLOTS }),
  slots: fc.integer({ min: 2, max: 16 }),
});

function without(samples: readonly Sample[], holes: readonly { series: string; from: number; slots: number }[]) {
  return samples.filter(({ series, at }) => {
    const slot = (at - T0) / STEP;
    return !holes.some((one) => one.series === series && slot >= one.from && slot < one.from + one.slots);
  });
}

it('where only a hole makes a rule blind it stays, and what it spends blind counts toward nothing', () => {
  let [blinded, timed] = [0, 0];
  fc.assert(
    fc.property(world, fc.array(hole, { minLength: 2, maxLength: 6 }), (given, holes) => {
      const samples = without(given.samples, holes);
      const stands = course({ ...given, samples });
      for (const [rule, network] of pairs(given.written)) {
        const seen = sights(rule, network, samples, given.instants);
        const full = sights(rule, network, given.samples, given.instants);
        const phases = phasesIn(stands, rule.id, network);
        for (const [index, phase] of phases.entries()) {
          const before = phases[index - 1] ?? 'inactive';
          const [sight, whole] = [seen[index], full[index]];
          if (sight === undefined || whole === undefined) continue;
          if (mattering(before, sight) === 'unknown' && mattering(before, whole) !== 'unknown') {
            if (phase !== before) expect.fail(`${rule.id}/${network} moved at instant ${index} by a hole`);
            blinded += 1;
          }
          if (phase === before || (phase === 'inactive' && before === 'pending') || phase === 'pending') continue;
          const [held, needed] =
            phase === 'firing'
              ? [knownFor(seen, index, ({ when }) => when), rule.for]
              : [knownFor(seen, index, ({ over }) => over), rule.keepFiringFor];
          expect(held).toBeGreaterThanOrEqual(needed);
          if (needed > 0) timed += 1;
        }
      }
    }),
    RUNS,
  );
  expect(Math.min(blinded, timed)).toBeGreaterThan(25);
});

/** At which step a rule at rest fires, or a firing one ends, where it sees only these truths, one an hour. */
function leaves(phase: 'inactive' | 'firing', seen: readonly Truth[], hours: number): number {
  const timing = { for: hours * HOUR, keepFiringFor: hours * HOUR };
  let state: RuleState = { ...atRest('v', 0), phase };
  const step = seen.findIndex((truth, hour) => {
    const [when, over]: [Truth, Truth] = phase === 'firing' ? ['false', truth] : [truth, 'unknown'];
    state = advance(state, timing, when, over, hour * HOUR);
    return (state.phase === 'firing') !== (phase === 'firing');
  });
  return step < 0 ? Number.POSITIVE_INFINITY : step;
}

it('hiding that a condition holds never brings its firing or its end forward', () => {
  const truth = fc.constantFrom<Truth>('true', 'true', 'true', 'false', 'unknown');
  const steps = fc.array(fc.record({ shown: truth, hide: fc.boolean() }), { minLength: 1, maxLength: 40 });
  const phase = fc.constantFrom('inactive' as const, 'firing' as const);
  fc.assert(
    fc.property(phase, steps, fc.integer({ min: 0, max: 6 }), (from, list, hours) => {
      const shown = list.map((step) => step.shown);
      const hidden = list.map((step) => (step.hide && step.shown === 'true' ? 'unknown' : step.shown));
      expect(leaves(from, hidden, hours)).toBeGreaterThanOrEqual(leaves(from, shown, hours));
    }),
    { ...RUNS, numRuns: 1000 },
  );
});
