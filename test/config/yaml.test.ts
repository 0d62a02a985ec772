/** A column inside a text leads to the right character, however the text is written. */
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../src/config/yaml.ts';

const COMPLAINT = { what: 'wrong', expected: 'right', todo: 'mend' };

/** Puts a mark on every letter of the value that a column leads to: the file's own letter must be the same. */
function lettersAt(text: string, key: string): { value: string; letters: string } {
  const parsed = parseYaml('/x.yaml', text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const value = String((parsed.file.value as Record<string, unknown>)[key]);
  const lines = text.split('\n');
  const letters = [...value].map((_, index) => {
    const { line, column } = parsed.file.problem([key], COMPLAINT, { column: index + 1 });
    return lines[line - 1]?.[column - 1] ?? '\n';
  });
  return { value, letters: letters.join('') };
}

describe('a column inside a text', () => {
  const cases: readonly (readonly [name: string, text: string])[] = [
    ['plain', 'x: 1\nwhen: avg(a, 7d) < 20%\n'],
    ['plain, folded', 'when: avg(a, 7d) < 20%\n  and b > 2\n\n  or c\nx: 1\n'],
    ['single quotes', "when: 'a < 20%'\n"],
    ['single quotes, doubled inside', "when: 'it''s a < ''b'''\n"],
    ['double quotes', 'when: "a < 20%"\n'],
    ['double quotes, folded', 'when: "a <\n   20%\n   and b"\n'],
    ['block, literal', 'when: |\n  a < 20%\n    and b\n\n  or c\n'],
    ['block, literal, deeper', 'when: |2 # why\n    a < 20%\n  or c\nx: 1\n'],
    ['block, folded', 'when: >-\n    a < 20%\n    and b\n    or c\n'],
    ['line breaks of Windows', 'x: 1\r\nwhen: >-\r\n  a < 20%\r\n  and b\r\n'],
    ['with an anchor', 'when: &w a < 20%\n'],
  ];
  test.each(cases)('%s', (_, text) => {
    const { value, letters } = lettersAt(text, 'when');
    expect(value.length).toBeGreaterThan(5);
    expect(letters.replace(/\s/g, ' ')).toBe(value.replace(/\s/g, ' '));
  });

  test('escapes count as the letter they stand for', () => {
    const { value, letters } = lettersAt('when: "\\x61 \\u0062\\\\ \\"c\\" d"\n', 'when');
    expect(value).toBe('a b\\ "c" d');
    expect(letters).toBe('\\ \\\\ \\c\\ d');
  });

  test('a column past the end stays in the file', () => {
    const parsed = parseYaml('/x.yaml', 'when: a <\n');
    if (!parsed.ok) throw new Error('unexpected');
    expect(parsed.file.problem(['when'], COMPLAINT, { column: 4 })).toMatchObject({ line: 1, column: 10 });
    expect(parsed.file.problem(['when'], COMPLAINT, { column: 99 })).toMatchObject({ line: 1, column: 10 });
  });

  test('through an alias it leads to the text itself', () => {
    const parsed = parseYaml('/x.yaml', 'a: &a\n  when: b\nc: *a\n');
    if (!parsed.ok) throw new Error('unexpected');
    expect(parsed.file.problem(['c', 'when'], COMPLAINT)).toMatchObject({ line: 2, column: 9 });
  });
});

test('a byte order mark and missing last line break are no mistakes', () => {
  expect(parseYaml('/x.yaml', '\uFEFFa: 1')).toMatchObject({ ok: true, file: { value: { a: 1 } } });
});

test('prototype keys are data', () => {
  const parsed = parseYaml('/x.yaml', '__proto__: { polluted: true }\nconstructor: 1\n');
  expect(parsed.ok && Object.keys(parsed.file.value as object)).toEqual(['__proto__', 'constructor']);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
