/** Figures of what a cloud lists, card by card: a row that cannot be read costs the cards that it may be of. */
import { z } from 'zod';
import type { Reading } from '../../../core/ports.ts';
import type { Instant } from '../../../core/time.ts';
import { join, without, withoutAll } from '../../figures.ts';
import type { Bus } from '../../gpus.ts';

/** More rows than any provider lists. */
const MOST_ROWS = 100_000;

/** The rows of a page. */
export const Page = z.array(z.unknown()).max(MOST_ROWS, { error: `the list has more than ${MOST_ROWS} rows` });
/** The rows of a list. An empty one is a failure: no provider has nothing to list. */
export const Rows = Page.min(1, { error: 'the list is empty' });

/** How a card is attached, as `SXM5`, `pcie` or `NVL`; undefined for any other word. */
export function busOf(text: string): Exclude<Bus, null> | undefined {
  const word = /^(sxm|pcie|nvl)\d?$/i.exec(text)?.[1]?.toLowerCase();
  return word === 'sxm' || word === 'pcie' || word === 'nvl' ? word : undefined;
}

/** In the words that RunPod and Prime Intellect share. */
const LEVELS: ReadonlyMap<string, 'plenty' | 'low' | 'out'> = new Map([
  ['available', 'plenty'],
  ['high', 'plenty'],
  ['medium', 'plenty'],
  ['low', 'low'],
  ['outofstock', 'out'],
]);

/** A provider's word for a level; null is their way of saying that it is out of stock. An unknown word is refused. */
export const StockLevel = z
  .string()
  .nullable()
  .transform((word, context) => {
    const level = word === null ? 'out' : LEVELS.get(word.toLowerCase().replace(/[\s_-]/g, ''));
    if (level !== undefined) return level;
    context.addIssue('is a word that stands for no known level of stock');
    return z.NEVER;
  });
export type StockLevel = z.infer<typeof StockLevel>;

/**
 * What a row says of a card, under a key of its own; or why it cannot be read, and of which cards it may be (null: of
 * any); or null, where no metric stands for its card. Values are flat: they are compared as text.
 */
export type Row<T> =
  | { readonly gpu: string; readonly key: string; readonly value: T }
  | { readonly gpus: readonly string[] | null; readonly reason: string }
  | null;

/** What is worked out of the rows of each card: a number, or why there is none. */
export type Listing<T> = {
  /** The source, and the subject of its series. */
  readonly id: string;
  /** As in `<gpu>_capacity`; rows of other cards are skipped. */
  readonly gpus: readonly string[];
  /** By what follows the card in the series' name: `capacity`. Never given an empty list. */
  readonly figures: Readonly<Record<string, (rows: readonly T[]) => number | string>>;
};

/** Cards whose silence is told: a cloud without them says something; a cloud without an L4 does not. */
const EXPECTED: readonly string[] = ['h100', 'h200', 'b200'];

export function seriesOf(listing: Listing<never>): readonly string[] {
  return listing.gpus.flatMap((gpu) => seriesOfCard(listing, gpu));
}

function seriesOfCard({ id, figures }: Listing<never>, gpu: string): readonly string[] {
  return Object.keys(figures).map((figure) => `${id}.${gpu}_${figure}`);
}

/**
 * The figures of each card at `at`, in any order of the rows. A share of a list of which some rows were left out is no
 * share of it: one unreadable row costs the figures of its card. Repeated rows count once; a key with two different
 * values costs its card, too.
 */
export function readListing<T>(listing: Listing<T>, rows: Iterable<Row<T>>, at: Instant): Reading {
  const { read, unread } = sortByCard(listing.gpus, rows);
  return join(
    listing.gpus.map((gpu): Reading => {
      const reason = unread.get(gpu);
      if (reason !== undefined) return withoutAll(seriesOfCard(listing, gpu), reason);
      const values = read.get(gpu);
      if (values !== undefined) return readCard(listing, gpu, [...values.values()], at);
      return withoutAll(EXPECTED.includes(gpu) ? seriesOfCard(listing, gpu) : [], 'not in the answer');
    }),
  );
}

function readCard<T>({ id, figures }: Listing<T>, gpu: string, rows: readonly T[], at: Instant): Reading {
  const readings = Object.entries(figures).map(([figure, of]): Reading => {
    const series = `${id}.${gpu}_${figure}`;
    const value = of(rows);
    if (typeof value === 'string') return without(series, value);
    return { samples: [{ series, at, value, source: id }], articles: [], dropped: [] };
  });
  return join(readings);
}

type Sorted<T> = {
  /** Values by card and key. */
  readonly read: ReadonlyMap<string, ReadonlyMap<string, T>>;
  /** By card, the first reason. */
  readonly unread: ReadonlyMap<string, string>;
};

function sortByCard<T>(gpus: readonly string[], rows: Iterable<Row<T>>): Sorted<T> {
  const read = new Map(gpus.map((gpu) => [gpu, new Map<string, T>()]));
  const unread = new Map<string, string>();
  for (const row of rows) {
    if (row === null) continue;
    if ('reason' in row) {
      for (const gpu of row.gpus ?? gpus) if (!unread.has(gpu)) unread.set(gpu, row.reason);
      continue;
    }
    const values = read.get(row.gpu);
    const before = values?.get(row.key);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(row.value))
      unread.set(row.gpu, `${row.key} is listed twice with different figures`);
    values?.set(row.key, row.value);
  }
  for (const [gpu, values] of read) if (values.size === 0) read.delete(gpu);
  return { read, unread };
}

/** The share of `rows` for which `holds`. */
export function shareOf<T>(rows: readonly T[], holds: (row: T) => boolean): number {
  return rows.filter(holds).length / rows.length;
}
