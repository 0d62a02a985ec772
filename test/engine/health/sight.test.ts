import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../../src/core/time.ts';
import { type Look, sightOf } from '../../../src/engine/health/sight.ts';

const NOW = 100 * HOUR;
const looks = (failed: number, fine: number, ago = 0, every = 10 * MINUTE): readonly Look[] => [
  ...Array.from({ length: failed }, () => ({ at: NOW - ago, failed: true, every })),
  ...Array.from({ length: fine }, () => ({ at: NOW - ago, failed: false, every })),
];
const sight = (all: readonly Look[], wasBlind: boolean, since = 0) =>
  sightOf(all, wasBlind ? NOW - DAY : null, since, NOW);

describe('sight', () => {
  it.each([
    [3, 2, true],
    [2, 2, false],
    [3, 0, true],
    [2, 0, false],
    [2, 1, true],
    [0, 9, false],
    [0, 0, false],
  ])('is lost where %i fail and %i do not: %s', (failing, fine, blind) => {
    expect(sight(looks(failing, fine), false)).toEqual({ blind, failing, polled: failing + fine });
  });

  it('is lost by the polls of the last hour alone', () => {
    expect(sight([...looks(5, 0, HOUR + 1), ...looks(0, 2)], false)).toEqual({
      blind: false,
      failing: 0,
      polled: 2,
    });
    expect(sight([...looks(0, 9, HOUR + 1), ...looks(3, 0, HOUR)], false).blind).toBe(true);
  });

  it('is lost by slow sources, too: a poll counts for one and a half times its pace', () => {
    expect(sight(looks(3, 0, 18 * HOUR, 12 * HOUR), false).blind).toBe(true);
    expect(sight(looks(3, 0, 18 * HOUR + 1, 12 * HOUR), false)).toEqual({ blind: false, failing: 0, polled: 0 });
  });

  it('is not kept by what came before the failures began', () => {
    const all = [...looks(4, 1), ...looks(0, 9, 6 * HOUR, 12 * HOUR)];
    expect(sight(all, false).blind).toBe(false);
    expect(sight(all, false, NOW - HOUR)).toEqual({ blind: true, failing: 4, polled: 5 });
  });

  it('comes back by what succeeded since it was lost, not by slow sources that nobody has asked', () => {
    const all = [...looks(4, 1), ...looks(0, 9, 6 * HOUR, 12 * HOUR)];
    expect(sightOf(all, NOW - HOUR, 0, NOW)).toEqual({ blind: true, failing: 4, polled: 5 });
    expect(sightOf([...all, ...looks(0, 3)], NOW - HOUR, 0, NOW).blind).toBe(false);
  });

  it('comes back where at most half fail, of the last hour, or of all where the hour is too poor', () => {
    expect(sight(looks(3, 2), true).blind).toBe(true);
    expect(sight(looks(2, 2), true).blind).toBe(false);
    expect(sight([...looks(9, 0, 2 * HOUR), ...looks(0, 2)], true)).toEqual({
      blind: true,
      failing: 9,
      polled: 11,
    });
    expect(sight([...looks(9, 0, 2 * HOUR), ...looks(1, 2)], true)).toEqual({
      blind: false,
      failing: 1,
      polled: 3,
    });
    expect(sight(looks(1, 1, 2 * HOUR), true).blind).toBe(false);
  });
});
