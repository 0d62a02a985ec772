/** The pages of Prime Intellect's list: which is next, and whether all of it came. */
import { z } from 'zod';
import type { Reply, Request } from '../../../core/ports.ts';
import type { Piece } from '../../figures.ts';
import { readBody } from '../../json.ts';
import { Page } from './listing.ts';

/** The most that the API gives at once. */
const PAGE_SIZE = 100;
/** Offers come and go while the pages are asked for; a list that lacks more than a tenth is not the list. */
const WHOLE = 0.9;

const Body = z.object({ items: Page, totalCount: z.number().int().nonnegative() });

export function urlOf(page: number): string {
  return `https://api.primeintellect.ai/api/v1/availability/gpus?page=${page}&page_size=${PAGE_SIZE}`;
}

/** Until as many pages were asked for as `totalCount` needs, or one is empty: neither alone can be trusted to come. */
export function nextPage(page: Reply, request: Request): Request | null {
  const read = readPage(page);
  const asked = Number(/[?&]page=(\d{1,6})(?:&|$)/.exec(request.url)?.[1]);
  if (!read.ok || read.value.items.length === 0 || !(asked * PAGE_SIZE < read.value.totalCount)) return null;
  return { ...request, url: urlOf(asked + 1) };
}

function readPage(page: Reply): Piece<z.infer<typeof Body>> {
  return readBody(page, Body);
}

/** An offer as it came, and where it stands. */
export type Item = { readonly where: string; readonly item: unknown };

/** All offers of all pages in a row; or why they are not the whole list. */
export function readPages(pages: readonly Reply[]): Piece<readonly Item[]> {
  const items: Item[] = [];
  let total = 0;
  for (const [index, page] of pages.entries()) {
    const read = readPage(page);
    if (!read.ok) return { ok: false, reason: `page ${index + 1}: ${read.reason}` };
    if (index > 0 && isSame(page, pages[0])) return { ok: false, reason: `page ${index + 1} is page 1 again` };
    for (const [place, item] of read.value.items.entries())
      items.push({ where: `page ${index + 1}: items.${place}`, item });
    total = read.value.totalCount;
  }
  if (items.length === 0) return { ok: false, reason: 'the list is empty' };
  if (items.length < total * WHOLE) return { ok: false, reason: `only ${items.length} of ${total} offers came` };
  return { ok: true, value: items };
}

function isSame({ bytes }: Reply, other: Reply | undefined): boolean {
  return bytes.length === other?.bytes.length && bytes.every((byte, index) => byte === other.bytes[index]);
}
