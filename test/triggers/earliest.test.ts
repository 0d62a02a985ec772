/** The date that an outlook names is the earliest there is, and the path it names leads there. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DAY, type Instant, MINUTE, toDay } from '../../src/core/time.ts';
import { instantsTo, judged, onward, setting, world } from './futures.ts';

it('names the date on which the tier flips along the path named, and no other path flips it before', () => {
  const met = { fire: 0, end: 0, sure: 0, days: 0, never: 0 };
  fc.assert(
    fc.property(world, (given) => {
      const { book, samples, past } = setting(given);
      const now = past.at(-1) as Instant;
      const standing = judged(book, samples, past)
        .standings()
        .find(({ rule }) => rule === 'judged');
      const { at, tier, sure, until, path, says, to } = standing?.outlook ?? expect.fail('the rule is not judged');
      if (tier === null) return;
      const end = at ?? until;
      const ahead = instantsTo(now, end);
      /** The tiers after `now` where each series goes on as this says. */
      const tiersAfter = (value: Parameters<typeof onward>[3]) =>
        judged(book, onward(samples, now, end + DAY, value), [...past, ...ahead]).tiers.filter((one) => one.now > now);
      const levels = new Map(path.map((one) => [one.series, one.level]));

      if (at !== null) {
        const tiers = tiersAfter((series) => levels.get(series));
        const flip = tiers.find((one) => one.tier === tier)?.now ?? Number.NaN;
        expect(toDay(flip)).toBe(toDay(at));
        expect(Math.abs(flip - at)).toBeLessThanOrEqual(MINUTE);
        expect(says).toContain(toDay(at));
        met[to] += 1;
        if (toDay(at) !== toDay(now)) met.days += 1;
      }
      if (!sure) return;
      met[at === null ? 'never' : 'sure'] += 1;
      const strayed = tiersAfter((series, index) => {
        const share = (given.others[(index >> 1) % given.others.length] ?? 0) / 100;
        const random = series.endsWith('leased') ? 1000 * (1 - share) : share;
        return index % 5 < 2 ? random : (levels.get(series) ?? random);
      });
      expect(strayed.filter((one) => one.now < end - MINUTE).map((one) => one.tier)).not.toContain(tier);
    }),
    { seed: 20260104, numRuns: 250 },
  );
  expect(met.fire).toBeGreaterThan(80);
  expect(met.end).toBeGreaterThan(50);
  expect(met.sure).toBeGreaterThan(100);
  expect(met.days).toBeGreaterThan(80);
  expect(met.never).toBeGreaterThan(5);
});
