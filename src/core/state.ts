/** The projection: what all events so far add up to. `apply` is pure and total. */
import type { Change } from './change.ts';
import { type Destination, keyOf, type Platform } from './destination.ts';
import type { Delivery, Dispute, Event, RuleState, SourceHealth, Subscription } from './events.ts';
import type { Addition, Mark } from './news.ts';
import type { Notice } from './notice.ts';
import type { Instant } from './time.ts';

/** A persistent map: `set` and `delete` give a new one and leave the old as it was. Immutable.Map is one. */
export interface Table<V> {
  readonly size: number;
  get(key: string): V | undefined;
  set(key: string, value: V): Table<V>;
  delete(key: string): Table<V>;
  values(): IterableIterator<V>;
  entries(): IterableIterator<[string, V]>;
}

export type TierStanding = { readonly tier: string; readonly since: Instant; readonly change: string };
type Watch = {
  readonly network: string;
  readonly rule: string;
  readonly direction: 'negative' | 'positive';
  readonly since: Instant;
};
/** What became of a message to a chat, newest first; the answer to "why was I not told?". */
export type Outcome = {
  readonly at: Instant;
  /** Ids of changes, or the one of a notice. */
  readonly changes: readonly string[];
  readonly result: 'sent' | 'suppressed' | 'refused';
  readonly reason: string;
};

/** When an article was last marked, added or taken back, and what it reports: the rules that count it are judged anew. */
export type Correction = Pick<Mark, 'at' | 'published' | 'events'>;

/** Table names and what each holds; the key is in brackets. */
export type Tables = {
  /** [rule/network] */
  rules: RuleState;
  /** [network] */
  tiers: TierStanding;
  /** [network/rule] */
  watches: Watch;
  /** [change id] */
  changes: Change;
  /** [destination] */
  subscriptions: Subscription;
  /** [delivery id] owed and not settled, in the order they came. */
  owed: Delivery;
  /** [destination] */
  outcomes: readonly Outcome[];
  /** [source] */
  sources: SourceHealth;
  /** [series] */
  disputes: Dispute;
  /** [blind] one entry while most sources fail together */
  blind: Instant;
  /** [notice id] in the order they came, the newest only */
  notices: Notice;
  /** [article id] marked as wrong */
  marks: Mark;
  /** [article id] added by an admin */
  additions: Addition;
  /** [article id] the newest correction of it, also where that took one back */
  corrections: Correction;
  /** [platform] the newest update already handled */
  handled: number;
};
export type State = { readonly [Name in keyof Tables]: Table<Tables[Name]> };

export const TABLE_NAMES = [
  'rules',
  'tiers',
  'watches',
  'changes',
  'subscriptions',
  'owed',
  'outcomes',
  'sources',
  'disputes',
  'blind',
  'notices',
  'marks',
  'additions',
  'corrections',
  'handled',
] as const satisfies readonly (keyof Tables)[];

const OUTCOMES_KEPT = 20;
const NOTICES_KEPT = 200;
const BLIND = 'blind';

/** Since when most sources have failed together, so that nothing is judged; null while they have not. */
export function blindSince(state: State): Instant | null {
  return state.blind.get(BLIND) ?? null;
}

export const ruleKey = (rule: string, network: string): string => `${rule}/${network}`;
export const handledKey = (platform: Platform): string => platform;

/** The state after one more event. Cost does not depend on how much the state holds. */
export function apply(state: State, event: Event): State {
  switch (event.kind) {
    case 'rule': {
      const key = ruleKey(event.rule, event.network);
      return { ...state, rules: event.state === null ? state.rules.delete(key) : state.rules.set(key, event.state) };
    }
    case 'change':
      return applyChange(state, event.change);
    case 'subscribed':
      return {
        ...state,
        subscriptions: state.subscriptions.set(keyOf(event.subscription.destination), event.subscription),
      };
    case 'unsubscribed':
      return unsubscribe(state, event.destination, event.networks);
    case 'owed':
      return { ...state, owed: state.owed.set(event.delivery.id, event.delivery) };
    case 'suppressed':
      return remember(state, event.destination, {
        at: event.at,
        changes: event.changes,
        result: 'suppressed',
        reason: event.reason,
      });
    case 'sent':
      return settle(state, event.delivery, event.at, 'sent', `message ${event.message}`);
    case 'deferred': {
      const delivery = state.owed.get(event.delivery);
      if (delivery === undefined) return state;
      const next = { ...delivery, attempts: delivery.attempts + 1, notBefore: event.notBefore };
      return { ...state, owed: state.owed.set(delivery.id, next) };
    }
    case 'refused': {
      const destination = state.owed.get(event.delivery)?.destination;
      const settled = settle(state, event.delivery, event.at, 'refused', event.why);
      return destination !== undefined && event.unsubscribe ? unsubscribe(settled, destination, 'all') : settled;
    }
    case 'moved':
      return move(state, event.from, event.to);
    case 'source':
      return { ...state, sources: put(state.sources, event.source, event.health) };
    case 'disputed':
      return { ...state, disputes: put(state.disputes, event.series, event.dispute) };
    case 'blind':
      return { ...state, blind: put(state.blind, BLIND, event.since) };
    case 'notice':
      return { ...state, notices: newest(state.notices.set(event.notice.id, event.notice), NOTICES_KEPT) };
    case 'marked': {
      const { article, at } = event.mark;
      const corrections = corrected(state, article, at, [event.mark, state.additions.get(article)?.article]);
      return { ...state, marks: state.marks.set(article, event.mark), corrections };
    }
    case 'unmarked': {
      const { article, at } = event;
      const was = [state.marks.get(article), state.additions.get(article)?.article];
      return {
        ...state,
        marks: state.marks.delete(article),
        additions: state.additions.delete(article),
        corrections: corrected(state, article, at, was),
      };
    }
    case 'added': {
      const { article, at } = event.addition;
      const corrections = corrected(state, article.id, at, [article, state.marks.get(article.id)]);
      return { ...state, additions: state.additions.set(article.id, event.addition), corrections };
    }
    case 'handled':
      return { ...state, handled: state.handled.set(handledKey(event.platform), event.update) };
  }
}

/** Of the reports of an article before and after it was corrected, all; as of the earliest of their days. */
function corrected(
  { corrections }: State,
  article: string,
  at: Instant,
  reports: readonly (Pick<Mark, 'published' | 'events'> | undefined)[],
): State['corrections'] {
  const known = reports.filter((one) => one !== undefined);
  if (known.length === 0) return corrections;
  const published = Math.min(...known.map((one) => one.published));
  return corrections.set(article, { at, published, events: known.flatMap(({ events }) => events) });
}

function put<V>(table: Table<V>, key: string, value: V | null): Table<V> {
  return value === null ? table.delete(key) : table.set(key, value);
}

/** The table without its oldest entries. */
function newest<V>(table: Table<V>, kept: number): Table<V> {
  let left = table;
  for (const [key] of table.entries()) {
    if (left.size <= kept) break;
    left = left.delete(key);
  }
  return left;
}

function applyChange(state: State, change: Change): State {
  const next = { ...state, changes: state.changes.set(change.id, change) };
  if (change.kind === 'tier')
    return {
      ...next,
      tiers: state.tiers.set(change.network, { tier: change.to, since: change.at, change: change.id }),
    };
  if (change.kind === 'note') return next;
  let watches = state.watches;
  for (const network of change.networks)
    for (const { rule } of change.drivers) {
      const key = `${network}/${rule}`;
      watches = change.on
        ? watches.set(key, { network, rule, direction: change.direction, since: change.at })
        : watches.delete(key);
    }
  return { ...next, watches };
}

function unsubscribe(state: State, destination: Destination, networks: 'all' | readonly string[]): State {
  const key = keyOf(destination);
  const current = state.subscriptions.get(key);
  if (current === undefined) return state;
  if (networks === 'all' || current.networks === 'all')
    return { ...state, subscriptions: state.subscriptions.delete(key) };
  const left = current.networks.filter((network) => !networks.includes(network));
  const subscriptions =
    left.length === 0 ? state.subscriptions.delete(key) : state.subscriptions.set(key, { ...current, networks: left });
  return { ...state, subscriptions };
}

function settle(state: State, id: string, at: Instant, result: Outcome['result'], reason: string): State {
  const delivery = state.owed.get(id);
  if (delivery === undefined) return state;
  const rest = { ...state, owed: state.owed.delete(id) };
  const changes = delivery.notice === undefined ? delivery.changes : [delivery.notice];
  return remember(rest, delivery.destination, { at, changes, result, reason });
}

function remember(state: State, destination: Destination, outcome: Outcome): State {
  const key = keyOf(destination);
  const kept = [outcome, ...(state.outcomes.get(key) ?? [])].slice(0, OUTCOMES_KEPT);
  return { ...state, outcomes: state.outcomes.set(key, kept) };
}

/** A chat got a new id (a Telegram group became a supergroup): its subscription and debts go along. */
function move(state: State, from: Destination, to: Destination): State {
  let next = state;
  const subscription = state.subscriptions.get(keyOf(from));
  if (subscription !== undefined) {
    const there = state.subscriptions.get(keyOf(to))?.networks ?? [];
    const networks: Subscription['networks'] =
      there === 'all' || subscription.networks === 'all' ? 'all' : [...new Set([...there, ...subscription.networks])];
    const moved = { ...subscription, networks, destination: to };
    next = { ...next, subscriptions: state.subscriptions.delete(keyOf(from)).set(keyOf(to), moved) };
  }
  for (const delivery of state.owed.values())
    if (keyOf(delivery.destination) === keyOf(from))
      next = { ...next, owed: next.owed.set(delivery.id, { ...delivery, destination: to }) };
  return next;
}
