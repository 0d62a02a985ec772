/** What names in an expression mean: a recorded series, a derived one, or where a function reads them. */
import { derivedOrigin, derivedValue } from './derived.ts';
import { ExpressionError } from './error.ts';
import { GROUP_FUNCTIONS } from './group.ts';
import { type Origin, recordedOrigin } from './origin.ts';
import { ownOrigin, ownValue } from './own.ts';
import type { Node } from './parser.ts';
import { bareValue } from './reading.ts';
import { type OneSeries, type Resolved, resolve } from './resolve.ts';
import type { Value, Vocabulary, Worked } from './scene.ts';

/** A series under the name that it is read by: what it is worth now, and where its past is found. */
type Named = { readonly value: Value; readonly origin: Origin };

/** What a bare or dotted name means. Throws an ExpressionError where it means nothing, or several subjects. */
export function namedSeries(name: string, at: number, vocabulary: Vocabulary): Named {
  const found = resolve(name, at, vocabulary);
  if (found.kind !== 'group')
    return { value: valueNamed(name, found, vocabulary), origin: originFor(found, vocabulary) };
  throw new ExpressionError(
    at,
    `${found.group} stands for several subjects`,
    `one of ${Object.keys(GROUP_FUNCTIONS).join(', ')} over them`,
    `write median(${name})`,
  );
}

/** Where a function over a window, or `age`, reads what it is called with. */
export function originOf(argument: Node, fn: string, example: string, vocabulary: Vocabulary): Origin {
  if (argument.kind !== 'name')
    throw new ExpressionError(argument, `${fn} reads a series`, 'a metric or subject.metric', `write ${example}`);
  const found = resolve(argument.name, argument.at, vocabulary);
  if (found.kind !== 'group') return originFor(found, vocabulary);
  throw new ExpressionError(
    argument,
    `${fn} over a window reads one series, and ${found.group} stands for several subjects`,
    'a metric or subject.metric',
    `declare a derived series of ${Object.keys(GROUP_FUNCTIONS).join(', ')} of ${argument.name} in metrics.yaml, and read that`,
  );
}

type Meant = Exclude<Resolved, { kind: 'group' }>;

function valueNamed(name: string, meant: Meant, vocabulary: Vocabulary): Value {
  const one = (series: OneSeries): Value =>
    series.kind === 'derived'
      ? derivedValue(name, series.worked, series.subject, vocabulary.names)
      : bareValue(name, originFor(series, vocabulary));
  return meant.kind === 'own' ? ownValue(each(meant.own, one), one(meant.rest)) : one(meant);
}

function originFor(meant: Meant, { names }: Vocabulary): Origin {
  const one = (series: OneSeries): Origin =>
    series.kind === 'derived'
      ? derivedOrigin(series.worked, series.subject, names)
      : recordedOrigin(series.subject, series.metric, series.unit, names);
  return meant.kind === 'own' ? ownOrigin(each(meant.own, one), one(meant.rest)) : one(meant);
}

function each<T>(own: ReadonlyMap<string, Worked>, of: (one: OneSeries) => T): ReadonlyMap<string, T> {
  return new Map([...own].map(([subject, worked]) => [subject, of({ kind: 'derived', subject, worked })]));
}
