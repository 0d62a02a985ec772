/** Articles on disk: names, stories and corrections are there again after a restart, and older files are still read. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { MARKED } from '../../src/core/independent.ts';
import type { Article } from '../../src/core/news.ts';
import type { Store } from '../../src/core/ports.ts';
import { DAY } from '../../src/core/time.ts';
import { added, article, crashed, freshDir, marked, NOW, openAt, printed } from './facts.ts';

const RUN = ['@covenant72b', '@templar', '#72b', 'permissionless'];
const EVENT = { type: 'lab_training', network: 'akash', status: 'done', because: [] } as const;
const FILE = join('articles', '2026-11.ndjson');

function told(id: string, day: number): Article {
  return { ...article(id, day), ...printed(RUN), keys: [`link of ${id}`] };
}

function seen(store: Store): unknown {
  const { find, has, story, reports } = store.archive();
  return {
    events: store.evidence().news('lab_training', 'akash', 0, NOW + 9 * DAY),
    found: ['a', 'link of a', 'b', 'by-hand', 'silent'].map(find),
    stories: ['a', 'b', 'silent'].map(story),
    reports: reports(null, 0),
    feeds: [has('press'), has('admin')],
  };
}

it('everything known of articles is the same after a restart and after a crash', async () => {
  const dir = await freshDir();
  const store = await openAt(dir);
  await store.observe([], [told('b', 1), { ...told('silent', 1), events: [], summary: 'Nothing.' }]);
  await store.observe([], [told('c', 2), told('a', 0)]);
  await store.commit([marked('c'), added({ ...told('by-hand', 1), feed: 'admin' })]);
  const before = seen(store);
  expect(before).toMatchObject({
    events: [
      { article: 'a', story: 'a' },
      { article: 'b', story: 'a' },
      { article: 'by-hand', story: 'a' },
      { article: 'c', story: 'a', uncounted: MARKED },
    ],
  });
  const copy = await crashed(dir);
  await store.close();
  for (const place of [dir, copy]) {
    const again = await openAt(place);
    expect(seen(again)).toEqual(before);
    expect((await again.observe([], [{ ...told('new', 3), keys: ['link of b'] }])).articles).toEqual([]);
    await again.close();
  }
});

it('an articles file of an earlier version loads: no names but the id, no story', async () => {
  const dir = await freshDir();
  await (await openAt(dir)).close();
  const old = {
    ...article('old', 0),
    events: [{ type: 'lab_training', network: 'akash', status: 'done', because: [] }],
  };
  await mkdir(join(dir, 'articles'), { recursive: true });
  await writeFile(join(dir, FILE), `${JSON.stringify(old)}\n`);
  const store = await openAt(dir);
  expect(store.evidence().news('lab_training', 'akash', 0, NOW)).toEqual([
    {
      ...old.events[0],
      at: NOW,
      outlet: old.outlet,
      owner: 'owner',
      title: old.title,
      link: old.link,
      article: 'old',
      trust: 'press',
    },
  ]);
  expect(store.archive().find('old')).toEqual({ ...old, story: 'old' });
  expect(await store.observe([], [old as Article])).toEqual({ samples: [], articles: [] });
  await store.close();
});

it.each([
  ['keys that are no list', { keys: 'link' }],
  ['a fingerprint without terms', { print: { shingles: [] } }],
  ['hashes that are no numbers', { print: { terms: [], shingles: ['1'] } }, 'print.shingles'],
  ['a fingerprint that is none', { print: null }, 'print'],
  ['no owner', { owner: undefined }, 'owner'],
  ['an outlet that is no text', { outlet: 3 }, 'outlet'],
  ['no title', { title: null }, 'title'],
  ['an unknown trust', { trust: 'friend' }, 'trust'],
  ['an event of no known type', { events: [{ ...EVENT, type: 'party' }] }, 'events.type'],
  ['an event of no known status', { events: [EVENT, { ...EVENT, status: 'soon' }] }, 'events.status'],
  ['an event without words', { events: [{ ...EVENT, because: undefined }] }, 'events.because'],
  ['an event that is none', { events: [null] }, 'events'],
])('%s stop the start, with the line', async (_, wrong, field = '') => {
  const dir = await freshDir();
  await (await openAt(dir)).close();
  await writeFile(
    join(dir, FILE),
    `${JSON.stringify(told('a', 0))}\n${JSON.stringify({ ...told('b', 0), ...wrong })}\n`,
  );
  await expect(openAt(dir)).rejects.toThrow(`2026-11.ndjson:2: the line is no article: ${field}`);
});

it('many articles are read a few at a stretch, with other work between them', async () => {
  const dir = await freshDir();
  const store = await openAt(dir);
  const many = Array.from({ length: 2000 }, (_, n) => ({ ...told(`a${n}`, 0), title: `Title ${n} `.repeat(30) }));
  await store.observe([], many);
  await store.close();
  const parse = vi.spyOn(JSON, 'parse');
  let [before, most, opened] = [0, 0, false];
  const look = (): void => {
    most = Math.max(most, parse.mock.calls.length - before);
    before = parse.mock.calls.length;
    if (!opened) setImmediate(look);
  };
  setImmediate(look);
  const again = await openAt(dir);
  opened = true;
  look();
  parse.mockRestore();
  expect(before).toBeGreaterThanOrEqual(2000);
  expect(most).toBeLessThan(250);
  expect(again.archive().find('a1999')).toBeDefined();
  await again.close();
});
