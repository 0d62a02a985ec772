/** `min`, `max`, `median` and `mean` over several series at once: `median(clouds.h100_price)`, `mean(lium.revenue, chutes.revenue)`. */

import { DAY } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import type { SeriesReading } from '../../core/verdict.ts';
import { countUpTo } from '../window/newest.ts';
import { averageOf, include, total } from '../window/total.ts';
import { ExpressionError } from './error.ts';
import type { Kind } from './kinds.ts';
import type { Origin } from './origin.ts';
import type { Scene, Value } from './scene.ts';

type GroupFunction = {
  /** "minimum of clouds.h100_price". */
  readonly noun: string;
  /** The result is the figure of one of them, who is then named. */
  readonly picks: boolean;
  /** Of figures in ascending order, at least one. */
  readonly reduce: (sorted: readonly number[]) => number;
};

/** Every function over a group; adding one is one entry. None may fall where a figure rises. */
export const GROUP_FUNCTIONS: Readonly<Record<string, GroupFunction>> = {
  min: { noun: 'minimum', picks: true, reduce: (figures) => figures[0] ?? Number.NaN },
  max: { noun: 'maximum', picks: true, reduce: (figures) => figures.at(-1) ?? Number.NaN },
  median: { noun: 'median', picks: false, reduce: median },
  mean: { noun: 'mean', picks: false, reduce: mean },
};

function median(figures: readonly number[]): number {
  const middle = figures.length / 2;
  const upper = figures[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((figures[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

/** Figures are added at this share of their size, so that no number of finite ones overflows; those under 1e-250 get lost. */
const SCALE = 2 ** -128;

/** The double nearest to the mean: in whatever order members stand, and of equal figures that figure. */
function mean(figures: readonly number[]): number {
  const sum = total();
  for (const figure of figures) include(sum, figure * SCALE);
  return averageOf(sum, figures.length) / SCALE;
}

/** One of those that a function ranges over. */
export type Member = {
  /** The subject's id in a group, the name as written in a list. */
  readonly label: string;
  readonly value: Value;
  /** Where its figures of the past are found. */
  readonly origin: Origin;
};

/** What a function ranges over. */
type Group = {
  readonly fn: string;
  readonly expression: string;
  /** `clouds.h100_price`. */
  readonly name: string;
  readonly kind: Kind;
  readonly at: number;
  /** When this network is judged. */
  readonly members: (network: string) => readonly Member[];
  /** All that it may range over, whoever is judged. */
  readonly all: readonly Member[];
  /** How many of them must have a fresh figure. */
  readonly atLeast: number;
};

/**
 * Over the members that have a fresh figure. Unknown while one of them is silent, for it must not move the whole by that;
 * after two weeks it has gone. Who never had a figure does not count. Unknown too while fewer than `atLeast` have one.
 */
export function groupValue(group: Group): Value {
  const { expression, kind, members } = group;
  const { noun, picks, reduce } = functionOf(group);
  const look = (scene: Scene): Found => find(group, scene, reduce);
  return {
    kind,
    text: expression,
    series: (network) => members(network).flatMap(({ value }) => value.series(network)),
    window: Math.max(...group.all.map(({ value }) => value.window ?? 0)),
    bounds: [
      Math.min(...group.all.map(({ value }) => value.bounds[0])),
      Math.max(...group.all.map(({ value }) => value.bounds[1])),
    ],
    value: (scene) => look(scene).result,
    maxAge: (scene) => {
      // The slowest of them sets the pace: between its figures the others may stand still too.
      const ages = members(scene.network).flatMap(({ value }) => value.maxAge(scene) ?? []);
      return ages.length === 0 ? null : Math.max(...ages);
    },
    makeup: (scene) =>
      look(scene)
        .figures.map(({ member }) => `${member.label}(${member.value.makeup?.(scene) ?? ''})`)
        .join(),
    figure: (scene, _, extra) => {
      const { result } = look(scene);
      return result === null ? 'unknown' : formatValue(result, kind.unit.name, extra);
    },
    noun: () => `${noun} of ${group.name}`,
    detail: (scene) => {
      const { figures, result } = look(scene);
      const who = picks ? figures.find(({ figure }) => figure === result)?.member.label : undefined;
      return ` (${who ?? `${figures.length} fresh`})`;
    },
    readings: (scene) => [reading(group, look(scene), scene)],
  };
}

function functionOf({ fn, all, at, name }: Group): GroupFunction {
  const known = GROUP_FUNCTIONS[fn];
  if (known !== undefined && all.length > 0) return known;
  throw new ExpressionError(at, `${name} has no members`, 'a group with subjects', 'name some in networks.yaml');
}

type Found = {
  readonly result: number | null;
  readonly figures: readonly { readonly member: Member; readonly figure: number }[];
  /** Members that gave figures until lately, and have no fresh one. */
  readonly silent: readonly Member[];
};

/** A member that was silent for this long has gone. Until then nobody can say what the whole would be with it. */
const GONE_AFTER = 14 * DAY;

function find({ members, atLeast }: Group, scene: Scene, reduce: GroupFunction['reduce']): Found {
  const figures: { member: Member; figure: number }[] = [];
  const silent: Member[] = [];
  for (const member of members(scene.network)) {
    const figure = member.value.value(scene);
    if (figure !== null) figures.push({ member, figure });
    else if (spokeLately(member, scene)) silent.push(member);
  }
  const isWhole = silent.length === 0 && figures.length >= Math.max(1, atLeast);
  const sorted = figures.map(({ figure }) => figure).sort((a, b) => a - b);
  return { result: isWhole ? reduce(sorted) : null, figures, silent };
}

function spokeLately({ origin }: Member, scene: Scene): boolean {
  const series = origin.find(scene, GONE_AFTER);
  const newest = series === undefined ? -1 : countUpTo(series, scene.now) - 1;
  return series !== undefined && newest >= 0 && scene.now - series.time(newest) <= GONE_AFTER;
}

function reading(group: Group, found: Found, scene: Scene): SeriesReading {
  const members = group.members(scene.network);
  const shown = members.filter(
    (one) => found.silent.includes(one) || found.figures.some(({ member }) => member === one),
  );
  const inputs = shown.flatMap(({ value }) => value.readings(scene).filter((input) => input.kind === 'series'));
  const newest = inputs.flatMap((input) => (input.value === null ? [] : (input.newest ?? [])));
  return {
    kind: 'series',
    expression: group.expression,
    series: group.name,
    value: found.result,
    unit: group.kind.unit.name,
    window: null,
    newest: newest.length === 0 ? null : Math.min(...newest),
    source: null,
    missing: found.result === null ? missing(members, found, group.atLeast) : null,
    inputs,
  };
}

/** "2 of 5 have a fresh figure, at least 3 are needed; silent: aws; without figures: vast, lambda". */
function missing(members: readonly Member[], { figures, silent }: Found, atLeast: number): string {
  const fresh = figures.map(({ member }) => member);
  const others = members.filter((member) => !silent.includes(member) && !fresh.includes(member));
  if (atLeast > 1 && fresh.length < atLeast)
    return [
      `${fresh.length} of ${members.length} have a fresh figure, at least ${atLeast} are needed`,
      ...(silent.length === 0 ? [] : [`silent: ${listed(silent)}`]),
      ...(others.length === 0 ? [] : [`without figures: ${listed(others)}`]),
    ].join('; ');
  if (silent.length === 0) return `no fresh figure of any of ${listed(members)}`;
  return `${fresh.length} of ${fresh.length + silent.length} have a fresh figure, all are needed; silent: ${listed(silent)}`;
}

function listed(members: readonly Member[]): string {
  return members.map(({ label }) => label).join(', ');
}
