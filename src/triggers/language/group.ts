/** `min`, `max` and `median` over several subjects at once: `median(clouds.h100_price)`, `min(others.h100_price)`. */

import { formatValue } from '../../core/units.ts';
import type { SeriesReading } from '../../core/verdict.ts';
import { MIN_COVERAGE } from '../window.ts';
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
 * Over the members that have a fresh figure. Unknown where fewer than 80% of those that ever gave one have it: a member
 * that falls silent must not move the whole. A subject that never had the metric does not count.
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
      const ages = fresh(members(scene.network), scene).flatMap(({ value }) => value.maxAge(scene) ?? []);
      return ages.length === 0 ? null : Math.max(...ages);
    },
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
  /** Members that ever gave a figure. */
  readonly reporting: readonly Member[];
};

function find(members: readonly Member[], scene: Scene, reduce: Reduce): Found {
  const reporting = members.filter((member) => hasReported(member, scene));
  const figures = reporting.flatMap(({ subject, value }) => {
    const figure = value.value(scene);
    return figure === null ? [] : [{ subject, figure }];
  });
  const enough = figures.length > 0 && figures.length >= MIN_COVERAGE * reporting.length;
  const sorted = figures.map(({ figure }) => figure).sort((a, b) => a - b);
  return { result: enough ? reduce(sorted) : null, figures, reporting };
}

function fresh(members: readonly Member[], scene: Scene): readonly Member[] {
  return members.filter(({ value }) => value.value(scene) !== null);
}

function hasReported({ subject, value }: Member, { evidence, now }: Scene): boolean {
  return value.series(subject).every((id) => {
    const series = evidence.series(id);
    return series !== undefined && series.length > 0 && series.time(0) <= now;
  });
}

function reading(
  expression: string,
  name: string,
  unit: string,
  { result, figures, reporting }: Found,
  members: readonly Member[],
  scene: Scene,
): SeriesReading {
  const inputs = reporting.flatMap(({ value }) => value.readings(scene).filter((input) => input.kind === 'series'));
  const newest = inputs.flatMap((input) => (input.value === null ? [] : (input.newest ?? [])));
  const silent = reporting.filter(({ subject }) => !figures.some((figure) => figure.subject === subject));
  const missing =
    reporting.length === 0
      ? `no sample yet of any of ${members.map(({ subject }) => subject).join(', ')}`
      : `${figures.length} of ${reporting.length} are fresh, ${MIN_COVERAGE * 100}% are needed; silent: ${silent.map(({ subject }) => subject).join(', ')}`;
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
