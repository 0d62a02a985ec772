/** Random worlds for the properties of the judgement: series with gaps, rules over them, and instants to judge at. */
import fc from 'fast-check';
import type { Effect } from '../../../src/core/rule.ts';
import type { Sample } from '../../../src/core/series.ts';
import { type Duration, HOUR, type Instant, MINUTE } from '../../../src/core/time.ts';
import type { CompiledRule } from '../../../src/triggers/rule/compile.ts';
import { ruleOf, T0 } from '../../world.ts';

/** Everything random lies on this grid, so that a plain reference can count in cells of it. */
export const GRID: Duration = 10 * MINUTE;
/** The usual distance between two samples; a figure stays good for three of it. */
export const STEP: Duration = HOUR;
export const MAX_AGE: Duration = 3 * STEP;
/** The longest window of a random condition. */
export const LONGEST: Duration = 12 * HOUR;
export const SLOTS = 48;
const NETWORKS = ['akash', 'ionet'];
const FUNCTIONS = ['avg', 'min', 'max', 'median', 'stddev', 'slope', 'change'] as const;
const METRICS = ['gpu_utilization', 'gpus_leased'] as const;

export type Comparing = {
  readonly kind: 'compare';
  /** Null: the newest sample. */
  readonly fn: (typeof FUNCTIONS)[number] | null;
  readonly metric: (typeof METRICS)[number];
  readonly window: Duration;
  readonly op: '<' | '>=';
  /** In hundredths of a ratio, or in GPUs. */
  readonly threshold: number;
};
export type Tree =
  | Comparing
  | { readonly kind: 'not'; readonly of: Tree }
  | { readonly kind: 'and' | 'or'; readonly left: Tree; readonly right: Tree };

/** A rule before it is compiled, so that a reference can judge it without the compiler. */
export type Written = {
  readonly id: string;
  readonly networks: readonly string[];
  readonly when: Tree;
  readonly clear: Tree | null;
  readonly for: Duration;
  readonly keepFiringFor: Duration;
  readonly effect: Effect;
};

export type World = {
  readonly written: readonly Written[];
  readonly samples: readonly Sample[];
  readonly instants: readonly Instant[];
};

const hours = (min: number, max: number): fc.Arbitrary<Duration> =>
  fc.integer({ min, max }).map((count) => count * HOUR);

/**
 * Figures are whole hundredths and thresholds, counted in them, end in .37: nothing worked out of so few figures equals
 * one, so that rounding decides nothing.
 */
const comparing: fc.Arbitrary<Tree> = fc
  .record({
    fn: fc.constantFrom(...FUNCTIONS, null),
    metric: fc.constantFrom(...METRICS),
    window: fc.oneof(hours(1, 5), hours(1, LONGEST / HOUR)),
    op: fc.constantFrom('<', '>='),
    level: fc.integer({ min: 35, max: 65 }),
    move: fc.integer({ min: -30, max: 30 }),
  })
  .map(({ level, move, ...rest }) => {
    const hundredths = { change: move, slope: 10 * move, stddev: Math.abs(move) }[rest.fn as string] ?? level;
    return { kind: 'compare', ...rest, threshold: hundredths + 0.37 };
  });

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { arbitrary: comparing, weight: 3 },
    { arbitrary: fc.record({ kind: fc.constant('not'), of: tie('tree') }), weight: 1 },
    {
      arbitrary: fc.record({ kind: fc.constantFrom('and', 'or'), left: tie('tree'), right: tie('tree') }),
      weight: 2,
    },
  ) as fc.Arbitrary<Tree>,
}));

/** What a rule may do; several of a kind, so that their sum and their worst count. */
export const effect: fc.Arbitrary<Effect> = fc.constantFrom<Effect>(
  { lower: 1 },
  { lower: 2 },
  { raise: 1 },
  { cap: 'watching' },
  { cap: 'avoid' },
  { hold: true },
  { watch: 'negative' },
  { note: true },
);

const written = fc
  .array(
    fc.record({
      networks: fc.constantFrom(['akash'], ['ionet'], ['akash', 'ionet'], ['ionet', 'akash']),
      when: tree,
      clear: fc.option(tree, { nil: null, freq: 2 }),
      for: fc.oneof(fc.constant(0), hours(1, 4)),
      keepFiringFor: fc.oneof(fc.constant(0), hours(1, 6)),
      effect,
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((rules): readonly Written[] => rules.map((rule, index) => ({ id: `rule-${index}`, ...rule })));

type Stretch = { readonly value: number; readonly slots: number; readonly there: boolean; readonly late: number };

/** Stretches around a level, one figure a step, some of them missing altogether. */
const stretches = fc.array(
  fc.record({
    value: fc.integer({ min: 5, max: 95 }),
    slots: fc.integer({ min: 1, max: 8 }),
    there: fc.boolean(),
    late: fc.integer({ min: 0, max: 5 }),
  }),
  { minLength: 8, maxLength: 14 },
);

function samplesOf(network: string, metric: string, list: readonly Stretch[]): readonly Sample[] {
  const slots = list.flatMap((stretch) => Array.from({ length: stretch.slots }, (_, index) => ({ stretch, index })));
  return slots.slice(0, SLOTS).flatMap(({ stretch, index }, slot) => {
    const hole = !stretch.there && stretch.slots > 3;
    const value = stretch.value + (index % 4);
    const figure = metric === 'gpu_utilization' ? value / 100 : value;
    const at = T0 + slot * STEP + stretch.late * GRID;
    return hole ? [] : [{ series: `${network}.${metric}`, at, value: figure, source: 'test' }];
  });
}

const samples = fc
  .tuple(
    ...NETWORKS.flatMap((network) =>
      METRICS.map((metric) => stretches.map((list) => samplesOf(network, metric, list))),
    ),
  )
  .map((lists): readonly Sample[] => lists.flat());

/** Instants of uneven distance, as a clock that also judges on every new sample gives them. */
const instants = fc
  .array(fc.constantFrom(1, 2, 3, 6, 6, 6, 9, 18), { minLength: 40, maxLength: 60 })
  .map((gaps): readonly Instant[] => {
    let at = T0;
    return gaps.map((gap) => {
      at += gap * GRID;
      return at;
    });
  });

export const world: fc.Arbitrary<World> = fc.record({ written, samples, instants });

/** The rule as an owner would write it, compiled. */
export function compiled(rule: Written): CompiledRule {
  const { when, clear, for: wait, keepFiringFor: keep, ...rest } = rule;
  return ruleOf({
    ...rest,
    networks: [...rest.networks],
    when: textOf(when),
    ...(clear === null ? {} : { clear: textOf(clear) }),
    for: `${wait / MINUTE}m`,
    keepFiringFor: `${keep / MINUTE}m`,
  });
}

function textOf(tree: Tree): string {
  if (tree.kind === 'not') return `not (${textOf(tree.of)})`;
  if (tree.kind !== 'compare') return `(${textOf(tree.left)}) ${tree.kind} (${textOf(tree.right)})`;
  const value = tree.fn === null ? tree.metric : `${tree.fn}(${tree.metric}, ${tree.window / HOUR}h)`;
  return `${value} ${tree.op} ${thresholdOf(tree)}`;
}

function thresholdOf({ fn, metric, threshold }: Comparing): string {
  return `${threshold.toFixed(2)}${fn === 'change' || metric === 'gpu_utilization' ? '%' : ''}`;
}
