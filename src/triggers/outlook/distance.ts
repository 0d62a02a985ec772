/** How far a rule is from firing, or a firing one from its end: read off its verdict, nothing is judged again. */
import type { RuleState } from '../../core/events.ts';
import type { Distance, Gap } from '../../core/standing.ts';
import { DAY, type Duration, formatDuration, type Instant } from '../../core/time.ts';
import type { Truth, Verdict } from '../../core/verdict.ts';
import type { CompiledRule } from '../rule/compile.ts';
import { gapOf } from './gap.ts';

/** What has to happen for a node to turn: one comparison, all of several things, or any of them. */
type Need = Gap | { readonly needs: 'all' | 'any'; readonly parts: readonly Need[] };

/**
 * @param when the rule's condition, judged at `now`.
 * @param clear what ends it, where it fires and has such a condition; null otherwise.
 */
export function distanceOf(
  { rule }: CompiledRule,
  state: RuleState | undefined,
  when: Verdict,
  clear: Verdict | null,
  now: Instant,
): Distance {
  const firing = state?.phase === 'firing';
  // While the condition holds too, a `clear` that holds ends nothing.
  const [judged, wanted] =
    firing && (clear === null || (clear.truth === 'true' && when.truth === 'true'))
      ? [when, 'false' as const]
      : [clear ?? when, 'true' as const];
  const met = wanted === 'true' ? judged.truth : turned(judged.truth);
  const need = toTurn(judged, met === 'true' ? turned(wanted) : wanted);
  const [held, of] = [heldFor(state, now), firing ? rule.keepFiringFor : rule.for];
  return {
    to: firing ? 'end' : 'fire',
    met,
    gaps: gapsOf(need).toSorted((a, b) => (a.relative ?? FAR) - (b.relative ?? FAR)),
    needs: 'needs' in need ? need.needs : 'all',
    relative: met === 'true' ? 0 : relativeOf(need),
    held,
    of,
    says: [...saysOf(need), ...heldText(held, of, firing)].join('; '),
  };
}

function turned(truth: Truth): Truth {
  return truth === 'unknown' ? truth : truth === 'true' ? 'false' : 'true';
}

/** What a node lacks to become `wanted`; what is so already is left out, unless all of it is. */
function toTurn(verdict: Verdict, wanted: Truth): Need {
  const { join, children } = verdict;
  const [only] = children;
  if (only === undefined) return gapOf(verdict);
  if (join === 'not') return toTurn(only, turned(wanted));
  const needs = (join === 'and') === (wanted === 'true') ? 'all' : 'any';
  const open = children.filter(({ truth }) => truth !== wanted);
  const parts = (open.length > 0 ? open : children).map((child) => toTurn(child, wanted));
  const [one] = parts;
  return parts.length === 1 && one !== undefined ? one : { needs, parts };
}

function gapsOf(need: Need): readonly Gap[] {
  return 'needs' in need ? need.parts.flatMap(gapsOf) : [need];
}

function relativeOf(need: Need): number | null {
  if (!('needs' in need)) return need.relative;
  const parts = need.parts.map(relativeOf);
  const known = parts.filter((part) => part !== null);
  if (need.needs === 'any') return known.length === 0 ? null : Math.min(...known);
  return known.length < parts.length ? null : Math.max(...known);
}

/** What is unknown comes last. */
const FAR = Number.MAX_VALUE;

/** What is known first; what is unknown is told once, whichever comparisons it spoils. */
function saysOf(need: Need): readonly string[] {
  const missing = [...new Set(gapsOf(need).flatMap((gap) => gap.missing))];
  return [...knownOf(need, false), ...(missing.length === 0 ? [] : [`unknown: ${missing.join('; ')}`])];
}

/** Of several that all count each is named; of several of which one will do, the nearest. */
function knownOf(need: Need, named: boolean): readonly string[] {
  if (!('needs' in need)) {
    if (need.value === null) return [];
    return [named ? `${subjectOf(need)}: ${need.says}` : need.says];
  }
  const known = need.parts.filter((part) => knownOf(part, true).length > 0);
  if (need.needs === 'all') {
    const parts = [...new Set(known.map((part) => knownOf(part, true).join('; ')))];
    return parts.length === 0 ? [] : [parts.join(' and ')];
  }
  const [nearest] = known.toSorted((a, b) => (relativeOf(a) ?? FAR) - (relativeOf(b) ?? FAR));
  return nearest === undefined ? [] : [`nearest of ${need.parts.length}: ${knownOf(nearest, true).join('; ')}`];
}

/** The left side of a comparison, as written. */
function subjectOf({ expression }: Gap): string {
  return (/^\(?(.*?)\s*(?:[<>]=?|[!=]=)/.exec(expression)?.[1] ?? expression).trim();
}

/** How long a pending or clearing rule has held, unknown time left out. */
function heldFor(state: RuleState | undefined, now: Instant): Duration {
  return state?.held == null ? 0 : (state.frozen ?? now) - state.held;
}

/** "held 3 of 14 days", or "clearing 1 of 3 days"; nothing where no time is needed. */
function heldText(held: Duration, of: Duration, firing: boolean): readonly string[] {
  if (of === 0) return [];
  const verb = firing ? 'clearing' : 'held';
  const inDays = of % DAY === 0 && (held === 0 || held >= DAY);
  if (!inDays) return [`${verb} ${formatDuration(held)} of ${formatDuration(of)}`];
  return [`${verb} ${Math.floor(held / DAY)} of ${of / DAY} day${of === DAY ? '' : 's'}`];
}
