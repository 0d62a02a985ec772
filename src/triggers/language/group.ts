/** `min`, `max` and `median` over several subjects at once: `median(clouds.h100_price)`, `min(others.h100_price)`. */

import { DAY } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import type { SeriesReading } from '../../core/verdict.ts';
import { countUpTo } from '../window/newest.ts';
import { ExpressionError } from './error.ts';
import type { Kind } from './kinds.ts';
import type { Scene, Value } from './scene.ts';

type Reduce = (sorted: readonly number[]) => number;

/** Every function over a group; adding one is one entry. `figures` are in ascending order, at least one. */
export const GROUP_FUNCTIONS: Readonly<Record<string, Reduce>> = {
  min: (figures) => figures[0] ?? Number.NaN,
  max: (figures) => figures.at(-1) ?? Number.NaN,
  median: (figures) => {
    const middle = figures.length / 2;
    const upper = figures[Math.floor(middle)] ?? Number.NaN;
    return Number.isInteger(middle) ? ((figures[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
  },
};

/** A member's own value, by the subject's id. */
export type Member = { readonly subject: string; readonly value: Value };

/**
 * Over the members that have a fresh figure. Unknown while one of them is silent, for it must not move the whole by that;
 * after two weeks it has gone. A subject that never had the metric does not count.
 */
export function groupValue(of: {
  readonly fn: string;
  readonly expression: string;
  /** `clouds.h100_price`. */
  readonly name: string;
  readonly kind: Kind;
  readonly at: number;
  /** When this network is judged. */
  readonly members: (network: string) => readonly Member[];
  /** All subjects that it may range over, whoever is judged. */
  readonly all: readonly Member[];
}): Value {
  const { fn, expression, kind, members } = of;
  const reduce = GROUP_FUNCTIONS[fn];
  const [first] = of.all;
  if (reduce === undefined || first === undefined)
    throw new ExpressionError(
      of.at,
      `${of.name} has no members`,
      'a group with subjects',
      'name some in networks.yaml',
    );
  const look = (scene: Scene): Found => find(members(scene.network), scene, reduce);
  return {
    kind,
    text: expression,
    series: (network) => members(network).flatMap(({ subject, value }) => value.series(subject)),
    bounds: [
      Math.min(...of.all.map(({ value }) => value.bounds[0])),
      Math.max(...of.all.map(({ value }) => value.bounds[1])),
    ],
    value: (scene) => look(scene).result,
    maxAge: (scene) => {
      // The slowest of them sets the pace: between its figures the others may stand still too.
      const ages = members(scene.network).flatMap(({ value }) => value.maxAge(scene) ?? []);
      return ages.length === 0 ? null : Math.max(...ages);
    },
    makeup: (scene) =>
      look(scene)
        .figures.map(({ subject }) => subject)
        .join(),
    figure: (scene, _, extra) => {
      const { result } = look(scene);
      return result === null ? 'unknown' : formatValue(result, kind.unit.name, extra);
    },
    noun: () => `${fn === 'min' ? 'minimum' : fn === 'max' ? 'maximum' : fn} of ${of.name}`,
    detail: (scene) => {
      const { figures, result } = look(scene);
      const who = fn === 'median' ? undefined : figures.find(({ figure }) => figure === result)?.subject;
      return who === undefined ? ` (${figures.length} fresh)` : ` (${who})`;
    },
    readings: (scene) => [reading(expression, of.name, kind.unit.name, look(scene), members(scene.network), scene)],
  };
}

type Found = {
  readonly result: number | null;
  readonly figures: readonly { readonly subject: string; readonly figure: number }[];
  /** Members that gave figures until lately, and have no fresh one. */
  readonly silent: readonly Member[];
};

/** A member that was silent for this long has gone. Until then nobody can say what the whole would be with it. */
const GONE_AFTER = 14 * DAY;

function find(members: readonly Member[], scene: Scene, reduce: Reduce): Found {
  const figures: { subject: string; figure: number }[] = [];
  const silent: Member[] = [];
  for (const member of members) {
    const figure = member.value.value(scene);
    if (figure !== null) figures.push({ subject: member.subject, figure });
    else if (spokeLately(member, scene)) silent.push(member);
  }
  const isWhole = silent.length === 0 && figures.length > 0;
  const sorted = figures.map(({ figure }) => figure).sort((a, b) => a - b);
  return { result: isWhole ? reduce(sorted) : null, figures, silent };
}

function spokeLately({ subject, value }: Member, { evidence, now }: Scene): boolean {
  return value.series(subject).every((id) => {
    const series = evidence.series(id);
    const newest = series === undefined ? -1 : countUpTo(series, now) - 1;
    return series !== undefined && newest >= 0 && now - series.time(newest) <= GONE_AFTER;
  });
}

function reading(
  expression: string,
  name: string,
  unit: string,
  { result, figures, silent }: Found,
  members: readonly Member[],
  scene: Scene,
): SeriesReading {
  const shown = members.filter(
    (member) => silent.includes(member) || figures.some(({ subject }) => subject === member.subject),
  );
  const inputs = shown.flatMap(({ value }) => value.readings(scene).filter((input) => input.kind === 'series'));
  const newest = inputs.flatMap((input) => (input.value === null ? [] : (input.newest ?? [])));
  const listed = (some: readonly Member[]): string => some.map(({ subject }) => subject).join(', ');
  const missing =
    silent.length === 0
      ? `no fresh figure of any of ${listed(members)}`
      : `${figures.length} of ${figures.length + silent.length} have a fresh figure, all are needed; silent: ${listed(silent)}`;
  return {
    kind: 'series',
    expression,
    series: name,
    value: result,
    unit,
    window: null,
    newest: newest.length === 0 ? null : Math.min(...newest),
    source: null,
    missing: result === null ? missing : null,
    inputs,
  };
}
