/** Scales: every value with air around it, few round ticks, labels that differ and say the unit once. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scaleOf } from '../../src/chart/scale.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import { METRIC_UNITS } from '../../src/core/units.ts';

function labelsOf(values: readonly number[], unit: string): readonly string[] {
  const scale = scaleOf(values, unit);
  return scale === null ? [] : scale.ticks.map(scale.label);
}

describe('scaleOf', () => {
  it.each([
    ['prices', [2.55, 4.42, 3], 'usd/gpu-hour', ['$2.00', '$3.00', '$4.00', '$5.00']],
    ['close prices', [2.551, 2.554], 'usd', ['$2.550', '$2.551', '$2.552', '$2.553', '$2.554', '$2.555']],
    ['from zero where zero is near', [5, 90], 'count', ['0', '25', '50', '75', '100']],
    ['to zero from below', [-90, -5], 'count', ['-100', '-75', '-50', '-25', '0']],
    ['shares, of which there is no more than all', [0.2, 0.99], 'ratio', ['0%', '25%', '50%', '75%', '100%']],
    ['a constant', [2.5], 'usd', ['$2.20', '$2.40', '$2.60', '$2.80']],
    ['nothing but zero', [0], 'gpus', ['0', '0.25', '0.5', '0.75', '1']],
    ['large values', [0, 1.3e9], 'tokens/day', ['0', '0.5B', '1B', '1.5B']],
    ['values beyond names', [0, 4e18], 'usd', ['$0.00', '$2.00e18', '$4.00e18', '$6.00e18']],
    [
      'differences no digit shows',
      [1e16, 1e16 + 2],
      'count',
      ['9e15', '9.5e15', '10e15', '10.5e15', '11e15', '11.5e15'],
    ],
    ['durations', [HOUR, 5 * DAY], 'duration', ['0s', '2d', '4d', '6d']],
  ])('gives round ticks for %s', (_, values, unit, expected) => {
    expect(labelsOf(values, unit)).toEqual(expected);
  });

  it.each([
    ['usd/gpu-hour', 'per GPU-hour'],
    ['usd/day', 'per day'],
    ['tokens/day', 'tokens/day'],
    ['gpus', 'GPUs'],
    ['ratio', ''],
    ['usd', ''],
    ['duration', ''],
  ])('names the unit %s once', (unit, name) => {
    expect(scaleOf([1, 3], unit)?.unit).toBe(name);
  });

  it('has none for no values', () => {
    expect(scaleOf([], 'usd')).toBeNull();
  });

  it('encloses whatever it is given, in a handful of ticks', () => {
    const value = fc
      .double({ min: -1e300, max: 1e300, noNaN: true })
      .map((each) => (Math.abs(each) < 1e-300 ? 0 : each));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.constantFrom(...METRIC_UNITS), (values, unit) => {
        const scale = scaleOf(values, unit);
        expect(scale?.min).toBeLessThanOrEqual(Math.min(...values));
        expect(scale?.max).toBeGreaterThanOrEqual(Math.max(...values));
        expect(scale?.ticks.length).toBeGreaterThanOrEqual(3);
        expect(scale?.ticks.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});
