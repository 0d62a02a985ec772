/** Compiles derived series, each once, on first use: they may read one another, but not in a circle. */
import type { Derived } from '../../core/metric.ts';
import { type Names, OTHERS } from '../../core/names.ts';
import { splitSeries } from '../../core/series.ts';
import { describeUnit, UNITS } from '../../core/units.ts';
import { type Bounds, scaled } from './bounds.ts';
import { CircleError, ExpressionError } from './error.ts';
import { historyOf } from './history.ts';
import { conversion } from './kinds.ts';
import { idOf } from './origin.ts';
import { type Node, parse } from './parser.ts';
import type { Scene, Value, Vocabulary, Worked } from './scene.ts';
import { compileValue } from './value.ts';

const known = new WeakMap<Names, Vocabulary>();

/** The vocabulary of these names; the same for the same names, so that all rules share what is worked out. */
export function vocabularyOf(names: Names): Vocabulary {
  const made = known.get(names) ?? vocabulary(names);
  known.set(names, made);
  return made;
}

/** Derived series that rest on derived ones, and so on: no deeper than this. */
const MOST_LEVELS = 8;
/** Names and figures that one comes to with all that it rests on: what a single look at it costs. */
const MOST_WEIGHT = 400;

function tooDeep(): ExpressionError {
  return new ExpressionError(
    1,
    `derived series rest on one another more than ${MOST_LEVELS} levels deep`,
    `at most ${MOST_LEVELS} levels`,
    'work some of them out of recorded series directly',
  );
}

function vocabulary(names: Names): Vocabulary {
  const compiled = new Map<string, Worked | ExpressionError>();
  const open: string[] = [];
  const self: Vocabulary = {
    names,
    derived(id) {
      const derived = names.derived.get(id);
      if (derived === undefined) return undefined;
      if (open.length > MOST_LEVELS) throw tooDeep();
      if (open.includes(id)) throw new CircleError([...open.slice(open.indexOf(id)), id]);
      const done = compiled.get(id) ?? attempt(derived);
      compiled.set(id, done);
      if (done instanceof ExpressionError) throw done;
      return done;
    },
  };

  function attempt(derived: Derived): Worked | ExpressionError {
    open.push(derived.id);
    try {
      return work(derived, self);
    } catch (error) {
      if (error instanceof ExpressionError) return error;
      throw error;
    } finally {
      open.pop();
    }
  }
  return self;
}

function work({ id, unit, expression, limits }: Derived, names: Vocabulary): Worked {
  const dotted = splitSeries(id);
  const metric = dotted?.metric ?? id;
  const vocabulary = dotted === undefined ? names : { ...names, inside: dotted.subject };
  const node = parse(expression);
  const weight = weightOf(node, vocabulary);
  if (weight > MOST_WEIGHT)
    throw new ExpressionError(
      node,
      `${id} comes to ${weight} names and figures with all that it rests on`,
      `at most ${MOST_WEIGHT}`,
      'work it out of fewer series',
    );
  const value = compileValue(node, expression, vocabulary);
  if (value.anytime === true || value.series(dotted?.subject ?? vocabulary.names.networks[0] ?? '').length === 0)
    throw new ExpressionError(
      node.at,
      'a derived series is worked out of series alone',
      'metrics and functions over them',
      'leave news, now and bare figures to rules',
    );
  const factor =
    value.kind.absolute || value.kind.loose !== null ? undefined : conversion(value.kind.unit, UNITS[unit]);
  if (factor === undefined) throw otherUnit(id, unit, value, node.at);
  const exact = factor === 1 ? value : { ...value, bounds: scaled(value.bounds, factor), value: times(value, factor) };
  const whole = limits === undefined ? exact : limited(exact, limits);
  const subject = dotted?.subject ?? null;
  return { subject, metric, unit, weight, value: whole, history: historyOf(idOf(subject, metric), whole) };
}

/** Names and figures of an expression with derived ones spelled out. Refuses `age`: a history is worked out where samples are, so it would be 0. */
function weightOf(node: Node, vocabulary: Vocabulary): number {
  switch (node.kind) {
    case 'literal':
      return 1;
    case 'name':
      return weightOfName(node.name, vocabulary);
    case 'unary':
      return weightOf(node.of, vocabulary);
    case 'binary':
      return weightOf(node.left, vocabulary) + weightOf(node.right, vocabulary);
    case 'call':
      if (node.name === 'age')
        throw new ExpressionError(
          node,
          'a derived series has no age of others in it',
          'metrics and functions over them',
          'write age(…) in the rule',
        );
      return node.args.reduce((sum, argument) => sum + weightOf(argument, vocabulary), 1);
  }
}

function weightOfName(name: string, vocabulary: Vocabulary): number {
  const { names, inside } = vocabulary;
  const { subject, metric } = splitSeries(name) ?? { subject: undefined, metric: name };
  const several = subject === OTHERS ? names.networks : names.groups.get(subject ?? '');
  const everywhere = (whose: string): boolean => subject === undefined || names.networks.includes(whose);
  const of = (whose: string): number =>
    knownWeight(`${whose}.${metric}`, vocabulary) ??
    (everywhere(whose) ? knownWeight(metric, vocabulary) : undefined) ??
    1;
  if (several !== undefined) return several.reduce((sum, member) => sum + of(member), 0);
  // A bare metric is one network's at a time.
  const whose = subject ?? inside;
  return whose === undefined ? Math.max(1, ...names.networks.map(of)) : of(whose);
}

/** Undefined where nothing of this id is derived; one that is broken says so where it is read. */
function knownWeight(id: string, { derived }: Vocabulary): number | undefined {
  try {
    return derived(id)?.weight;
  } catch (error) {
    if (error instanceof ExpressionError) return 1;
    throw error;
  }
}

function times(value: Value, factor: number): (scene: Scene) => number | null {
  return (scene) => {
    const figure = value.value(scene);
    return figure === null ? null : figure * factor;
  };
}

/** What lies beyond a limit counts as that. */
function limited(value: Value, [low, high]: Bounds): Value {
  const within = (figure: number): number => Math.min(Math.max(figure, low), high);
  return {
    ...value,
    bounds: [within(value.bounds[0]), within(value.bounds[1])],
    value: (scene) => {
      const figure = value.value(scene);
      return figure === null ? null : within(figure);
    },
  };
}

function otherUnit(id: string, unit: Derived['unit'], value: Value, at: number): ExpressionError {
  return new ExpressionError(
    at,
    `${id} is declared as ${describeUnit(UNITS[unit])}, and its expression gives ${describeUnit(value.kind.unit)}`,
    describeUnit(UNITS[unit]),
    'correct the unit or the expression',
  );
}
