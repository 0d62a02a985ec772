/** docs/sources.md held against the sources: what they state is what it says. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { BUILT_IN } from '../../src/sources/registry.ts';
import { generatedNames, generatedPart, headings, section, withGenerated } from './markdown.ts';
import { details, overview, unavailable, witnessed } from './source-list.ts';

const PATH = join(import.meta.dirname, '../../docs/sources.md');
const REGENERATE = 'run: UPDATE=1 npx vitest run test/docs/sources.test.ts';

const loaded = await loadConfig(new URL('../../config', import.meta.url).pathname);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
const { config } = loaded;

const parts: readonly (readonly [name: string, body: string])[] = [
  ['overview', overview(config)],
  ['unavailable', unavailable(config)],
  ['witnessed', witnessed(config)],
  ['details', details(config)],
];
if (process.env.UPDATE === '1') {
  const written = await readFile(PATH, 'utf8');
  await writeFile(
    PATH,
    parts.reduce((text, part) => withGenerated(text, ...part), written),
  );
}
const doc = await readFile(PATH, 'utf8');

describe('docs/sources.md', () => {
  it('has a place for each part', () => {
    expect(generatedNames(doc)).toEqual(parts.map(([name]) => name));
  });

  it.each(parts)('%s is current', (name, body) => {
    expect(generatedPart(doc, name), REGENERATE).toBe(body);
  });

  it('has a section for every source that ships', () => {
    expect(headings(section(doc, 'Every source'), 3)).toEqual(Object.keys(BUILT_IN));
  });
});

describe('the shipped sources.yaml', () => {
  it('names every source that ships, so that what is not asked is said', () => {
    const named = config.sources.map(({ id }) => id).toSorted();
    expect(named).toEqual(Object.keys(BUILT_IN).toSorted());
  });
});
