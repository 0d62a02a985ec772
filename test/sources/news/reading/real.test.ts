/** Real feed files, where they lie beside the project: each gives items or says why not, and as a full parser reads them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFeed } from 'feedsmith';
import { expect, test } from 'vitest';
import { decodeBody } from '../../../../src/sources/news/reading/charset.ts';
import { given } from './feeds.ts';

const FILES = '../shared/data/news/feeds-raw';
const present = existsSync(FILES);
if (!present) console.log(`skipped: no real feeds at ${FILES}`);

function bodies(): readonly (readonly [string, Uint8Array])[] {
  const names = readdirSync(FILES).filter((name) => !name.endsWith('.md'));
  return names.map((name) => [name, new Uint8Array(readFileSync(join(FILES, name)))]);
}

/** Files that hold no item, and what is said of them. */
const EMPTY: Readonly<Record<string, string | null>> = {
  'codehollow__Rss20DailyMail.xml': null,
  'danmactough__notafeed.html': 'an HTML page, not a feed',
  'kurtmckee__big5.xml': 'a feed with nothing in it',
  'kurtmckee__bozo_bogus_encoding.xml': 'a feed with nothing in it',
  'kurtmckee__bozo_invalid-bytes-with-bom.xml': 'broken XML: line 10: an end tag left open',
  'kurtmckee__euc-kr.xml': null,
  'rbren__unrecognized.rss': 'an HTML page, not a feed',
};

test.skipIf(!present)('every file that holds items gives them, and the others say why not', () => {
  const read = bodies().map(([name, bytes]) => [name, given(bytes)] as const);
  const empty = read.filter(([, { items }]) => items.length === 0).map(([name, { reason }]) => [name, reason]);
  expect(Object.fromEntries(empty)).toEqual(EMPTY);
  const forgiven = read.flatMap(([name, got]) => (got.forgiven === null ? [] : [`${name}: ${got.forgiven}`]));
  const items = read.flatMap(([, got]) => got.items);
  console.log(
    `${read.length - empty.length} of ${read.length} files gave ${items.length} items; read forgivingly:`,
    forgiven,
  );
  expect(items.filter(({ title }) => title === undefined).length).toBeLessThan(items.length / 100);
});

type Told = { readonly title: string | undefined; readonly link: string | undefined };

/** Titles and links as feedsmith reads them, which is not asked for more: what it leaves out of a link is ours to add. */
function toldBy(body: string): readonly Told[] | undefined {
  try {
    const { format, feed } = parseFeed(body);
    if (format === 'atom') return feed.entries?.map(({ title }) => ({ title: title?.value, link: undefined }));
    if (format === 'json') return feed.items?.map(({ title, url }) => ({ title, link: url }));
    return feed.items?.map(({ title, link }) => ({ title, link }));
  } catch {
    return undefined;
  }
}

test.skipIf(!present)('titles and links are those that another parser reads', () => {
  let compared = 0;
  for (const [name, bytes] of bodies()) {
    const told = toldBy(decodeBody(bytes, null).trimStart());
    const { items } = given(bytes);
    if (told?.length !== items.length) continue;
    for (const [index, { title, link }] of told.entries()) {
      compared += 1;
      if (title !== undefined) expect(items[index]?.title, name).toBe(title);
      if (link !== undefined) expect(items[index]?.link, name).toBe(link);
    }
  }
  expect(compared).toBeGreaterThan(2000);
});
