/** Azure's price list comes in pages of a thousand items, each with a link to the next. */
import { z } from 'zod';
import type { Reply, Request } from '../../../core/ports.ts';
import type { Piece } from '../../figures.ts';
import { readBody } from '../../json.ts';
import { MOST_ROWS } from './listed.ts';

const Page = z.object({ Items: z.array(z.unknown()), NextPageLink: z.string().nullish() });

/**
 * The page that this one links to, at the address that Azure gives it: `https://prices.azure.com:443/…`, whose port is
 * the usual one. Null on the last page, and on one that cannot be read: `itemsOf` says why.
 */
export function nextPage(page: Reply): Request | null {
  const read = readBody(page, Page);
  const link = read.ok ? (read.value.NextPageLink ?? '') : '';
  return URL.canParse(link) ? { url: new URL(link).href } : null;
}

export type Item = { readonly where: string; readonly item: unknown };

/** The items of all pages, or why they are not all: part of a list would pass for the whole. */
export function itemsOf(pages: readonly Reply[]): Piece<readonly Item[]> {
  const items: Item[] = [];
  for (const [number, page] of pages.entries()) {
    const on = pages.length === 1 ? '' : `page ${number + 1}: `;
    const read = readBody(page, Page);
    if (!read.ok) return { ok: false, reason: `${on}${read.reason}` };
    if (items.length + read.value.Items.length > MOST_ROWS)
      return { ok: false, reason: `has more than ${MOST_ROWS} items` };
    for (const [index, item] of read.value.Items.entries()) items.push({ where: `${on}Items.${index}`, item });
    if (number === pages.length - 1 && read.value.NextPageLink)
      return { ok: false, reason: `${on}NextPageLink: the list goes on at a page that cannot be asked for` };
  }
  return { ok: true, value: items };
}
