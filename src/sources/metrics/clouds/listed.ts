/** What the price lists of AWS, Azure and Google Cloud have in common: they price whole machines, by the hour. */
import type { Reading } from '../../../core/ports.ts';
import type { Instant } from '../../../core/time.ts';

/** A kind of machine that stands for the price of its GPU. */
export type Machine = {
  /** As in `<gpu>_price`. */
  readonly gpu: string;
  /** The cloud's own name for it: `p5.48xlarge`. */
  readonly name: string;
  /** How many of the GPU it has: its price is shared among them. */
  readonly gpus: number;
};

/** What a list says of one machine: USD an hour for all of it, from every row that names it, and what is wrong with others. */
export type Listed = { readonly prices: Set<number>; readonly faults: string[] };

/** Far more than any of the lists has; a longer one is not what was asked for. */
export const MOST_ROWS = 200_000;

export function nothingListed(): Listed {
  return { prices: new Set(), faults: [] };
}

/**
 * USD for one GPU and hour. Rows that agree count once, whatever their order; where they do not, no row is to be preferred.
 * @param place where the list should have it, for people: `in us-east-1`
 */
export function pricePerGpu(
  series: string,
  { name, gpus }: Machine,
  { prices, faults }: Listed,
  place: string,
  sample: { readonly at: Instant; readonly source: string },
): Reading {
  const [price, other] = [...prices].sort((a, b) => a - b);
  const reasons = [...faults];
  if (price === undefined && faults.length === 0) reasons.push(`${name} is not listed ${place}`);
  if (price !== undefined && other !== undefined)
    reasons.push(`${name} is listed at ${price} and at ${other} USD ${place}, and nothing says which one holds`);
  const held = price !== undefined && other === undefined;
  return {
    samples: held ? [{ series, at: sample.at, value: price / gpus, source: sample.source }] : [],
    articles: [],
    dropped: reasons.map((reason) => ({ what: series, reason })),
  };
}
