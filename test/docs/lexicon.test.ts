/** docs/news.md on what an article reports, held against the program. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readItem } from '../../src/cli/classify/item.ts';
import { textLines } from '../../src/cli/classify/show.ts';
import { NEWS_TYPES } from '../../src/core/news.ts';
import { Feeds } from '../../src/core/settings.ts';
import { CLASSIFY } from '../sources/news/networks.ts';
import { section } from './markdown.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const text = section(read('docs/news.md'), 'What an article reports');

it('the example prints what it shows', () => {
  const [, line = '', shown = ''] = /^\$ echo '(.*)' \| npx tierwatch classify\n([\s\S]*?)^```/m.exec(text) ?? [];
  const item = readItem(line);
  if ('problem' in item) throw new Error(item.problem);
  const printed = textLines({ item, read: CLASSIFY(item), story: item.id }, 0, { width: 100, colour: false });
  expect(shown.trimEnd()).toBe(printed.join('\n'));
});

it('every type of event has its row', () => {
  const rows = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, type]) => type);
  expect(rows).toEqual([...NEWS_TYPES]);
});

it('the README counts the feeds and searches that ship', () => {
  const { feeds } = Feeds.parse(parse(read('config/feeds.yaml')));
  expect(read('README.md')).toContain(`[${feeds.length} feeds and searches](docs/news.md)`);
});
