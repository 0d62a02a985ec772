/** The machine-readable record of a replay: one JSON object a phase change and a tier change. */
import { toIso } from '../core/time.ts';
import type { Step } from '../triggers/replay/replay.ts';

/** JSON lines of one judgement, in the order things happened; the first look at a network is no change. */
export function jsonLines(step: Step): readonly string[] {
  const time = toIso(step.now);
  const phases = step.transitions.map(({ rule, network, from, to, driver }) =>
    JSON.stringify({ kind: 'phase', time, rule: rule.rule.id, network, from, to, says: driver.verdict.says }),
  );
  const tiers = step.events.flatMap((event) => {
    if (event.kind !== 'change' || event.change.kind !== 'tier' || event.change.cause === 'start') return [];
    const { network, from, to, cause, drivers, says } = event.change;
    return [
      JSON.stringify({ kind: 'tier', time, network, from, to, rules: drivers.map(({ rule }) => rule), cause, says }),
    ];
  });
  return [...phases, ...tiers];
}
