/** Changes as messages to those who subscribed: what moved, why, with which numbers, and what would move it back. */
import type { Cause, Change, TierChange } from '../core/change.ts';
import { directionOf, type Ladder, type Network } from '../core/ladder.ts';
import type { Block, Line, Message } from '../core/message.ts';
import { says } from '../core/message.ts';
import { toDay } from '../core/time.ts';
import { type Pages, reportBlocks, ruleLine, sourceLines } from './evidence.ts';
import { headlineOf } from './headline.ts';
import { clip } from './plain.ts';
import { formatAt } from './when.ts';

/** What goes first when a message is too long: sources, then reports, why it matters, further drivers, against, back. */
const DROP = { sources: 6, reports: 5, because: 4, drivers: 3, against: 2, back: 1 } as const;

const SENTENCE = 500;
const ITEM = 240;
const LISTED = 12;
const REASON = 110;
/** Reports told that were not counted. */
const LEFT_OUT = 3;

/**
 * One change: its notice. Several: one message that lists them, for the time Tierwatch was away.
 * @param timezone IANA name; times are given in UTC and, where it differs, in this zone too.
 * @param pages home pages of the sources, to link to.
 */
export function announce(
  changes: readonly Change[],
  ladder: Ladder,
  networks: readonly Network[],
  timezone = 'UTC',
  pages: Pages = new Map(),
): Message {
  const [first, ...more] = changes;
  if (first === undefined) return says('Nothing changed.');
  return more.length > 0
    ? summary(changes, ladder, networks, timezone)
    : notice(first, ladder, networks, timezone, pages);
}

function notice(change: Change, ladder: Ladder, networks: readonly Network[], timezone: string, pages: Pages): Message {
  const verdicts = change.drivers.map((driver) => driver.verdict);
  return {
    blocks: [
      { kind: 'title', text: headlineOf(change, ladder, networks) },
      ...reasonBlocks(change),
      ...followsBlocks(change),
      ...causeBlocks(change),
      ...(change.kind === 'tier' ? outlook(change, ladder) : []),
      ...reportBlocks(verdicts, change.at, { drop: DROP.reports, leftOut: LEFT_OUT }),
      ...list('Sources', sourceLines(verdicts, change.at, pages), DROP.sources),
      { kind: 'footer', text: footerOf(change, timezone) },
    ],
  };
}

/** Why, as one sentence and why it matters; of several drivers as a list, one line each. */
export function reasonBlocks(change: Change): readonly Block[] {
  const [driver, ...more] = change.drivers;
  if (driver !== undefined && more.length > 0)
    return change.drivers.map(
      (each, at): Block => ({
        kind: 'list',
        ...(at === 0 ? { title: 'Drivers' } : { drop: DROP.drivers }),
        items: [ruleLine(each)],
      }),
    );
  const isOver = driver?.ended === true || (change.kind === 'watch' && !change.on);
  const because = driver === undefined || isOver ? null : driver.because;
  return [
    { kind: 'text', line: clip(change.says, SENTENCE) },
    ...(because === null ? [] : [{ kind: 'text', line: clip(because, SENTENCE), drop: DROP.because } as const]),
  ];
}

/** The watch that the change turns into a fact. */
export function followsBlocks(change: Change): readonly Block[] {
  if (change.kind === 'note' || change.follows === undefined) return [];
  const { at, says: said } = change.follows;
  return [{ kind: 'text', line: `Confirms the watch of ${toDay(at)}: ${clip(said, ITEM)}` }];
}

/** What argues against the change, and what would bring the tier back, or down again. */
export function outlook(change: TierChange, ladder: Ladder): readonly Block[] {
  const rose = directionOf(ladder, change.from, change.to) === 'up';
  return [
    ...list('Against', clipAll(change.against), DROP.against),
    ...list(rose ? 'What would lower it again' : 'What would bring it back', clipAll(change.back), DROP.back),
  ];
}

/** Says plainly when it was not the world that moved. */
export function causeBlocks(change: Change): readonly Block[] {
  switch (change.cause) {
    case 'rule':
      return [];
    case 'config':
      return [{ kind: 'text', line: 'The rules or the configuration changed, not the world.' }];
    case 'correction':
      return [{ kind: 'text', line: 'An admin corrected the reports; the world did not move.' }];
    case 'start':
      return [{ kind: 'text', line: 'This is the first look at it, not a move in the world.' }];
  }
}

/** Rules with their versions, when it was judged, the change's id, and where to read more. */
export function footerOf(change: Change, timezone = 'UTC'): string {
  const rules = change.drivers.map(({ rule, version }) => `${rule}@${version}`);
  const shown = rules.length > 4 ? [...rules.slice(0, 4), `${rules.length - 4} more rules`] : rules;
  const [network] = change.networks;
  const more = change.kind === 'tier' && network !== undefined ? [`more: /why ${network}`] : [];
  return [...shown, `evaluated at ${formatAt(change.at, timezone)}`, change.id, ...more].join(' · ');
}

/** A list, or nothing where there is nothing to list. */
export function list(title: string, items: readonly Line[], drop = 0): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', title, items, drop }];
}

function clipAll(texts: readonly string[]): readonly string[] {
  return texts.map((text) => clip(text, ITEM));
}

/** What moved where it was not the world, beside a change in a list. */
const BRIEFLY: Readonly<Record<Cause, string>> = {
  rule: '',
  start: '',
  config: ' Rules or configuration changed, not the world.',
  correction: ' An admin corrected the reports, the world did not move.',
};

const WEIGHT = { tier: 0, watch: 1, note: 2 } as const;

function summary(changes: readonly Change[], ladder: Ladder, networks: readonly Network[], timezone: string): Message {
  const ordered = news(changes).toSorted(
    (a, b) => WEIGHT[a.kind] - WEIGHT[b.kind] || a.at - b.at || (a.id < b.id ? -1 : 1),
  );
  const items = ordered.slice(0, LISTED).map((change): Line => {
    const told = `${clip(change.says, REASON)}${confirms(change)}${BRIEFLY[change.cause]}`;
    return [{ bold: headlineOf(change, ladder, networks) }, ` ${formatAt(change.at)}: ${told}`];
  });
  const hidden = ordered.slice(LISTED);
  const rest = hidden.length === 0 ? [] : [`and ${hidden.length} more: see /tiers`];
  const times = ordered.map((change) => change.at);
  const span = [...new Set([Math.min(...times), Math.max(...times)])].map((at) => formatAt(at, timezone)).join(' to ');
  return {
    blocks: [
      { kind: 'title', text: 'While Tierwatch was away' },
      { kind: 'text', line: `${ordered.length} ${ordered.length === 1 ? 'change' : 'changes'}, ${span}.` },
      { kind: 'list', items: [...items, ...rest] },
      { kind: 'footer', text: 'the whole reasoning: /why and the name of a network' },
    ],
  };
}

/** Without the watches that another of the changes tells: as the one that it confirms, or as one that comes with it. */
function news(changes: readonly Change[]): readonly Change[] {
  const ids = new Set(changes.map(({ id }) => id));
  const confirmed = new Set(changes.map((change) => (change.kind === 'note' ? undefined : change.follows?.change)));
  return changes.filter((change) => {
    if (change.kind !== 'watch') return true;
    return !confirmed.has(change.id) && (change.told === undefined || !ids.has(change.told));
  });
}

function confirms(change: Change): string {
  if (change.kind === 'note' || change.follows === undefined) return '';
  return `; confirms the watch of ${toDay(change.follows.at)}.`;
}
