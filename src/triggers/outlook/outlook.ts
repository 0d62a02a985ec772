/** What would make rules fire or end, when at the earliest, and which tier would follow: as data and in one sentence. */
import type { RuleState } from '../../core/events.ts';
import { type Ladder, tierName } from '../../core/ladder.ts';
import type { Outlook } from '../../core/outlook.ts';
import type { Evidence } from '../../core/ports.ts';
import { DAY, formatDuration, type Instant, toDay } from '../../core/time.ts';
import type { Cell } from '../rule/book.ts';
import { type Prospect, prospect } from './prospect.ts';
import type { Aim } from './reach.ts';
import { conditionWords } from './words.ts';

/** Rules of one network, as they stand. */
export type Scenery = {
  readonly states: { get(key: string): RuleState | undefined };
  readonly evidence: Evidence;
  readonly now: Instant;
  readonly ladder: Ladder;
};

/** Of several rules: when all of them fire, or have ended. */
export function outlookOf(aim: Aim, cells: readonly Cell[], tier: string | null, scenery: Scenery): Outlook {
  const { states, evidence, now, ladder } = scenery;
  const seen = prospect(aim, { cells, states: cells.map((cell) => states.get(cell.key) ?? cell.rest), now }, evidence);
  const { at, sure, path, reports, until } = seen;
  const condition = wording(aim, cells, evidence, now);
  const rules = cells.map(({ rule }) => rule.rule.id);
  const lead = leadOf(aim, tier === null ? null : tierName(ladder, tier), cells.length > 1);
  const says = `${lead} ${condition}${cells.length > 1 ? ';' : ':'} ${dateOf(seen, now)}`;
  return { to: aim, rules, tier, condition, at, sure, until, path, reports, says };
}

function leadOf(aim: Aim, tier: string | null, several: boolean): string {
  if (several) return `${tier ?? 'As it is'} again once all of these have ended:`;
  if (tier === null) return aim === 'fire' ? 'Fires if' : 'Ends if';
  return aim === 'fire' ? `${tier} if` : `${tier} again if`;
}

function wording(aim: Aim, cells: readonly Cell[], evidence: Evidence, now: Instant): string {
  const words = cells.map((cell) => ({
    title: cell.rule.title,
    words: conditionWords(cell.rule, aim, { network: cell.network, now, evidence }),
  }));
  const [only] = words;
  if (words.length === 1 && only !== undefined) return only.words;
  return words.map((one) => `${one.title} (${one.words})`).join(' and ');
}

function dateOf({ at, sure, until, blind, unknown }: Prospect, now: Instant): string {
  if (at !== null) return sure ? `${toDay(at)} at the earliest` : `as early as ${toDay(at)}`;
  if (blind.length > 0) return `no date while too little is known of ${listed(blind)}`;
  if (unknown) return 'no date while it is unknown';
  return sure ? `not within ${formatDuration(Math.floor((until - now) / DAY) * DAY)}` : 'no date can be named';
}

function listed(ids: readonly string[]): string {
  return ids.length > 2 ? `${ids[0]} and ${ids.length - 1} others` : ids.join(' and ');
}
