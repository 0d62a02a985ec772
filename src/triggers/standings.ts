/** Where every rule stands for a network right now: what `tier` and `why` show. */
import type { Evidence } from '../core/ports.ts';
import type { Standing } from '../core/standing.ts';
import { ruleKey, type State } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import type { CompiledRule } from './compile.ts';
import { nextStep } from './explain.ts';

export function standings(
  rules: readonly CompiledRule[],
  network: string,
  state: Pick<State, 'rules'>,
  evidence: Evidence,
  now: Instant,
): readonly Standing[] {
  const scene = { network, now, evidence };
  return rules
    .filter((rule) => rule.networks.includes(network))
    .map((rule) => {
      const recorded = state.rules.get(ruleKey(rule.rule.id, network));
      return {
        rule: rule.rule.id,
        version: rule.version,
        title: rule.title,
        because: rule.rule.because ?? null,
        effect: rule.rule.effect,
        network,
        state: recorded,
        verdict: rule.when.explain(scene),
        next: nextStep(rule, scene, recorded),
      };
    });
}
