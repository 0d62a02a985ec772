/** Where the caret stands, whatever surrounds the place. */
import { describe, expect, it } from 'vitest';
import { caret } from '../../../src/triggers/language/caret.ts';

describe('caret', () => {
  it.each([
    ['a word', 'gpu_utilization < 20', 1, 'gpu_utilization < 20', '^^^^^^^^^^^^^^^'],
    ['a figure', 'gpu_utilization < 20%', 19, 'gpu_utilization < 20%', '                  ^^^'],
    ['an operator', 'a >= b', 3, 'a >= b', '  ^^'],
    ['the end', 'a <', 4, 'a <', '   ^'],
    ['past the end', 'a <', 99, 'a <', '   ^'],
    ['before the beginning', 'a <', -3, 'a <', '^'],
    ['nothing', '', 1, '', '^'],
    ['after a tab', 'a\t< 20', 5, 'a < 20', '    ^^'],
    ['after tabs that indent', '\t\ta < 20', 7, 'a < 20', '    ^^'],
    ['on a tab', '  \ta < 20', 3, '→a < 20', '^'],
    ['after wide characters', '日本 < 20', 6, '日本 < 20', '       ^^'],
    ['on a wide character', 'a 日 b', 3, 'a 日 b', '  ^^'],
    ['after an emoji', '🚀 < 20', 6, '🚀 < 20', '     ^^'],
    ['after a combining mark', 'e\u0301 < 20', 6, 'e\u0301 < 20', '    ^^'],
    ['after an escape sequence', '\u001b[31ma < 20', 10, '·[31ma < 20', '         ^^'],
    ['after a character that turns the direction', '\u202ea < 20', 6, '·a < 20', '     ^^'],
    ['after a line break', 'a < 5\n  and b < c', 13, 'and b < c', '    ^'],
    ['before a line break', 'a <\nb', 4, 'a <', '   ^'],
  ])('at %s', (_, text, column, line, carets) => expect(caret(text, column)).toBe(`${line}\n${carets}`));

  it('underlines as far as it is told', () => {
    expect(caret('a < 20 %', 5, 9)).toBe('a < 20 %\n    ^^^^');
    expect(caret('a < 20', 1, 1)).toBe('a < 20\n^');
  });

  it('cuts a long line around the place, and the carets with it', () => {
    const long = (before: number, after: number): readonly string[] =>
      caret(`${'a '.repeat(before)}gpu < 20${' b'.repeat(after)}`, 2 * before + 1).split('\n');
    for (const [before, after, cutBefore, cutAfter] of [
      [500, 500, true, true],
      [0, 500, false, true],
      [500, 0, true, false],
      [40, 40, true, true],
      [10, 40, false, true],
      [30, 0, false, false],
    ] as const) {
      const [line = '', carets = ''] = long(before, after);
      expect(line.length).toBeLessThanOrEqual(100);
      expect(line.slice(carets.indexOf('^'), carets.length)).toBe('gpu');
      expect(line.startsWith('…')).toBe(cutBefore);
      expect(line.endsWith('…')).toBe(cutAfter);
    }
    const [line = '', carets = ''] = caret('x'.repeat(1_000_000), 500_000).split('\n');
    expect(line.length).toBeLessThanOrEqual(100);
    expect(carets.length).toBeLessThanOrEqual(100);
  });

  it('never gives more than two lines, nor a character that a screen would obey', () => {
    const odd = [
      '\u0000',
      '\u001b',
      '\u009b',
      '\u200b',
      '\u2028',
      '\u2029',
      '\ud800',
      '\ufe0f',
      '\r',
      '\u00ad',
      '日',
      'a',
      '\n',
    ];
    for (const first of odd)
      for (const second of odd)
        for (const column of [1, 2, 3, 4]) {
          const shown = caret(`${first}x${second}`, column);
          expect(shown.split('\n')).toHaveLength(2);
          expect(shown.replace('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        }
  });
});
