/** What an edit of the rules changes: two backtests of one history, side by side. */
import type { Backtest } from './backtest.ts';
import type { Firing } from './course.ts';

export type Moved = { readonly before: Firing; readonly after: Firing };

export type Difference = {
  /** Rules that only the edit has, and rules that it lacks. */
  readonly newRules: readonly string[];
  readonly goneRules: readonly string[];
  readonly gained: readonly Firing[];
  readonly lost: readonly Firing[];
  /** Firings of the same rule and network that overlap, and begin or end at another time. */
  readonly moved: readonly Moved[];
  /** Networks whose tier at the end differs. */
  readonly today: readonly { readonly network: string; readonly before: string; readonly after: string }[];
  readonly alerts: { readonly before: number; readonly after: number };
};

/** From `before` to `after`, both over the same range. */
export function compare(before: Backtest, after: Backtest): Difference {
  const [old, edited] = [rulesOf(before), rulesOf(after)];
  const pairs = [...new Set([...keysOf(before), ...keysOf(after)])].map((key) =>
    pair(firingsOf(before, key), firingsOf(after, key)),
  );
  return {
    newRules: edited.filter((rule) => !old.includes(rule)),
    goneRules: old.filter((rule) => !edited.includes(rule)),
    gained: pairs.flatMap(({ gained }) => gained).sort((a, b) => a.from - b.from),
    lost: pairs.flatMap(({ lost }) => lost).sort((a, b) => a.from - b.from),
    moved: pairs.flatMap(({ moved }) => moved).sort((a, b) => a.before.from - b.before.from),
    today: [...before.tiers].flatMap(([network, tier]) => {
      const now = after.tiers.get(network) ?? tier;
      return now === tier ? [] : [{ network, before: tier, after: now }];
    }),
    alerts: { before: before.alerts, after: after.alerts },
  };
}

function rulesOf({ courses }: Backtest): readonly string[] {
  return [...new Set(courses.map(({ cell }) => cell.rule.rule.id))];
}

function keysOf({ courses }: Backtest): readonly string[] {
  return courses.map(({ cell }) => cell.key);
}

function firingsOf({ courses }: Backtest, key: string): readonly Firing[] {
  return courses.find(({ cell }) => cell.key === key)?.firings ?? [];
}

type Pairs = Pick<Difference, 'gained' | 'lost' | 'moved'>;

/** Goes through both lists, oldest first; what overlaps is one firing, each taken once. */
function pair(before: readonly Firing[], after: readonly Firing[]): Pairs {
  const [gained, lost, moved]: [Firing[], Firing[], Moved[]] = [[], [], []];
  for (let [i, j] = [0, 0]; i < before.length || j < after.length; ) {
    const [old, edited] = [before[i], after[j]];
    if (old !== undefined && (edited === undefined || endOf(old) <= edited.from)) {
      lost.push(old);
      i++;
    } else if (edited !== undefined && (old === undefined || endOf(edited) <= old.from)) {
      gained.push(edited);
      j++;
    } else if (old !== undefined && edited !== undefined) {
      if (old.from !== edited.from || old.to !== edited.to) moved.push({ before: old, after: edited });
      i++;
      j++;
    }
  }
  return { gained, lost, moved };
}

function endOf({ to }: Firing): number {
  return to ?? Number.POSITIVE_INFINITY;
}
