import { describe, expect, it } from 'vitest';
import { parseScript } from '../../src/triggers/scenario.ts';

describe("promtool's notation", () => {
  it.each([
    ['0.3', [0.3]],
    ['0.3x4', [0.3, 0.3, 0.3, 0.3, 0.3]],
    ['1+2x3', [1, 3, 5, 7]],
    ['5-1x2', [5, 4, 3]],
    ['0.25+-0.05x2', [0.25, 0.2, 0.15]],
    ['1 _ 2', [1, null, 2]],
    ['_x3 1', [null, null, null, 1]],
    ['-1', [-1]],
    ['1e3 2', [1000, 2]],
  ])('%s', (script, values) => {
    const read = parseScript(script);
    expect(Array.isArray(read) && read.map((value) => (value === null ? null : Number(value.toFixed(9))))).toEqual(
      values,
    );
  });

  it.each([
    ['0.3y4', 'cannot read "0.3y4"'],
    ['one', 'cannot read "one"'],
    ['1x99999', 'more than 10000 values'],
  ])('%s is refused', (script, why) => expect(parseScript(script)).toContain(why));
});
