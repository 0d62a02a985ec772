/** Puts a judgement into words: why a change came, what speaks against it, what would undo it. */
import type { Driver } from '../../core/change.ts';
import type { RuleState } from '../../core/events.ts';
import { formatDuration, toDay } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import type { Scene } from '../language/scene.ts';
import type { CompiledRule } from '../rule/compile.ts';

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

/** "Talk of a lab training here: expired after 30d without confirmation". */
export function lapsedSentence({ title, rule }: CompiledRule): string {
  return `${title}: expired after ${formatDuration(rule.effect.expires ?? 0)} without confirmation`;
}

/** "Talk of a lab training here: confirmed". What confirms it says the rest. */
export function confirmedSentence({ title }: CompiledRule): string {
  return `${title}: confirmed`;
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
