/** The reports that `news()` finds: which of them count, which do not, and why. */
import { type Corroboration, corroborate } from '../../core/independent.ts';
import type { Names } from '../../core/names.ts';
import { MARKET_NEWS, type NewsEvent, type NewsStatus, type NewsType } from '../../core/news.ts';
import type { Duration } from '../../core/time.ts';
import type { NewsReading, Report } from '../../core/verdict.ts';
import type { Scene } from './scene.ts';

/** What is asked for. */
type Question = { readonly type: NewsType; readonly window: Duration };

const FACT: ReadonlySet<NewsStatus> = new Set(['done', 'in_progress']);
const CLAIM: ReadonlySet<NewsStatus> = new Set(['done', 'in_progress', 'planned', 'speculative']);

/** What one look found. */
type Found = {
  readonly scene: Scene;
  readonly events: readonly NewsEvent[];
  readonly wrong: readonly NewsEvent[];
  readonly corroboration: Corroboration;
};

/**
 * The reports in the window about the network judged, or about the market, sorted out. Worked out once a scene, and not
 * anew while a network's reports stay the same ones: between two judgements they nearly always do.
 */
export function reportsFor(
  { type, window, claimed }: Question & { readonly claimed: boolean },
  names: Names,
): (scene: Scene) => Corroboration {
  const statuses = claimed ? CLAIM : FACT;
  const how = { primary: names.primary ?? 'with-press', counts: (status: NewsStatus) => statuses.has(status) };
  const last = new Map<string, Found>();
  return (scene) => {
    const known = last.get(scene.network);
    if (known?.scene === scene) return known.corroboration;
    const events = eventsIn({ type, window }, scene);
    const wrong = wrongIn(type, scene);
    const isKnown = known !== undefined && areSame(known.events, events) && areSame(known.wrong, wrong);
    const corroboration = isKnown ? known.corroboration : corroborate(events, { ...how, wrong });
    last.set(scene.network, { scene, events, wrong, corroboration });
    return corroboration;
  };
}

/** A market-wide report is no argument about the network that it is about: that a network goes live does not make it a rival of its own. */
function eventsIn({ type, window }: Question, { network, now, evidence }: Scene): readonly NewsEvent[] {
  if (!MARKET_NEWS.has(type)) return evidence.news(type, network, now - window, now);
  return evidence.news(type, null, now - window, now).filter((event) => event.network !== network);
}

const NOTHING: readonly NewsEvent[] = [];

/** What is marked as wrong, of whatever time: its copies are as wrong when it has left the window itself. */
function wrongIn(type: NewsType, { network, evidence }: Scene): readonly NewsEvent[] {
  const { wrong = evidence.past?.evidence.wrong } = evidence;
  return wrong?.(type, MARKET_NEWS.has(type) ? null : network) ?? NOTHING;
}

function areSame(some: readonly NewsEvent[], others: readonly NewsEvent[]): boolean {
  return some.length === others.length && some.every((event, index) => event === others[index]);
}

/** Reports left out that a reading names. */
const MOST_LEFT_OUT = 8;
/** Of those about others. */
const MOST_ABOUT_OTHERS = 3;

/** What was counted, and what was not: reports about the same first, then those about other networks, each the newest first. */
export function newsReading(
  expression: string,
  question: Question,
  { counted, leftOut, origin }: Corroboration,
  scene: Scene,
  names: Names,
): NewsReading {
  const left = [
    ...leftOut.toReversed().map(({ event, why }) => ({ ...reportOf(event), why })),
    ...aboutOthers(question, scene, names),
  ];
  const [first] = counted;
  return {
    kind: 'news',
    expression,
    count: counted.length,
    reports: counted.map(reportOf),
    leftOut: left.slice(0, MOST_LEFT_OUT),
    moreLeftOut: Math.max(0, left.length - MOST_LEFT_OUT),
    ...(first === undefined || origin === null || origin === first ? {} : { origin: reportOf(origin) }),
  };
}

/** The newest reports of the type in the window that are about another network, or about none. */
function aboutOthers(
  { type, window }: Question,
  { network, now, evidence }: Scene,
  names: Names,
): readonly (Report & { readonly why: string })[] {
  if (MARKET_NEWS.has(type)) return [];
  const others = evidence.news(type, null, now - window, now).filter((event) => event.network !== network);
  return others
    .slice(-MOST_ABOUT_OTHERS)
    .toReversed()
    .map((event) => ({ ...reportOf(event), why: `about ${nameOf(event.network, names)}` }));
}

function nameOf(network: string | null, { titles }: Names): string {
  if (network === null) return 'no network by name';
  return titles?.get(network) ?? network.replace(/^other:/, '');
}

function reportOf({ outlet, title, link, at, because }: NewsEvent): Report {
  return { outlet, title, link, at, because };
}
