import { describe, expect, it } from 'vitest';
import { wrap, wrapShort } from '../../src/cli/wrap.ts';

describe('wrap', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one two three', 13, ['one two three']],
    ['  a   b\n c ', 80, ['a b c']],
    ['a word-longer-than-the-line b', 6, ['a', 'word-longer-than-the-line', 'b']],
    ['東京 東京', 8, ['東京', '東京']],
    ['', 10, ['']],
    ['\u001b[31mred\u202e', 20, ['[31mred']],
  ])('%j at %d', (text, width, lines) => expect(wrap(text, width)).toEqual(lines));
});

describe('wrapShort', () => {
  it.each([
    ['one two three', 7, 2, ['one two', 'three']],
    ['one two three four', 7, 2, ['one two', 'three…']],
    ['one two three', 7, 1, ['one tw…']],
    ['unbreakable', 6, 1, ['unbre…']],
  ])('%j at %d in %d', (text, width, most, lines) => expect(wrapShort(text, width, most)).toEqual(lines));
});
