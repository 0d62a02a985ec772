/** Puts a judgement into words: why a change came, what speaks against it, what would undo it. */
import type { Driver } from '../core/change.ts';
import type { RuleState } from '../core/events.ts';
import { type Ladder, tierName } from '../core/ladder.ts';
import { formatDuration, type Instant, toDay } from '../core/time.ts';
import type { Truth, Verdict } from '../core/verdict.ts';
import type { CompiledRule } from './compile.ts';
import type { Condition } from './language/expression.ts';
import type { Scene } from './language/scene.ts';

/** Whether what ends a firing holds: `clear`, or `when` no longer. */
export function overTruth(rule: CompiledRule, scene: Scene, when: Truth): Truth {
  if (rule.clear !== null) return rule.clear.truth(scene);
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

/** "No longer GPU utilization below 20%: …". */
export function endedSentence(rule: CompiledRule, verdict: Verdict): string {
  const kept = rule.rule.keepFiringFor > 0 ? `, for ${formatDuration(rule.rule.keepFiringFor)}` : '';
  return `No longer so: ${rule.title}; ${verdict.says}${kept}`;
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
  const condition = rule.clear === null ? `${rule.when.text} no longer holds` : `${rule.clear.text}`;
  const long = keep > 0 ? ` for ${formatDuration(keep)}` : '';
  const started = state?.held ?? scene.now;
  const earliest = keep > 0 ? `; ${toDay(Math.max(started + keep, scene.now))} at the earliest` : '';
  return `${tierName(ladder, tier)} again once ${condition}${long}${earliest}${present(rule.clear ?? rule.when, scene)}`;
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
    case 'firing': {
      const ends = rule.clear === null ? `${rule.when.text} no longer holds` : rule.clear.text;
      const kept = rule.rule.keepFiringFor > 0 ? ` for ${formatDuration(rule.rule.keepFiringFor)}` : '';
      return `ends once ${ends}${kept}`;
    }
    case 'pending':
      return `held ${formatDuration(heldFor(state, scene.now))} of ${formatDuration(needs)}`;
    case 'inactive':
      if (verdict.truth === 'unknown') return 'unknown: it moves nothing until its data are back';
      return needs > 0 ? `would have to hold for ${formatDuration(needs)}` : 'would fire at once';
  }
}

/** How long a pending rule has held, unknown time left out. */
function heldFor(state: RuleState | undefined, now: Instant): number {
  return state?.held == null ? 0 : (state.frozen ?? now) - state.held;
}
