/** Compiles derived series, each once, on first use: they may read one another, but not in a circle. */
import type { Derived } from '../../core/metric.ts';
import type { Names } from '../../core/names.ts';
import { splitSeries } from '../../core/series.ts';
import { describeUnit, UNITS } from '../../core/units.ts';
import { scaled } from './bounds.ts';
import { CircleError, ExpressionError } from './error.ts';
import { historyOf } from './history.ts';
import { conversion } from './kinds.ts';
import { idOf } from './origin.ts';
import { parse } from './parser.ts';
import type { Scene, Value, Vocabulary, Worked } from './scene.ts';
import { compileValue } from './value.ts';

const known = new WeakMap<Names, Vocabulary>();

/** The vocabulary of these names; the same for the same names, so that all rules share what is worked out. */
export function vocabularyOf(names: Names): Vocabulary {
  const made = known.get(names) ?? vocabulary(names);
  known.set(names, made);
  return made;
}

function vocabulary(names: Names): Vocabulary {
  const compiled = new Map<string, Worked | ExpressionError>();
  const open: string[] = [];
  const self: Vocabulary = {
    names,
    derived(id) {
      const derived = names.derived.get(id);
      if (derived === undefined) return undefined;
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

function work({ id, unit, expression }: Derived, vocabulary: Vocabulary): Worked {
  const dotted = splitSeries(id);
  const metric = dotted?.metric ?? id;
  const node = parse(expression);
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
  const subject = dotted?.subject ?? null;
  return { subject, metric, unit, value: exact, history: historyOf(idOf(subject, metric), exact) };
}

function times(value: Value, factor: number): (scene: Scene) => number | null {
  return (scene) => {
    const figure = value.value(scene);
    return figure === null ? null : figure * factor;
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
