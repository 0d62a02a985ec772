/** Judges a random world with the real judgement and keeps what came of it, instant by instant. */
import type { Change, TierChange } from '../../../src/core/change.ts';
import type { Event, Phase } from '../../../src/core/events.ts';
import type { Evidence } from '../../../src/core/ports.ts';
import type { Sample } from '../../../src/core/series.ts';
import { ruleKey } from '../../../src/core/state.ts';
import type { Instant } from '../../../src/core/time.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { replay } from '../../../src/triggers/replay/replay.ts';
import { bookOf } from '../../world.ts';
import { compiled, STEP, type World, type Written } from './random.ts';

/** After one judgement: what it gave, and where everything then stood. */
export type Stand = {
  readonly now: Instant;
  readonly events: readonly Event[];
  /** By rule/network; a rule never true is not in it. */
  readonly phases: ReadonlyMap<string, Phase>;
  /** By network. */
  readonly tiers: ReadonlyMap<string, string>;
};

/** Evidence whose usual step does not depend on which samples it holds. */
export function evidenceOf(samples: readonly Sample[]): Evidence {
  return recorded(samples, [], STEP);
}

/** The course of a world from its first instant to its last. */
export function course({ written, samples, instants }: World): readonly Stand[] {
  const book = bookOf(...written.map(compiled));
  let phases: ReadonlyMap<string, Phase> = new Map();
  let tiers: ReadonlyMap<string, string> = new Map();
  return [...replay(book, evidenceOf(samples), instants)].map(({ now, events }) => {
    phases = new Map([...phases, ...events.flatMap(phaseIn)]);
    tiers = new Map([...tiers, ...changesIn(events).flatMap(tierIn)]);
    return { now, events, phases, tiers };
  });
}

function phaseIn(event: Event): readonly (readonly [string, Phase])[] {
  if (event.kind !== 'rule' || event.state === null) return [];
  return [[ruleKey(event.rule, event.network), event.state.phase]];
}

function tierIn(change: Change): readonly (readonly [string, string])[] {
  return change.kind === 'tier' ? [[change.network, change.to]] : [];
}

function changesIn(events: readonly Event[]): readonly Change[] {
  return events.flatMap((event) => (event.kind === 'change' ? [event.change] : []));
}

/** The tiers that moved, first recordings left out. */
export function movesIn(events: readonly Event[]): readonly TierChange[] {
  return changesIn(events).filter((change) => change.kind === 'tier' && change.cause !== 'start') as TierChange[];
}

/** The phases of one rule for one network over a course. */
export function phasesIn(stands: readonly Stand[], rule: string, network: string): readonly Phase[] {
  return stands.map(({ phases }) => phases.get(ruleKey(rule, network)) ?? 'inactive');
}

/** Every rule with every network it covers. */
export function pairs(written: readonly Written[]): readonly (readonly [Written, string])[] {
  return written.flatMap((rule) => rule.networks.map((network): readonly [Written, string] => [rule, network]));
}
