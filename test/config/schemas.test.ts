/** The committed JSON Schemas are those of the code, and accept the shipped files' defaults. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonSchemas } from '../../src/config/schemas.ts';
import { parseDuration } from '../../src/core/time.ts';

const FOLDER = join(import.meta.dirname, '../../config/schema');
const REGENERATE = 'run: UPDATE=1 npx vitest run test/config/schemas.test.ts';

describe.each(jsonSchemas())('$name.schema.json', ({ name, json }) => {
  const path = join(FOLDER, `${name}.schema.json`);
  const text = `${JSON.stringify(json, null, 2)}\n`;

  test('is the committed one', async () => {
    if (process.env.UPDATE === '1') await writeFile(path, text);
    expect(await readFile(path, 'utf8').catch(() => 'missing'), REGENERATE).toBe(text);
  });

  test('has defaults of the type it asks for', () => {
    for (const node of nodes(json)) {
      if (node.default === undefined || typeof node.type !== 'string') continue;
      expect(typeOf(node.default), JSON.stringify(node)).toBe(node.type);
      if (String(node.pattern).includes('ms|s|m|h|d|w'))
        expect(parseDuration(String(node.default)), JSON.stringify(node)).toBeTypeOf('number');
    }
  });
});

test('there is one for each kind of file', () => {
  const names = jsonSchemas().map(({ name }) => name);
  expect(names).toEqual(['tierwatch', 'networks', 'metrics', 'sources', 'feeds', 'lexicon', 'rules']);
});

test('durations are strings with a pattern, and unknown keys are refused', () => {
  const rules = jsonSchemas().find(({ name }) => name === 'rules');
  expect(rules?.json).toMatchObject({
    additionalProperties: false,
    properties: {
      rules: { items: { additionalProperties: false, properties: { for: { type: 'string', default: '0s' } } } },
      scenarios: { items: { properties: { step: { type: 'string', default: '1d' } } } },
    },
  });
});

type Json = Readonly<Record<string, unknown>>;

function nodes(json: unknown): readonly Json[] {
  if (typeof json !== 'object' || json === null) return [];
  const below = Object.values(json).flatMap(nodes);
  return Array.isArray(json) ? below : [json as Json, ...below];
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
}
