/** What an admin's correction of the reports touches: which rules count them, and how long each has held by now. */
import type { Event, RuleState } from '../core/events.ts';
import { MARKET_NEWS, type Mark, type NewsMention } from '../core/news.ts';
import type { State } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import { newsTypes } from '../triggers/rule/asks.ts';
import type { Cell } from '../triggers/rule/book.ts';

/** Whether an event changes which reports count. */
export function isCorrection({ kind }: Event): boolean {
  return kind === 'marked' || kind === 'unmarked' || kind === 'added';
}

/** When the newest correction that still stands was made; minus infinity where none does. */
export function lastCorrected({ marks, additions }: State): Instant {
  return Math.max(...[...marks.values(), ...additions.values()].map(({ at }) => at));
}

/** A report that comes to count, or no longer does, as of when it was published. */
export type Corrected = NewsMention & { readonly at: Instant };

/** The reports that these events correct. Of `state` as it is before them. */
export function correctedBy(events: readonly Event[], { marks, additions }: State): readonly Corrected[] {
  return events.flatMap((event): readonly Corrected[] => {
    if (event.kind === 'marked') return reportsOf(event.mark);
    if (event.kind === 'added') return reportsOf(event.addition.article);
    if (event.kind !== 'unmarked') return [];
    return [...reportsOf(marks.get(event.article)), ...reportsOf(additions.get(event.article)?.article)];
  });
}

function reportsOf(article: Pick<Mark, 'events' | 'published'> | undefined): readonly Corrected[] {
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
  return phase === 'firing' ? rule.rule.keepFiringFor > 0 : rule.rule.for > 0;
}

/**
 * The recorded state, with its clocks as they would stand if the reports had been all along as they are now: what has
 * held for long enough need not wait again, and what never held need not fire on. The phase is left to the judgement.
 * @param rehearsed the state at `now` of a rule judged over the corrected past
 */
export function withClocks(recorded: RuleState, rehearsed: RuleState, { rule }: Cell, now: Instant): RuleState {
  if (recorded.phase === 'firing')
    return rehearsed.phase === 'inactive' ? { ...recorded, held: now - rule.rule.keepFiringFor } : recorded;
  if (rehearsed.phase === 'firing') return { ...rehearsed, phase: 'pending', held: now - rule.rule.for, frozen: null };
  return rehearsed.phase === 'pending' ? rehearsed : recorded;
}
