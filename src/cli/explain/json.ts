/** Where networks stand, for programs: one JSON object a rule and network. */
import { type Instant, toIso } from '../../core/time.ts';
import type { Verdict } from '../../core/verdict.ts';
import { type Sentence, sentenceOf } from '../../triggers/judge/sentence.ts';
import type { Explained } from './text.ts';

/** Instants are ISO-8601 in UTC, durations milliseconds, values in the units named. */
export function jsonOf({ network, tier, since, standings }: Explained, now: Instant): readonly string[] {
  return standings.map(({ state, distance, outlook, verdict, clear, ...standing }) =>
    JSON.stringify({
      time: toIso(now),
      network: network.id,
      tier,
      since: isoOf(since),
      rule: standing.rule,
      version: standing.version,
      title: standing.title,
      effect: standing.effect,
      phase: state?.phase ?? 'inactive',
      phaseSince: state === undefined || state.phase === 'inactive' ? null : toIso(state.since),
      distance,
      outlook: { ...outlook, at: isoOf(outlook.at), until: toIso(outlook.until) },
      against: standing.against,
      when: nodeOf(verdict, now),
      clear: clear === null ? null : nodeOf(clear, now),
    }),
  );
}

function isoOf(instant: Instant | null): string | null {
  return instant === null ? null : toIso(instant);
}

type Node = Sentence & { readonly join: Verdict['join'] | null; readonly children: readonly Node[] };

function nodeOf(verdict: Verdict, now: Instant): Node {
  const children = verdict.children.map((child) => nodeOf(child, now));
  return { ...sentenceOf(verdict, now), join: verdict.join ?? null, children };
}
