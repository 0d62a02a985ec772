/** Google News: pages that match, each told by its publisher; the links are redirects of Google's. */
import { type Found, LARGEST } from '../articles.ts';
import { httpLink } from '../identity.ts';
import type { Outlets, Voice } from '../outlets.ts';
import type { Item } from '../reading/item.ts';
import { readFeed, remarksOn } from '../reading/read.ts';
import { plain } from '../reading/text.ts';
import { nothing, type Service } from './service.ts';

const NAME_LENGTH = 100;
/** Longer than any title with its publisher. */
const TITLE_LENGTH = 1000;

export const googleNews: Service = {
  title: 'Google News',
  homepage: 'https://news.google.com',
  url: (query) =>
    `https://news.google.com/rss/search?${new URLSearchParams({ q: query, hl: 'en-US', gl: 'US', ceid: 'US:en' })}`,
  read(reply, id, outlets) {
    const read = readFeed(reply.bytes, reply.contentType, LARGEST);
    if (read.kind === 'refused') return nothing(id, read.reason);
    return { found: read.items.map((item) => foundIn(item, outlets)), dropped: remarksOn(read, id) };
  },
};

/** The description repeats the title, or those of other outlets' items: it says nothing of this one. */
function foundIn(item: Item, outlets: Outlets): Found {
  const named = plain(item.source ?? '', NAME_LENGTH);
  const { title, publisher } = parted(plain(item.title ?? '', TITLE_LENGTH), named);
  const { guid, dates } = item;
  const voice = voiceOf(publisher, httpLink(item.sourceUrl, undefined), outlets);
  return { title, summary: undefined, link: httpLink(item.link, undefined), guid, dates, voice };
}

/** `Title - Publisher`. What the item names as its publisher is cut off whole, for a name may hold ` - ` itself. */
function parted(title: string, named: string): { readonly title: string; readonly publisher: string } {
  if (named !== '') {
    const tail = ` - ${named}`;
    return { title: title.endsWith(tail) ? title.slice(0, -tail.length) : title, publisher: named };
  }
  const start = title.lastIndexOf(' - ');
  if (start <= 0) return { title, publisher: '' };
  return { title: title.slice(0, start), publisher: plain(title.slice(start + 3), NAME_LENGTH) };
}

function voiceOf(publisher: string, link: string | null, outlets: Outlets): Voice {
  if (link !== null) return outlets.of(link, publisher === '' ? undefined : publisher);
  return publisher === '' ? UNNAMED : outlets.named(publisher);
}

/** Nobody stands behind it: all such items are one voice. */
const UNNAMED: Voice = { outlet: 'Google News', owner: 'Google', trust: 'aggregator' };
