/** Raw text: what is stripped, how it is clipped, how tables line up. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alignTable, clip, clipWidth, plain, widthOf } from '../../src/bot/plain.ts';

test.each([
  ['a\u202Eb\u202Cc', 'abc'],
  ['a\u200Bb\u200D\uFEFFc', 'abc'],
  ['a\u0000\u001b[31mb\u0007', 'a[31mb'],
  ['a\n\t\r\u2028 b', 'a b'],
  ['soft\u00ADhyphen', 'softhyphen'],
  ['tag\u{E0041}\u{E0042}', 'tag'],
  ['a\u3164\u115Fb', 'ab'],
  ['\uD800x', '\uFFFDx'],
  ['naïve 测试 👍', 'naïve 测试 👍'],
  [`Z${'\u0300'.repeat(9)}`, `Z${'\u0300'.repeat(4)}`],
])('%j', (raw, shown) => {
  expect(plain(raw)).toBe(shown);
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['ab  cdef', 5, 'ab…'],
  ['👍👍👍', 3, '👍👍👍'],
  ['👍👍👍', 2, '👍…'],
  ['abc', 0, ''],
])('clip(%j, %i)', (text, most, clipped) => {
  expect(clip(text, most)).toBe(clipped);
});

test.each([
  ['abc', 3],
  ['测试', 4],
  ['👍', 2],
  ['🇩🇪', 2],
  ['e\u0301', 1],
  ['▲▼', 2],
])('widthOf(%j)', (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test('columns line up by display width', () => {
  const columns = [
    { title: 'Name', align: 'left' },
    { title: 'n', align: 'right' },
  ] as const;
  expect(alignTable(columns, [['测试', '5'], ['👍x', '1,000'], ['plain']])).toEqual([
    'Name       n',
    '─────  ─────',
    '测试       5',
    '👍x    1,000',
    'plain',
  ]);
});

test('a clipped text is within its width and well formed', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
      expect(widthOf(clipWidth(text, most))).toBeLessThanOrEqual(most);
      expect(Array.from(clip(text, most)).length).toBeLessThanOrEqual(most);
    }),
    { seed: 20261120 },
  );
});
