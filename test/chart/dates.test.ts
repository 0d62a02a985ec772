/** Dates along the axis: few, round, in UTC, and the first with its year. */
import { describe, expect, it } from 'vitest';
import { dateTicks } from '../../src/chart/dates.ts';
import { DAY, HOUR, toIso } from '../../src/core/time.ts';

const MARCH = Date.UTC(2026, 2, 10, 5, 20);

describe('dateTicks', () => {
  it.each([
    [20 * 60_000, ['10 Mar 05:20', '05:25', '05:30', '05:35', '05:40']],
    [6 * HOUR, ['10 Mar 06:00', '07:00', '08:00', '09:00', '10:00', '11:00']],
    [2 * DAY, ['10 Mar 12:00', '11 Mar', '12:00', '12 Mar']],
    [30 * DAY, ['16 Mar 2026', '23 Mar', '30 Mar', '6 Apr']],
    [300 * DAY, ['May 2026', 'Jul', 'Sep', 'Nov', '2027']],
    [900 * DAY, ['Jul 2026', '2027', 'Jul', '2028', 'Jul']],
    [4000 * DAY, ['2028', '2030', '2032', '2034', '2036']],
  ])('over %d ms writes %j', (span, labels) => {
    expect(dateTicks(MARCH, MARCH + span).map(({ label }) => label)).toEqual(labels);
  });

  it('counts weeks from Mondays and months from their first day, at midnight UTC', () => {
    expect(toIso(dateTicks(MARCH, MARCH + 30 * DAY)[0]?.at ?? 0)).toBe('2026-03-16T00:00:00Z');
    expect(toIso(dateTicks(MARCH, MARCH + 300 * DAY)[0]?.at ?? 0)).toBe('2026-05-01T00:00:00Z');
  });

  it('never gives more than fit, from a second to three thousand years', () => {
    for (let span = 1000; span < 1e14; span *= 1.7) {
      const ticks = dateTicks(0, span);
      expect([span, ticks.length <= 7]).toEqual([span, true]);
    }
  });
});
