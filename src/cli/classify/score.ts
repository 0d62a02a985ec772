/** How good a classification is against labels: precision, recall and F1 a type, networks, false alarms and stories. */
import { isFact, NEWS_TYPES, type NewsStatus, type NewsType } from '../../core/news.ts';

type Event = { readonly type: NewsType; readonly network: string | null; readonly status: NewsStatus };

/** A labelled item: what it reports, and the story it belongs to. */
export type Label = {
  readonly id: string;
  readonly events: readonly Event[];
  /** Null: a story of its own. */
  readonly story: string | null;
  /** Can be argued either way: left out of the score. */
  readonly doubtful: boolean;
};
/** What was found in it. */
export type Finding = { readonly id: string; readonly events: readonly Event[]; readonly story: string };

/** Shares are 0 to 1; null where nothing can be divided. */
type TypeScore = {
  readonly type: NewsType;
  readonly labelled: number;
  readonly found: number;
  readonly right: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  readonly stories: number;
  readonly storyRecall: number | null;
};
export type Score = {
  readonly items: number;
  readonly types: readonly TypeScore[];
  /** Of the events found rightly, those with the labelled network. */
  readonly networks: number | null;
  /** Of the items without a fact, those in which one was found. */
  readonly falseAlarms: number | null;
  readonly factless: number;
  /** Pairs of items that share a story. */
  readonly pairs: { readonly precision: number | null; readonly recall: number | null; readonly f1: number | null };
};

/** Scores the findings of the labelled items that are not doubtful. An item without a finding counts as empty. */
export function scoreOf(labels: readonly Label[], findings: ReadonlyMap<string, Finding>): Score {
  const items = labels.filter(({ doubtful }) => !doubtful);
  const facts = (id: string): readonly Event[] =>
    (findings.get(id)?.events ?? []).filter(({ status }) => isFact(status));
  const rightly = items.flatMap((label) =>
    label.events
      .filter(({ status }) => isFact(status))
      .flatMap((event) => {
        const same = facts(label.id).filter(({ type }) => type === event.type);
        return same.length === 0 ? [] : [same.some(({ network }) => network === event.network)];
      }),
  );
  const factless = items.filter(({ events }) => !events.some(({ status }) => isFact(status)));
  return {
    items: items.length,
    types: NEWS_TYPES.map((type) => scoreOfType(type, items, facts)),
    networks: share(rightly.filter(Boolean).length, rightly.length),
    falseAlarms: share(factless.filter(({ id }) => facts(id).length > 0).length, factless.length),
    factless: factless.length,
    pairs: pairScore(items, findings),
  };
}

function scoreOfType(type: NewsType, items: readonly Label[], facts: (id: string) => readonly Event[]): TypeScore {
  const isOf = (events: readonly Event[]): boolean =>
    events.some((event) => event.type === type && isFact(event.status));
  const labelled = items.filter(({ events }) => isOf(events));
  const found = items.filter(({ id }) => isOf(facts(id)));
  const right = labelled.filter(({ id }) => isOf(facts(id)));
  const storyOf = ({ id, story }: Label): string => story ?? `an item: ${id}`;
  const stories = new Set(labelled.map(storyOf));
  const told = new Set(right.map(storyOf));
  return {
    type,
    labelled: labelled.length,
    found: found.length,
    right: right.length,
    ...rates(right.length, found.length, labelled.length),
    stories: stories.size,
    storyRecall: share(told.size, stories.size),
  };
}

/** Pairs of items put into one story, against pairs that are of one. */
function pairScore(items: readonly Label[], findings: ReadonlyMap<string, Finding>): Score['pairs'] {
  const count = (keys: readonly (string | null)[]): number => {
    const sizes = new Map<string, number>();
    for (const key of keys) if (key !== null) sizes.set(key, (sizes.get(key) ?? 0) + 1);
    return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0);
  };
  const found = items.map(({ id }) => findings.get(id)?.story ?? null);
  const labelled = items.map(({ story }) => story);
  const both = items.map((_, at) =>
    found[at] === null || labelled[at] === null ? null : `${labelled[at]}\n${found[at]}`,
  );
  return rates(count(both), count(found as readonly (string | null)[]), count(labelled));
}

function rates(
  right: number,
  found: number,
  labelled: number,
): { readonly precision: number | null; readonly recall: number | null; readonly f1: number | null } {
  const precision = share(right, found);
  const recall = share(right, labelled);
  return { precision, recall, f1: share(2 * right, found + labelled) };
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
