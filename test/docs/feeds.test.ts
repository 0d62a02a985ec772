/** docs/news.md on feeds, held against the program. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { Feeds } from '../../src/core/settings.ts';
import { section } from './markdown.ts';

const text = section(readFileSync(new URL('../../docs/news.md', import.meta.url), 'utf8'), 'Feeds');
const source = (path: string): string => readFileSync(new URL(`../../src/${path}`, import.meta.url), 'utf8');
const words = text.replace(/\s+/g, ' ');

describe('docs/news.md, Feeds', () => {
  it('shows entries that are understood', () => {
    const [, block = ''] = /^```yaml\n([\s\S]*?)^```/m.exec(text) ?? [];
    const { feeds, outlets } = Feeds.parse(parse(block));
    expect([feeds.length, outlets.length]).toEqual([2, 1]);
  });

  it('quotes what the log says', () => {
    expect(source('core/news.ts')).toContain("'was there before the feed was first read'");
    expect(words).toContain('`was there before the feed was first read`');
    expect(words).toContain('`the feed was rebuilt: N of M items are new at once`');
  });

  it.each([
    ['eight of its paces', 'sources/news/rebuilt.ts', 'READINGS_MISSED = 8;'],
    ['at least six hours', 'sources/news/rebuilt.ts', 'LONGEST_GAP = 6 * HOUR;'],
    ['five unknown items', 'sources/news/rebuilt.ts', 'LEAST_REBUILT = 5;'],
    ['three fifths', 'sources/news/rebuilt.ts', 'REBUILT_SHARE = 0.6;'],
    ['three outlets or more', 'sources/news/rebuilt.ts', 'SEVERAL_OUTLETS = 3;'],
    ['fewer than 40', 'sources/news/identity.ts', 'TELLING_SUMMARY = 40;'],
    ['up to 14 hours ahead', 'sources/news/dates.ts', 'FURTHEST_ZONE = 14 * HOUR;'],
    ['more than 45 days', 'sources/news/dates.ts', 'LATEST_PUBLISHING = 45 * DAY;'],
    ['not before 1990', 'sources/news/dates.ts', 'Date.UTC(1990, 0, 1)'],
    ['must have 24 of them', 'sources/news/identity.ts', 'TELLING_TITLE = 24;'],
    ['every five minutes', 'config/polled.ts', 'LEAST_SEARCH = 5 * MINUTE;'],
    ['more than 4 MiB of feed', 'sources/news/articles.ts', 'LARGEST = 4 * 1024 * 1024;'],
    ['first thousand', 'sources/news/articles.ts', 'MOST_ITEMS = 1000;'],
    [
      '300 characters, summaries at 2000',
      'sources/news/articles.ts',
      'TITLE_LENGTH = 300;\nconst SUMMARY_LENGTH = 2000;',
    ],
    ['more than 5 redirects', 'engine/http.ts', 'options.redirects ?? 5'],
    ['8 MiB on the wire', 'engine/http.ts', 'options.maxBytes ?? 8 * MEBIBYTE'],
  ])('%s is what %s has', (said, path, code) => {
    expect(words).toContain(said);
    expect(source(path)).toContain(code);
  });
});
