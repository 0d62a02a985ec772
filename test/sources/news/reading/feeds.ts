/** Small feeds to read, and what was read of them. */
import type { Item } from '../../../../src/sources/news/reading/item.ts';
import { readFeed } from '../../../../src/sources/news/reading/read.ts';

const LARGEST = 4 * 1024 * 1024;

export type Given = {
  readonly items: readonly Item[];
  readonly titles: readonly (string | undefined)[];
  readonly left: number;
  readonly forgiven: string | null;
  readonly reason: string | null;
};

/** What a body gives, bounded as feeds are. */
export function given(body: string | Uint8Array, contentType: string | null = null): Given {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const read = readFeed(bytes, contentType, LARGEST);
  if (read.kind === 'refused') return { items: [], titles: [], left: 0, forgiven: null, reason: read.reason };
  const { items, left, forgiven } = read;
  return { items, titles: items.map(({ title }) => title), left, forgiven, reason: null };
}

/** An RSS feed around what stands in its channel. */
export function rss(...content: readonly string[]): string {
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>${content.join('')}</channel></rss>`;
}

/** An item with a title and a link, and more. */
export function item(title: string, more = ''): string {
  return `<item><title>${title}</title><link>https://gazette.example/${title}</link>${more}</item>`;
}
