/** What a function over a window can be, from what a sample can be. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Names } from '../../../src/core/names.ts';
import { DAY } from '../../../src/core/time.ts';
import { compileCondition } from '../../../src/triggers/language/expression.ts';
import { WINDOW_FUNCTIONS } from '../../../src/triggers/language/functions.ts';
import type { Value } from '../../../src/triggers/language/scene.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { daily, NAMES, T0 } from '../../world.ts';

function compiledTo(call: string, range: readonly [number, number] | undefined): Value {
  const metric = NAMES.catalogue.get('gpus_total');
  if (metric === undefined) throw new Error('the world has no gpus_total');
  const bounded = range === undefined ? metric : { ...metric, range: [...range] as [number, number] };
  const names: Names = { ...NAMES, catalogue: new Map([...NAMES.catalogue, ['gpus_total', bounded]]) };
  const { shape } = compileCondition(`${call} != 0`, names);
  if (shape.kind !== 'comparison') throw new Error(`${call} is compared`);
  return shape.left;
}

/** Nothing closer to 0 than sums are exact for. */
const FIGURE = fc.oneof(
  fc.constantFrom(-3, 0, 0.1, 0.3, 7, 1e9),
  fc.double({ min: -3, max: 1e9, noNaN: true }).filter((figure) => figure === 0 || Math.abs(figure) > 1e-100),
);

it.each(Object.entries(WINDOW_FUNCTIONS))('%s stays within its bounds', (name, { parameter }) => {
  const call = `${name}(gpus_total, 3d${parameter === undefined ? '' : ', 0.9'})`;
  let known = 0;
  fc.assert(
    fc.property(
      fc.tuple(FIGURE, FIGURE),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
      (ends, shares) => {
        const [least, most] = [Math.min(...ends), Math.max(...ends)] as const;
        const figures = shares.map((share) =>
          Math.min(most, Math.max(least, share < 0.2 ? least : share > 0.8 ? most : least + share * (most - least))),
        );
        const value = compiledTo(call, [least, most]);
        const evidence = recorded(daily('akash.gpus_total', figures), [], DAY);
        const figure = value.value({ network: 'akash', now: T0 + (figures.length - 1) * DAY, evidence });
        if (figure === null) return;
        known += 1;
        expect(figure).toBeGreaterThanOrEqual(value.bounds[0]);
        expect(figure).toBeLessThanOrEqual(value.bounds[1]);
      },
    ),
    { seed: 20260104, numRuns: 500 },
  );
  expect(known).toBeGreaterThan(100);
});

it.each([
  ['avg(gpus_total, 3d)', [0, 8], [0, 8]],
  ['quantile(gpus_total, 3d, 0.9)', [0, 8], [0, 8]],
  ['sum(gpus_total, 3d)', [2, 8], [2, Number.POSITIVE_INFINITY]],
  ['count(gpus_total, 3d)', [2, 8], [1, Number.POSITIVE_INFINITY]],
  ['stddev(gpus_total, 3d)', [2, 8], [0, 3]],
  ['change(gpus_total, 3d)', [2, 8], [-1, Number.POSITIVE_INFINITY]],
  ['delta(gpus_total, 3d)', [2, 8], [-6, 6]],
  ['change(gpus_total, 3d)', [-2, 8], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
  ['sum(gpus_total, 3d)', [-2, 8], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
  ['slope(gpus_total, 3d)', [2, 8], [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
  ['avg(gpus_total, 3d)', undefined, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
  ['stddev(gpus_total, 3d)', undefined, [0, Number.POSITIVE_INFINITY]],
  ['delta(gpus_total, 3d)', undefined, [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]],
] as const)('%s of samples in %j lies in %j', (call, sample, bounds) => {
  expect(compiledTo(call, sample).bounds).toEqual(bounds);
});
