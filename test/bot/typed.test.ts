/** Typed arguments: positions, names, quotes. */
import { expect, test } from 'vitest';
import type { Option } from '../../src/bot/option.ts';
import { readTyped } from '../../src/bot/typed.ts';

const one: Option = { name: 'network', description: 'x', required: true, many: false, choices: [] };
const word: Option = { ...one, name: 'word' };
const many: Option = { ...one, many: true };

test.each<[string, readonly Option[], Record<string, unknown>]>([
  ['', [one], {}],
  ['akash', [one], { network: 'akash' }],
  ['  akash  ', [one], { network: 'akash' }],
  ['Akash Network', [one], { network: 'Akash Network' }],
  ['"Akash  Network"', [one], { network: 'Akash  Network' }],
  ['network="Akash Network"', [one], { network: 'Akash Network' }],
  ['Network=akash', [one], { network: 'akash' }],
  ['“Akash Network”', [one], { network: 'Akash Network' }],
  [String.raw`"a \"b\" \\"`, [one], { network: 'a "b" \\' }],
  ['"never closed', [one], { network: 'never closed' }],
  ["Lambda's", [one], { network: "Lambda's" }],
  ['other=x', [one], { network: 'other=x' }],
  ['a b', [many], { network: ['a', 'b'] }],
  ['network=a network=b', [many], { network: ['a', 'b'] }],
  ['first second third', [word, one], { word: 'first', network: 'second third' }],
  ['network=a b', [word, one], { network: 'a', word: 'b' }],
  ['__proto__=x', [one], { network: '__proto__=x' }],
])('%j', (text, options, values) => {
  expect(readTyped(text, options)).toEqual({ values });
});

test.each<[string, readonly Option[], RegExp]>([
  ['x', [], /do not know what to do with “x”/],
  ['network=a network=b', [one], /given twice/],
  ['a network=b', [one], /do not know what to do with “a”/],
])('%j is refused', (text, options, problem) => {
  expect(readTyped(text, options)).toEqual({ problem: expect.stringMatching(problem) });
});
