/** Which reports are voices of their own: one an owner, a copied text once, and a project's own word as the rule says. */
import { createCopies } from './alike.ts';
import { firstOf } from './first.ts';
import type { NewsEvent, NewsStatus, PrimaryCounts } from './news.ts';

export type Corroboration = {
  /** The voices of their own, oldest first. */
  readonly counted: readonly NewsEvent[];
  /** The others, oldest first, each with the reason in words. */
  readonly leftOut: readonly { readonly event: NewsEvent; readonly why: string }[];
  /**
   * Who had the story of the first counted report first, counted or not; of one without a story, who had its text. Where
   * none counts the oldest report; null where nobody reports it.
   */
  readonly origin: NewsEvent | null;
};

/** Why reports of an article do not count that an admin marked. Their text stays an original: its later copies are as wrong. */
export const MARKED = 'marked as wrong by an admin';

const WRONG_STATUS: Readonly<Record<NewsStatus, string>> = {
  done: 'already done',
  in_progress: 'still going on',
  planned: 'plan only',
  speculative: 'rumour only',
  denied: 'denied',
};

/**
 * Sorts out which of these reports count. Left out, by the first reason that applies: what does not count by itself; a
 * status that does not count here; social posts; a later report of the same owner (in any case of letters, however
 * spaced); a copy, of whomever: an equal title, one whose word 3-shingles overlap by a Jaccard index of 0.6 (Broder 1997),
 * a text whose fingerprint is nearly the same, or an aggregator's item of a story that another outlet reports; the word
 * of a project or company on its own act, unless it counts by `primary`. An owner whose copy was left out still has its
 * own voice for another text, and an outlet that writes for itself has it before a primary source of the same owner.
 * Pure; the order of `events` does not matter.
 * @param how.wrong reports marked as wrong, of whatever time: what copies one of them later does not count either.
 */
export function corroborate(
  events: readonly NewsEvent[],
  how: {
    readonly primary: PrimaryCounts;
    readonly counts: (status: NewsStatus) => boolean;
    readonly wrong?: readonly NewsEvent[];
  },
): Corroboration {
  const sorted = [...events].sort(byTime);
  const why = new Map<NewsEvent, string>();
  for (const event of sorted) {
    const reason = outright(event, how.counts);
    if (reason !== undefined) why.set(event, reason);
  }
  const able = sorted.filter((event) => !why.has(event));
  const wrong = new Set([...(how.wrong ?? []), ...sorted.filter(({ uncounted }) => uncounted === MARKED)]);
  leaveOut(able, originalsOf(able, [...wrong]), how.primary, why);
  const counted = able.filter((event) => !why.has(event));
  const leftOut = sorted.flatMap((event) => {
    const reason = why.get(event);
    return reason === undefined ? [] : [{ event, why: reason }];
  });
  return { counted, leftOut, origin: originOf(sorted, counted, how.counts) };
}

/** Why a report cannot count whatever others say. */
function outright(event: NewsEvent, counts: (status: NewsStatus) => boolean): string | undefined {
  if (event.uncounted !== undefined) return event.uncounted;
  if (!counts(event.status)) return WRONG_STATUS[event.status];
  return event.trust === 'social' ? 'a social post' : undefined;
}

/** What each of `able` copies. A text that an admin marked is the original of what is not older than it, and of nothing else. */
function originalsOf(
  able: readonly NewsEvent[],
  wrong: readonly NewsEvent[],
): ReadonlyMap<NewsEvent, NewsEvent | undefined> {
  const copies = createCopies();
  // Of two at one instant the wrong one comes first; an aggregator repeats others even where it is dated earlier.
  const dated = [...wrong.toSorted(byTime), ...able.filter(isNotAggregator)].sort((a, b) => a.at - b.at);
  return new Map([...dated, ...able.filter(isAggregator)].map((event) => [event, copies.original(event)]));
}

/** Writes down why each of `able` that is no voice of its own is left out. */
function leaveOut(
  able: readonly NewsEvent[],
  originals: ReadonlyMap<NewsEvent, NewsEvent | undefined>,
  primary: PrimaryCounts,
  why: Map<NewsEvent, string>,
): void {
  const owners = new Map<string, NewsEvent>();
  const told = reportersOf(able);
  const voice = (event: NewsEvent): void => {
    const owner = ownerOf(event);
    const same = owners.get(owner);
    const original = originals.get(event) ?? (isAggregator(event) ? told(event) : undefined);
    if (same !== undefined) why.set(event, `same owner as ${same.outlet}`);
    else if (original !== undefined) why.set(event, `copy of ${original.outlet}`);
    else owners.set(owner, event);
  };
  const others = able.filter((event) => event.trust !== 'primary');
  for (const event of others.filter(isNotAggregator)) voice(event);
  for (const event of others.filter(isAggregator)) voice(event);
  const press = [...owners.values()].filter(isNotAggregator);
  for (const event of able.filter(({ trust }) => trust === 'primary')) {
    const silent = silence(primary, event, press);
    if (silent === undefined) voice(event);
    else why.set(event, silent);
  }
}

function silence(primary: PrimaryCounts, event: NewsEvent, press: readonly NewsEvent[]): string | undefined {
  if (primary === 'never') return "the project's own word";
  const isBacked = primary === 'alone' || press.some((other) => confirms(other, event));
  return isBacked ? undefined : "the project's own word, no independent outlet yet";
}

/** Whether a report is of the act that a project speaks of itself: of the same story, or where one has none, of the same kind. */
function confirms(report: NewsEvent, own: NewsEvent): boolean {
  if (report.story !== undefined && own.story !== undefined) return report.story === own.story;
  return report.type === own.type && report.network === own.network;
}

/** Who reports the story of an aggregator's item: an outlet that is none, else an earlier aggregator. */
function reportersOf(able: readonly NewsEvent[]): (event: NewsEvent) => NewsEvent | undefined {
  const first = new Map<string, NewsEvent>();
  for (const event of [...able.filter(isNotAggregator), ...able.filter(isAggregator)])
    if (event.story !== undefined && !first.has(event.story)) first.set(event.story, event);
  return (event) => {
    const reporter = event.story === undefined ? undefined : first.get(event.story);
    return reporter === event ? undefined : reporter;
  };
}

function originOf(
  sorted: readonly NewsEvent[],
  [first]: readonly NewsEvent[],
  counts: (status: NewsStatus) => boolean,
): NewsEvent | null {
  const told = sorted.filter((event) => event.uncounted === undefined && counts(event.status));
  return first === undefined ? (told[0] ?? null) : firstOf(told, first);
}

function isAggregator({ trust }: NewsEvent): boolean {
  return trust === 'aggregator';
}

function isNotAggregator(event: NewsEvent): boolean {
  return !isAggregator(event);
}

function ownerOf({ owner }: NewsEvent): string {
  return owner.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLowerCase();
}

/** Total on all that tells two reports apart, so that their order never matters. */
function byTime(a: NewsEvent, b: NewsEvent): number {
  if (a.at !== b.at) return a.at - b.at;
  const [one, other] = [standing(a), standing(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}

function standing({ owner, title, outlet, article, link, network, type, status, trust, story, uncounted }: NewsEvent) {
  return JSON.stringify([owner, title, outlet, article, link, network, type, status, trust, story, uncounted]);
}
