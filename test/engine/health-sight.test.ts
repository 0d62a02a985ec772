import { describe, expect, it } from 'vitest';
import { HOUR } from '../../src/core/time.ts';
import { type Look, sightOf } from '../../src/engine/health-sight.ts';

const NOW = 100 * HOUR;
const looks = (failed: number, fine: number, ago = 0): readonly Look[] => [
  ...Array.from({ length: failed }, () => ({ at: NOW - ago, failed: true })),
  ...Array.from({ length: fine }, () => ({ at: NOW - ago, failed: false })),
];

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
    expect(sightOf(looks(failing, fine), false, NOW)).toEqual({ blind, failing, polled: failing + fine });
  });

  it('is lost by the polls of the last hour alone', () => {
    expect(sightOf([...looks(5, 0, HOUR + 1), ...looks(0, 2)], false, NOW)).toEqual({
      blind: false,
      failing: 0,
      polled: 2,
    });
    expect(sightOf([...looks(0, 9, HOUR + 1), ...looks(3, 0, HOUR)], false, NOW).blind).toBe(true);
  });

  it('comes back where at most half fail, of the last hour, or of all where the hour is too poor', () => {
    expect(sightOf(looks(3, 2), true, NOW).blind).toBe(true);
    expect(sightOf(looks(2, 2), true, NOW).blind).toBe(false);
    expect(sightOf([...looks(9, 0, 2 * HOUR), ...looks(0, 2)], true, NOW)).toEqual({
      blind: true,
      failing: 9,
      polled: 11,
    });
    expect(sightOf([...looks(9, 0, 2 * HOUR), ...looks(1, 2)], true, NOW)).toEqual({
      blind: false,
      failing: 1,
      polled: 3,
    });
    expect(sightOf(looks(1, 1, 2 * HOUR), true, NOW).blind).toBe(false);
  });
});
