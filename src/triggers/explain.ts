/** Puts a judgement into words: why a change came, what speaks against it, what would undo it. */
import type { Driver } from '../core/change.ts';
import type { RuleState } from '../core/events.ts';
import { type Ladder, tierName } from '../core/ladder.ts';
import { formatDuration, type Instant, toDay } from '../core/time.ts';
import type { Truth, Verdict } from '../core/verdict.ts';
import type { CompiledRule } from './compile.ts';
import type { Condition } from './language/expression.ts';
import type { Scene } from './language/scene.ts';

/**
 * Whether what ends a firing holds: `clear`, or `when` no longer. While `when` holds it is not over, also where `clear`
 * overlaps with it: the rule would fire again at once.
 */
export function overTruth(rule: CompiledRule, scene: Scene, when: Truth): Truth {
  if (rule.clear !== null) return when === 'true' ? 'false' : rule.clear.truth(scene);
  return when === 'unknown' ? 'unknown' : when === 'true' ? 'false' : 'true';
}

/** The rule with what it sees now: its condition, or, once it has ended, what ended it. */
export function driverOf(rule: CompiledRule, scene: Scene, ended: boolean): Driver {
  const condition = ended && rule.clear !== null ? rule.clear : rule.when;
  return {
    rule: rule.rule.id,
    version: rule.version,
    title: rule.title,
    because: rule.rule.because ?? null,
    effect: rule.rule.effect,
    ended,
    verdict: condition.explain(scene),
  };
}

/** "GPU utilization below 20%: 7d average of akash.gpu_utilization is 13.4%, below 20%, for 14d". */
export function firedSentence(rule: CompiledRule, verdict: Verdict): string {
  const held = rule.rule.for > 0 ? `, for ${formatDuration(rule.rule.for)}` : '';
  return `${rule.title}: ${verdict.says}${held}`;
}

/** "Ended: GPU utilization below 20%; …". */
export function endedSentence(rule: CompiledRule, verdict: Verdict): string {
  const kept = rule.rule.keepFiringFor > 0 ? `, for ${formatDuration(rule.rule.keepFiringFor)}` : '';
  return `Ended: ${rule.title}; ${verdict.says}${kept}`;
}

/** A rule that fires, as it stands: also where only `clear` keeps it firing and its condition no longer holds. */
export function standingSentence(rule: CompiledRule, scene: Scene, state: RuleState | undefined): string {
  const verdict = rule.when.explain(scene);
  if (verdict.truth === 'true' || rule.clear === null) return `${rule.title}: ${verdict.says}`;
  return `${rule.title}: fires since ${toDay(state?.since ?? scene.now)} and has not cleared; ${rule.clear.explain(scene).says}`;
}

/** What an edit of the rules did: a rule holds as it now reads, or does not. */
export function editedSentence(rule: CompiledRule, verdict: Verdict, fires: boolean): string {
  return `New or edited: ${rule.title} ${fires ? 'fires' : 'does not fire'} as it now reads; ${verdict.says}`;
}

/** "avg(gpu_utilization, 7d) > 25% for 3d", or "… no longer holds". */
export function endsOnce(rule: CompiledRule): string {
  const condition = rule.clear === null ? `${rule.when.text} no longer holds` : rule.clear.text;
  return rule.rule.keepFiringFor > 0 ? `${condition} for ${formatDuration(rule.rule.keepFiringFor)}` : condition;
}

/** What would end a firing rule, where its ending would bring `tier` back: condition, its value now, the earliest day. */
export function wayBack(
  rule: CompiledRule,
  scene: Scene,
  state: RuleState | undefined,
  tier: string,
  ladder: Ladder,
): string {
  const keep = rule.rule.keepFiringFor;
  const started = state?.held ?? scene.now;
  const earliest = keep > 0 ? `; ${toDay(Math.max(started + keep, scene.now))} at the earliest` : '';
  return `${tierName(ladder, tier)} again once ${endsOnce(rule)}${earliest}${present(rule.clear ?? rule.when, scene)}`;
}

/** What would set a rule off again: its condition and how long it must hold. */
export function wayOn(rule: CompiledRule, scene: Scene, tier: string, ladder: Ladder): string {
  const long = rule.rule.for > 0 ? ` for ${formatDuration(rule.rule.for)}` : '';
  return `${tierName(ladder, tier)} again if ${rule.when.text}${long}${present(rule.when, scene)}`;
}

/** What a single comparison reads now; of several joined ones the list would be longer than it helps. */
function present(condition: Condition, scene: Scene): string {
  const verdict = condition.explain(scene);
  return verdict.children.length > 0 ? '' : ` (now: ${verdict.says})`;
}

/** What a rule still lacks, or what would end it: one sentence for `tier` and `why`. */
export function nextStep(rule: CompiledRule, scene: Scene, state: RuleState | undefined): string {
  const verdict = rule.when.explain(scene);
  const needs = rule.rule.for;
  switch (state?.phase ?? 'inactive') {
    case 'firing':
      return `Ends once ${endsOnce(rule)}`;
    case 'pending':
      return `Held ${formatDuration(heldFor(state, scene.now))} of ${formatDuration(needs)}`;
    case 'inactive':
      if (verdict.truth === 'unknown') return 'Unknown: it moves nothing until its data are back';
      return needs > 0 ? `Would have to hold for ${formatDuration(needs)}` : 'Would fire at once';
  }
}

/** How long a pending rule has held, unknown time left out. */
function heldFor(state: RuleState | undefined, now: Instant): number {
  return state?.held == null ? 0 : (state.frozen ?? now) - state.held;
}
