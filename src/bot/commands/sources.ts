/** `/sources`: how every source and feed is, and which figures are in dispute. */
import { z } from 'zod';
import type { Block, Line } from '../../core/message.ts';
import { blindSince } from '../../core/state.ts';
import { formatDuration, type Instant } from '../../core/time.ts';
import { list } from '../alerts.ts';
import { defineCommand } from '../command.ts';
import { clip } from '../plain.ts';
import { formatAt } from '../when.ts';
import type { SourceStanding, World } from '../world.ts';

/** The order of the table: what needs somebody's eye comes first. */
const ORDER = ['dark', 'late', 'waiting', 'disabled', 'ok'] as const satisfies readonly SourceStanding['state'][];
/** The order of the summary. */
const COUNTED = ['ok', 'late', 'dark', 'disabled', 'waiting'] as const;

/** Rows that fit a Discord message beside the rest; further ones, mostly ok, are the first to go. */
const ROWS = 16;
const REASON = 160;
const DISPUTE = 240;
const NAME = 24;
/** What goes first when a message is too long: further rows, then reasons from the last on, then disputes. */
const DROP = { rows: 4, reasons: 3, disputes: 2 } as const;

export const sources = defineCommand({
  name: 'sources',
  description: 'Every source and feed: whether it answers, since when not and why, and figures in dispute',
  example: () => '/sources',
  private: true,
  args: () => z.strictObject({}),
  run: (_, __, world) => {
    const standings = (world.sources?.() ?? []).toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
    return {
      message: {
        blocks: [
          { kind: 'title', text: 'Sources' },
          { kind: 'text', line: countOf(standings) },
          ...blindness(world),
          ...table(standings.slice(0, ROWS), world.now, 0),
          ...each('Why', standings.flatMap(reasonOf), DROP.reasons),
          ...each('In dispute: nothing of these is recorded', disputesOf(world), DROP.disputes),
          ...table(standings.slice(ROWS), world.now, DROP.rows),
          { kind: 'footer', text: `as of ${formatAt(world.now)}` },
        ],
      },
      events: [],
    };
  },
});

/** `19 ok, 2 late, 1 dark, 3 disabled` */
function countOf(standings: readonly SourceStanding[]): string {
  const counts = COUNTED.flatMap((state) => {
    const count = standings.filter((one) => one.state === state).length;
    return count === 0 ? [] : [`${count} ${wordOf(state)}`];
  });
  return counts.join(', ') || 'Nothing is polled here.';
}

function blindness({ state, now }: World): readonly Block[] {
  const since = blindSince(state);
  if (since === null) return [];
  const line = `Most fail together, for ${formatDuration(now - since)}: tiers stay as they are and nothing is judged.`;
  return [{ kind: 'text', line: [{ bold: line }] }];
}

function table(standings: readonly SourceStanding[], now: Instant, drop: number): readonly Block[] {
  if (standings.length === 0) return [];
  const columns = ['Source', 'State', 'Last success', 'Next try'].map((title) => ({ title, align: 'left' as const }));
  const rows = standings.map(({ id, state, lastSuccess, nextTry }) => [
    clip(id, NAME),
    wordOf(state),
    lastSuccess === null ? '–' : `${formatDuration(Math.max(0, now - lastSuccess))} ago`,
    nextTry === null ? '–' : nextTry <= now ? 'now' : `in ${formatDuration(nextTry - now)}`,
  ]);
  return [{ kind: 'table', columns, rows, drop }];
}

function wordOf(state: SourceStanding['state']): string {
  return state === 'waiting' ? 'not asked yet' : state;
}

function reasonOf({ id, title, state, since, why }: SourceStanding): readonly Line[] {
  if (why === null) return [];
  const name = id === title ? '' : ` (${clip(title, NAME)})`;
  const from = since === null || state === 'disabled' ? state : `${state} since ${formatAt(since)}`;
  return [[{ bold: clip(id, NAME) }, `${name}, ${from}: ${clip(why, REASON)}`]];
}

function disputesOf({ state }: World): readonly Line[] {
  return [...state.disputes.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([series, { since, says }]) => [{ bold: series }, ` since ${formatAt(since)}: ${clip(says, DISPUTE)}`]);
}

/** A list of which single items can go, the last ones first. */
function each(title: string, items: readonly Line[], drop: number): readonly Block[] {
  return items.flatMap((item, index) =>
    index === 0 ? list(title, [item], drop) : [{ kind: 'list' as const, items: [item], drop }],
  );
}
