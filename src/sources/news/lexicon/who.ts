/** Whom a report is about: the named network nearest to the words, one that no list knows, or the market as a whole. */
import { MARKET_NEWS, type NewsType } from '../../../core/news.ts';
import { entrantIn, isCompared } from './entrant.ts';
import type { Matcher, Span } from './match.ts';
import type { Naming } from './names.ts';

/** Types that are about a network: without a name nobody can be told. */
const NAMED: ReadonlySet<NewsType> = new Set(['utilization_report', 'reliability_incident', 'supply_inflation']);

/** Whether nothing of the type is told of an article that names no network. */
export function needsName(type: NewsType): boolean {
  return NAMED.has(type);
}

/** About prices and capacity at large, whoever is named beside. */
function isOfMarket(type: NewsType): boolean {
  return MARKET_NEWS.has(type) && type !== 'new_entrant';
}

/** What of an article shows whom its reports are about. */
export type Place = {
  readonly matcher: Matcher;
  readonly statements: readonly Span[];
  readonly title: Span;
  readonly names: readonly Naming[];
  /** The class of words that are no entrant's name. */
  readonly strangers: number | null;
};

type Who = { readonly network: string | null; readonly span: Span | null; readonly sure: boolean };
const MARKET: Who = { network: null, span: null, sure: true };

/** Whom the words at `anchor` in the statement speak of. Undefined where the type needs a name and none can be told. */
export function whoOf(type: NewsType, statement: Span, anchor: Span, place: Place): Who | undefined {
  const { matcher, names, strangers, title, statements } = place;
  if (isOfMarket(type)) return MARKET;
  const spoken = type === 'new_entrant' ? names.filter(({ span }) => !isCompared(matcher, span.from)) : names;
  const here = spoken.filter(({ span }) => span.from >= statement.from && span.to <= statement.to);
  const named = nearest(here, anchor);
  if (named !== undefined) return { network: named.network, span: named.span, sure: true };
  const all = new Set(spoken.map(({ network }) => network));
  const [first] = spoken;
  if (all.size === 1 && first !== undefined) return { network: first.network, span: first.span, sure: true };
  if (type === 'new_entrant' || (type === 'lab_training' && all.size === 0)) {
    const beside = type === 'new_entrant' ? [title, ...statements] : [];
    const entrant = entrantIn(matcher, statement, anchor, strangers, beside);
    // A name that is known stands before one that is only guessed from another statement.
    const isHere = entrant !== undefined && entrant.span.from >= statement.from && entrant.span.to <= statement.to;
    if (entrant !== undefined && (isHere || first === undefined)) return { ...entrant, sure: false };
  }
  // With several networks and none beside the words, the headline's only one is meant, else nobody can be told.
  const inTitle = spoken.filter(({ span }) => span.to <= title.to);
  const [meant = first] = inTitle;
  if (meant === undefined || new Set(inTitle.map(({ network }) => network)).size > 1) return undefined;
  return { network: meant.network, span: meant.span, sure: false };
}

function nearest(namings: readonly Naming[], anchor: Span): Naming | undefined {
  const distance = ({ span }: Naming): number =>
    span.to <= anchor.from ? anchor.from - span.to : Math.max(0, span.from - anchor.to);
  return namings.toSorted((a, b) => distance(a) - distance(b) || a.span.from - b.span.from)[0];
}
