/** Rules of one network as they stand now: what fires and pends, how far each is, and what would move the tier. */
import type { Block, Line } from '../core/message.ts';
import type { Standing } from '../core/standing.ts';
import { formatDuration, type Instant, toDay } from '../core/time.ts';
import { ruleLine } from './evidence.ts';
import { clip } from './plain.ts';

const TITLE = 60;
const DISTANCE = 140;
const NEXT = 240;
/** Rules whose distance is shown; what is left out is farther than these. */
const SHOWN = 8;
/** Unknown rules, or reasons for that, that are told one by one. */
const SPELLED = 2;
const REASON = 90;
/** Ways that the tier could move. */
const WAYS = 4;

export function firing(standings: readonly Standing[]): readonly Standing[] {
  return standings.filter((standing) => standing.state?.phase === 'firing');
}

export function pending(standings: readonly Standing[]): readonly Standing[] {
  return standings.filter((standing) => standing.state?.phase === 'pending');
}

export function unknown(standings: readonly Standing[]): readonly Standing[] {
  return standings.filter((standing) => standing.verdict.truth === 'unknown');
}

/** What fires and pends with its sentence, each rule's distance, and what would move the tier. */
export function standingBlocks(standings: readonly Standing[], now: Instant): readonly Block[] {
  if (standings.length === 0) return [{ kind: 'text', line: 'No rule judges it.' }];
  const active = [...rules('Firing', firing(standings), 1, now), ...rules('Pending', pending(standings), 3, now)];
  const quiet = `None of its ${standings.length} rules fires or is pending.`;
  return [
    ...(active.length > 0 ? active : [{ kind: 'text', line: quiet } as const]),
    ...distances(standings),
    ...listOf('What would move it', ways(standings), 2),
  ];
}

function rules(title: string, standings: readonly Standing[], drop: number, now: Instant): readonly Block[] {
  return standings.map((standing, at) => ({
    kind: 'list',
    drop,
    ...(at === 0 ? { title } : {}),
    items: [active(standing, now)],
  }));
}

function active(standing: Standing, now: Instant): Line {
  const since =
    standing.state === undefined
      ? ''
      : ` (since ${toDay(standing.state.since)}, ${formatDuration(now - standing.state.since)})`;
  const rule = ruleLine(standing);
  return [...(typeof rule === 'string' ? [rule] : rule), since];
}

/** Why rules speak against the tier as it stands, or would if they came to fire. */
export function againstBlocks(standings: readonly Standing[]): readonly Block[] {
  const says = standings.flatMap(({ against }) => (against === null ? [] : [clip(against, NEXT)]));
  return listOf('Against', says, 4);
}

const RANK = { firing: 0, pending: 1, inactive: 2 } as const;

/** Firing, then pending, then the nearest; what is unknown comes last. */
export function byDistance(a: Standing, b: Standing): number {
  const rank = ({ state }: Standing): number => RANK[state?.phase ?? 'inactive'];
  const far = ({ distance }: Standing): number => distance.relative ?? Number.MAX_VALUE;
  return rank(a) - rank(b) || far(a) - far(b) || (a.rule < b.rule ? -1 : 1);
}

/** One aligned row a rule: its phase and how far it is from the next. Those that cannot be judged share one if there are many. */
function distances(standings: readonly Standing[]): readonly Block[] {
  const sorted = standings.toSorted(byDistance);
  const blind = sorted.filter(
    (one) => RANK[one.state?.phase ?? 'inactive'] === RANK.inactive && one.distance.relative === null,
  );
  const known = blind.length > SPELLED ? sorted.filter((one) => !blind.includes(one)) : sorted;
  const rows = known.slice(0, SHOWN).map(({ title, state, distance }): Row => {
    const phase = state === undefined || state.phase === 'inactive' ? '' : `${state.phase}, `;
    return [clip(title, TITLE), clip(phase + distance.says, DISTANCE)];
  });
  const more = known.length - rows.length;
  return [
    {
      kind: 'facts',
      title: 'Distance',
      drop: 5,
      rows: [
        ...rows,
        ...(more > 0 ? [['…', `${more} more`] as const] : []),
        ...(known.length < sorted.length ? [['Unknown', unknownText(blind)] as const] : []),
      ],
    },
  ];
}

type Row = readonly [label: string, value: string];

/** "5 rules: bitcoin.token_price: no sample yet; … and 3 more reasons". */
function unknownText(blind: readonly Standing[]): string {
  const reasons = [...new Set(blind.flatMap(({ distance }) => distance.gaps.flatMap(({ missing }) => missing)))];
  const shown = reasons.slice(0, SPELLED).map((reason) => clip(reason, REASON));
  const more = reasons.length - shown.length;
  return `${blind.length} rules: ${shown.join('; ')}${more > 0 ? ` and ${more} more reasons` : ''}`;
}

/** What would move the tier and when at the earliest: of what fires and pends, then of the nearest. */
function ways(standings: readonly Standing[]): readonly string[] {
  return standings
    .filter(({ moves }) => moves !== null)
    .toSorted(byDistance)
    .slice(0, WAYS)
    .map(({ next }) => clip(next, NEXT));
}

function listOf(title: string, items: readonly Line[], drop: number): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', title, items, drop }];
}
