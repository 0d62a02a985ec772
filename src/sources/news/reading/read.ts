/** A body read as a feed: unpacked, decoded, and told apart by how it begins. */
import type { Dropped } from '../../../core/ports.ts';
import { decodeBody } from './charset.ts';
import type { ReadFeed } from './item.ts';
import { readJsonFeed } from './json-feed.ts';
import { unpack } from './unpack.ts';
import { readXmlFeed } from './xml-feed.ts';

/**
 * The items of a body: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, or JSON Feed, in any charset, packed by gzip or not.
 * Never throws: what is no feed is refused with the reason, and so is what has, or unpacks to, more than `largest` bytes.
 */
export function readFeed(bytes: Uint8Array, contentType: string | null, largest: number): ReadFeed {
  const unpacked = unpack(bytes, largest);
  if (unpacked.kind === 'refused') return unpacked;
  return readItems(decodeBody(unpacked.bytes, contentType));
}

function readItems(body: string): ReadFeed {
  const text = body.trimStart();
  if (text === '') return { kind: 'refused', reason: 'empty body' };
  if (text.startsWith('{')) return readJsonFeed(text);
  if (!text.startsWith('<') && text.slice(0, 1000).includes('\u0000'))
    return { kind: 'refused', reason: 'binary data, not text' };
  return readXmlFeed(text);
}

/** What admins should know of a reading that gave items all the same. `feed` is the id to say it of. */
export function remarksOn(read: ReadFeed, feed: string): readonly Dropped[] {
  if (read.kind === 'refused') return [];
  const remarks: Dropped[] = [];
  if (read.forgiven !== null) remarks.push({ what: feed, reason: `broken XML, read forgivingly: ${read.forgiven}` });
  if (read.left > 0) remarks.push({ what: `${read.left} items`, reason: 'too many in one body to be looked at' });
  return remarks;
}
