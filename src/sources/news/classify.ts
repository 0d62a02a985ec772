/** Which events an article reports, read by words that can be quoted back: precision before recall, English only. */
import type { Network } from '../../core/ladder.ts';
import { MARKET_NEWS, type NewsMention, type NewsStatus } from '../../core/news.ts';
import { type Entry, LEXICON, NO_REPORT } from './lexicon.ts';
import { type Naming, namings } from './names.ts';
import { type Statement, statements } from './statements.ts';
import { statusOf } from './status.ts';

/** What is read of an article: plain texts, cleaned and clipped before. */
export type Text = { readonly title: string; readonly summary: string | null };

/**
 * The events the article reports, at most one a type and network. Pure and deterministic.
 * `because` quotes the words that convinced: what happens, the surroundings it needs, and who is named.
 * `lab_training`, usage, incidents and supply need a name; the market's own news carries one only for a new entrant.
 */
export function classify(article: Text, networks: readonly Network[]): readonly NewsMention[] {
  if (NO_REPORT.test(article.title)) return [];
  const { whole, list } = statements(article.title, article.summary);
  const names = namings(whole, networks);
  const found = list.flatMap((statement, index) =>
    LEXICON.flatMap((entry) => mentions(entry, statement, index, list, whole, names)),
  );
  return merged(found);
}

/** A mention, and whether it gives way to any other of its type and network. */
type Found = NewsMention & { readonly weak: boolean };

function mentions(
  entry: Entry,
  statement: Statement,
  index: number,
  list: readonly Statement[],
  whole: string,
  names: readonly Naming[],
): Found[] {
  const match = entry.words.exec(statement.text);
  if (match === null || entry.not?.test(statement.text)) return [];
  const beside = [statement, list[index - 1], list[index + 1]].flatMap((one) => (one === undefined ? [] : [one.text]));
  const quoted = [
    ...entry.near.map((pattern) => firstIn(pattern, beside)),
    ...(entry.article ?? []).map((pattern) => firstIn(pattern, [statement.text, whole])),
  ];
  if (quoted.includes(undefined)) return [];
  const who = whoOf(entry, statement, match.index, names);
  if (who === undefined) return [];
  const status = statusOf(statement.text, match.index, entry.fact);
  const because = [match[0], ...quoted, who.words].filter(
    (words): words is string => words !== undefined && words !== '',
  );
  const quotes = [...new Set(because.map((words) => words.trim()))];
  return [{ type: entry.type, network: who.network, status, because: quotes, weak: entry.weak === true }];
}

function firstIn(pattern: RegExp, texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const match = pattern.exec(text);
    if (match !== null) return match[0];
  }
  return undefined;
}

type Who = { readonly network: string | null; readonly words: string };
const MARKET: Who = { network: null, words: '' };

/** Undefined where the type needs a name and none can be told. */
function whoOf(entry: Entry, statement: Statement, at: number, names: readonly Naming[]): Who | undefined {
  if (entry.type === 'new_entrant') return nearestName(statement, at, names) ?? MARKET;
  return MARKET_NEWS.has(entry.type) ? MARKET : nearestName(statement, at, names);
}

/** The name nearest to the words in the statement; else the only one the article knows; else nobody can be told. */
function nearestName(statement: Statement, at: number, names: readonly Naming[]): Naming | undefined {
  const end = statement.at + statement.text.length;
  const here = names.filter((name) => name.at >= statement.at && name.at < end);
  const distance = (name: Naming): number => Math.abs(name.at - statement.at - at);
  const [nearest] = [...here].sort((a, b) => distance(a) - distance(b) || a.at - b.at);
  if (nearest !== undefined) return nearest;
  return new Set(names.map(({ network }) => network)).size === 1 ? names[0] : undefined;
}

/** Strongest first: a denial outweighs all, a fact outweighs a plan. */
const WEIGHT: readonly NewsStatus[] = ['denied', 'done', 'in_progress', 'planned', 'speculative'];
/** "Will go live" is a plan, even under a headline that says "launches". */
const ENTRANT_WEIGHT: readonly NewsStatus[] = ['denied', 'planned', 'speculative', 'in_progress', 'done'];

function merged(found: readonly Found[]): readonly NewsMention[] {
  const best = new Map<string, Found>();
  for (const mention of found) {
    const key = `${mention.type}/${mention.network}`;
    const kept = best.get(key);
    if (kept === undefined || rank(mention) < rank(kept)) best.set(key, mention);
  }
  return [...best.values()].map(({ type, network, status, because }) => ({ type, network, status, because }));
}

function rank({ type, status, weak }: Found): number {
  const order = type === 'new_entrant' ? ENTRANT_WEIGHT : WEIGHT;
  return order.indexOf(status) + (weak ? order.length : 0);
}
