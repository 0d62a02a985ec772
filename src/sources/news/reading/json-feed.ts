/** JSON Feed, versions 1 and 1.1, and what says no version and looks like one. */
import type { Item, ReadFeed } from './item.ts';
import { standIn } from './title.ts';

/** More than any feed has. */
const MOST_ITEMS = 10_000;
const MOST_CATEGORIES = 20;

type Members = Readonly<Record<string, unknown>>;

/** Reads a text that begins like JSON. Never throws. What has another type than it should have is passed over. */
export function readJsonFeed(text: string): ReadFeed {
  const json = parsed(text);
  if (json === undefined) return { kind: 'refused', reason: 'broken JSON' };
  const { version, title, items, home_page_url: page } = json;
  const isFeed = wordsIn(version)?.includes('jsonfeed.org/version/') || wordsIn(title) !== undefined;
  if (!isFeed || !Array.isArray(items)) return { kind: 'refused', reason: 'not RSS, Atom, RDF or JSON Feed' };
  const read = items.slice(0, MOST_ITEMS).map((item: unknown) => itemOf(membersOf(item), wordsIn(page)));
  return { kind: 'items', items: read, left: items.length - read.length, forgiven: null };
}

function parsed(text: string): Members | undefined {
  try {
    return membersOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function itemOf(item: Members, base: string | undefined): Item {
  const text = (...names: readonly string[]): string | undefined =>
    names.map((name) => wordsIn(item[name])).find(Boolean);
  const summary = text('summary', 'content_text', 'content_html');
  const [first] = listIn(item.authors);
  return {
    title: standIn(text('title'), summary),
    summary,
    link: text('url', 'external_url'),
    base,
    guid: text('id'),
    dates: [text('date_published'), text('date_modified')].filter((date) => date !== undefined),
    source: undefined,
    sourceUrl: undefined,
    author: wordsIn(membersOf(first).name) ?? wordsIn(membersOf(item.author).name),
    categories: listIn(item.tags)
      .slice(0, MOST_CATEGORIES)
      .flatMap((tag) => wordsIn(tag) ?? []),
  };
}

/** Ids are sometimes numbers. */
function wordsIn(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function membersOf(value: unknown): Members {
  return isMembers(value) ? value : {};
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
