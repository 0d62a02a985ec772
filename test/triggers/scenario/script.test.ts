import { describe, expect, it } from 'vitest';
import { parseScript } from '../../../src/triggers/scenario/script.ts';

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
    ['.5 1. 2e-1', [0.5, 1, 0.2]],
    [' \n1\t2 ', [1, 2]],
    ['', []],
  ])('%j', (script, values) => {
    const read = parseScript(script);
    expect(Array.isArray(read) && read.map((value) => (value === null ? null : Number(value.toFixed(9))))).toEqual(
      values,
    );
  });

  it.each([
    ['0.3y4', 'cannot read "0.3y4"'],
    ['one', 'cannot read "one"'],
    ['.', 'cannot read "."'],
    ['1.2.3', 'cannot read "1.2.3"'],
    ['1x9999 2', 'more than 10000 values'],
    ['_x10001', 'more than 10000 values'],
  ])('%j is refused', (script, why) => expect(parseScript(script)).toContain(why));
});
