/** Draws where networks stand, for a terminal. */
import type { Terminal } from '../../bot/console/render.ts';
import { widthOf } from '../../bot/plain.ts';
import { byDistance } from '../../bot/standings.ts';
import { type Ladder, type Network, tierName } from '../../core/ladder.ts';
import type { Standing } from '../../core/standing.ts';
import { formatDuration, type Instant, toDay, toMinute } from '../../core/time.ts';
import { paint } from '../terminal.ts';
import { treeLines } from '../tree.ts';
import { wrap } from '../wrap.ts';
import type { Ground } from './ground.ts';

/** A network with its rules as they stand. */
export type Explained = {
  readonly network: Network;
  readonly tier: string;
  /** Null where it stands where the configuration put it. */
  readonly since: Instant | null;
  readonly standings: readonly Standing[];
};

/** All of them, one after the other, then where it comes from. */
export function textOf(
  all: readonly Explained[],
  { says, now }: Pick<Ground, 'says' | 'now'>,
  ladder: Ladder,
  terminal: Terminal,
): string {
  const parts = all.map((one) => networkLines(one, ladder, now, terminal));
  const footer = wrap(`${says} As of ${toMinute(now)}.`, terminal.width).map((line) => paint(line, 'dim', terminal));
  return `${[...parts, footer].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function networkLines(
  { network, tier, since, standings }: Explained,
  ladder: Ladder,
  now: Instant,
  terminal: Terminal,
): readonly string[] {
  const place = since === null ? 'since the start' : `since ${toDay(since)} (${formatDuration(now - since)})`;
  const [head = '', ...more] = wrap(`${network.name}: ${tierName(ladder, tier)}, ${place}`, terminal.width);
  const against = standings.flatMap((standing) => (standing.against === null ? [] : [standing.against]));
  const rules = standings.toSorted(byDistance).flatMap((standing) => ['', ...ruleLines(standing, now, terminal)]);
  return [
    paint(head, 'bold', terminal),
    ...more,
    ...against.flatMap((one) => row('against', one, terminal)),
    ...(rules.length === 0 ? ['No rule judges it.'] : rules),
  ];
}

function ruleLines(standing: Standing, now: Instant, terminal: Terminal): readonly string[] {
  const { title, rule, version, distance, next, verdict, clear } = standing;
  const below = { ...terminal, width: terminal.width - INDENT.length };
  const tree = (label: string, lines: readonly string[]): readonly string[] => [
    ...(label === '' ? [] : [`${INDENT}${paint(label, 'dim', terminal)}`]),
    ...lines.map((line) => INDENT + line),
  ];
  return [
    ...wrap(`${title} (${rule}@${version})`, terminal.width).map((line) => paint(line, 'bold', terminal)),
    ...row('phase', phaseOf(standing, now), terminal),
    ...row('distance', distance.says, terminal),
    ...row('outlook', next, terminal),
    ...tree(clear === null ? '' : 'it fires where', treeLines(verdict, now, below)),
    ...(clear === null ? [] : tree('it ends where', treeLines(clear, now, below))),
  ];
}

function phaseOf({ state }: Standing, now: Instant): string {
  if (state === undefined || state.phase === 'inactive') return 'inactive';
  const blind = state.frozen === null ? '' : `, unknown since ${toDay(state.frozen)}: its clock stands still`;
  return `${state.phase} since ${toDay(state.since)} (${formatDuration(now - state.since)})${blind}`;
}

const INDENT = '  ';
const LABEL = 10;

/** A label and a text, whose further lines hang below it. */
function row(label: string, text: string, terminal: Terminal): readonly string[] {
  const lead = INDENT + label.padEnd(LABEL);
  return wrap(text, Math.max(20, terminal.width - widthOf(lead))).map((line, index) =>
    index === 0 ? INDENT + paint(label.padEnd(LABEL), 'dim', terminal) + line : ' '.repeat(widthOf(lead)) + line,
  );
}
