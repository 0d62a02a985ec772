/** Hits in JSON, each read for itself: a broken one costs that hit. */
import type { z } from 'zod';
import type { Dropped } from '../../../core/ports.ts';
import { readPiece } from '../../figures.ts';
import { type Found, MOST_ITEMS } from '../articles.ts';
import type { Answered } from './service.ts';

/**
 * What `found` makes of each hit that fits the schema: an item, or why it is none. More hits than a body of news may
 * have are left out in one line.
 */
export function hitsOf<T>(hits: readonly unknown[], schema: z.ZodType<T>, found: (hit: T) => Found | string): Answered {
  const items: Found[] = [];
  const dropped: Dropped[] = [];
  for (const [index, hit] of hits.slice(0, MOST_ITEMS).entries()) {
    const read = readPiece(schema, hit);
    const item = read.ok ? found(read.value) : read.reason;
    if (typeof item === 'string') dropped.push({ what: `hit ${index + 1}`, reason: item });
    else items.push(item);
  }
  const left = hits.length - MOST_ITEMS;
  if (left > 0) dropped.push({ what: `${left} hits`, reason: `more than ${MOST_ITEMS} hits in one body` });
  return { found: items, dropped };
}
