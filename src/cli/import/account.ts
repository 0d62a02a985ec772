/** What became of one file, or of what one source told, in words and in JSON. */
import type { Sample } from '../../core/series.ts';
import { toDay, toIso } from '../../core/time.ts';
import type { Counts } from './record.ts';
import type { Refused } from './sift.ts';

export type Account = {
  /** The file as it was named, or the source's id. */
  readonly name: string;
  readonly isSource: boolean;
  /** Samples read. */
  readonly read: number;
  readonly counts: Counts;
  readonly refused: readonly Refused[];
  /** Those that can be recorded, new or not. */
  readonly samples: readonly Sample[];
  /** Why requests failed. */
  readonly failed: readonly string[];
  /** Rows of an answer that are no samples at all. */
  readonly unread: readonly string[];
};

const MOST_SHOWN = 20;

/** Something failed, or nothing that could be recorded came of it. */
export function isBad({ samples, failed }: Account): boolean {
  return samples.length === 0 || failed.length > 0;
}

export function accountLines(account: Account): readonly string[] {
  const { name, read, counts, refused, failed, unread } = account;
  const { added, corrected, already } = counts;
  const parts = [`${number(added)} new`, `${number(corrected)} corrected`, `${number(already)} already there`];
  const span = spanOf(account.samples);
  return [
    `${name}: ${number(read)} sample${read === 1 ? '' : 's'} read, ${[...parts, `${number(refused.length)} dropped`].join(', ')}`,
    ...(span === null ? [] : [`  ${number(span.series)} series from ${toDay(span.from)} to ${toDay(span.to)}`]),
    ...shortened(failed).map((text) => `  failed: ${text}`),
    ...shortened(kindsOf(refused).map(({ text }) => text)).map((text) => `  dropped: ${text}`),
    ...shortened(unread).map((text) => `  not read: ${text}`),
  ];
}

export function accountJson(account: Account): string {
  const { name, isSource, read, counts, refused, failed, unread } = account;
  const span = spanOf(account.samples);
  return JSON.stringify({
    file: isSource ? null : name,
    source: isSource ? name : null,
    read,
    new: counts.added,
    corrected: counts.corrected,
    alreadyThere: counts.already,
    dropped: refused.length,
    series: span?.series ?? 0,
    from: span === null ? null : toIso(span.from),
    to: span === null ? null : toIso(span.to),
    reasons: kindsOf(refused).map(({ first, count }) => ({
      series: first.sample.series,
      at: instantText(first.sample.at),
      reason: first.reason,
      count,
    })),
    failed,
    unread,
  });
}

type Kind = { readonly first: Refused; readonly count: number; readonly text: string };

/** Like reasons together, each with its first sample. */
function kindsOf(refused: readonly Refused[]): readonly Kind[] {
  const kinds = new Map<string, { first: Refused; count: number }>();
  for (const one of refused) {
    const kind = kinds.get(one.kind);
    if (kind === undefined) kinds.set(one.kind, { first: one, count: 1 });
    else kind.count += 1;
  }
  return [...kinds.values()].map(({ first, count }) => {
    const { sample, reason } = first;
    const more = count === 1 ? '' : `, and ${number(count - 1)} more like it`;
    return { first, count, text: `${sample.series} at ${instantText(sample.at)}: ${reason}${more}` };
  });
}

function shortened(lines: readonly string[]): readonly string[] {
  const rest = lines.length - MOST_SHOWN;
  return rest <= 0 ? lines : [...lines.slice(0, MOST_SHOWN), `${number(rest)} more reasons`];
}

function spanOf(samples: readonly Sample[]) {
  if (samples.length === 0) return null;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const series = new Set<string>();
  for (const sample of samples) {
    from = Math.min(from, sample.at);
    to = Math.max(to, sample.at);
    series.add(sample.series);
  }
  return { series: series.size, from, to };
}

/** An impossible instant is beyond what a date can say. */
function instantText(at: number): string {
  return Math.abs(at) <= 8.64e15 ? toIso(at) : String(at);
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
