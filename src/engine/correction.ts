/** What an admin's correction of the reports touches: which rules count them, and how long each has held by now. */
import type { Event, RuleState } from '../core/events.ts';
import { MARKET_NEWS, type Mark, type NewsMention } from '../core/news.ts';
import type { Correction, State } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import { hasLapsed } from '../triggers/judge/watches.ts';
import { newsTypes } from '../triggers/rule/asks.ts';
import type { Cell } from '../triggers/rule/book.ts';

/** Whether an event changes which reports count. */
export function isCorrection({ kind }: Event): boolean {
  return kind === 'marked' || kind === 'unmarked' || kind === 'added';
}

/** A report that comes to count, or no longer does, as of when it was published. */
export type Corrected = NewsMention & { readonly at: Instant };

/** The articles corrected after an instant, undos included; what no judgement since has looked at. */
export function correctedSince(instant: Instant, { corrections }: State): readonly Correction[] {
  return [...corrections.values()].filter(({ at }) => at > instant);
}

/** The reports that these events correct. Of `state` as it is before them. */
export function correctedBy(events: readonly Event[], { marks, additions }: State): readonly Corrected[] {
  return events.flatMap((event): readonly Corrected[] => {
    if (event.kind === 'marked') return reportsOf(event.mark);
    if (event.kind === 'added') return reportsOf(event.addition.article);
    if (event.kind !== 'unmarked') return [];
    return [...reportsOf(marks.get(event.article)), ...reportsOf(additions.get(event.article)?.article)];
  });
}

/** The reports of an article. */
export function reportsOf(article: Pick<Mark, 'events' | 'published'> | undefined): readonly Corrected[] {
  return article?.events.map((mention) => ({ ...mention, at: article.published })) ?? [];
}

/** Those of the reports that a rule counts for its network: news of the market is counted for all. */
export function countedBy({ rule, network }: Cell, reports: readonly Corrected[]): readonly Corrected[] {
  const types = newsTypes(rule);
  return reports.filter(
    (report) => types.has(report.type) && (MARKET_NEWS.has(report.type) || report.network === network),
  );
}

/** Whether it matters how long the rule has held: where it does not, its next evaluation alone tells its phase. */
export function isTimed({ rule }: Cell, { phase }: RuleState): boolean {
  const timing = rule.rule;
  if (timing.effect.expires !== undefined) return true;
  return phase === 'firing' ? timing.keepFiringFor > 0 : timing.for > 0;
}

/**
 * The recorded state, with its clocks as they would stand if the reports had been all along as they are now: what has
 * held for long enough need not wait again, what never held need not fire on, and a watch whose time would be up is not
 * set anew. The rest of the phase is left to the judgement.
 * @param rehearsed the state at `now` of a rule judged over the corrected past
 */
export function withClocks(recorded: RuleState, rehearsed: RuleState, cell: Cell, now: Instant): RuleState {
  const { rule } = cell.rule;
  if (recorded.phase === 'firing') {
    if (rehearsed.phase === 'inactive') return { ...recorded, held: now - rule.keepFiringFor };
    return firedEarlier(recorded, rehearsed, cell) ? { ...recorded, since: rehearsed.since } : recorded;
  }
  if (rehearsed.phase === 'firing') {
    // No tier hangs on it, so that nobody need hear of it.
    if (!cell.moves && hasLapsed(rule.effect, rehearsed, now)) return rehearsed;
    return { ...rehearsed, phase: 'pending', held: now - rule.for, frozen: null };
  }
  return rehearsed.phase === 'pending' ? rehearsed : recorded;
}

/** The state after a judgement, of a rule whose watch expires: it stands since it would have been set. */
export function backdated(judged: RuleState, rehearsed: RuleState | undefined, cell: Cell, now: Instant): RuleState {
  if (rehearsed === undefined || !firedEarlier(judged, rehearsed, cell)) return judged;
  return hasLapsed(cell.rule.rule.effect, rehearsed, now) ? judged : { ...judged, since: rehearsed.since };
}

function firedEarlier(state: RuleState, rehearsed: RuleState, { rule }: Cell): boolean {
  if (rule.rule.effect.expires === undefined) return false;
  return state.phase === 'firing' && rehearsed.phase === 'firing' && rehearsed.since < state.since;
}
