/** What names in an expression mean: a recorded series, a derived one, or where a function reads them. */
import { derivedOrigin, derivedValue } from './derived.ts';
import { ExpressionError } from './error.ts';
import { GROUP_FUNCTIONS } from './group.ts';
import { type Origin, recordedOrigin } from './origin.ts';
import type { Node } from './parser.ts';
import { bareValue } from './reading.ts';
import { type Resolved, resolve } from './resolve.ts';
import type { Value, Vocabulary } from './scene.ts';

/** What a bare or dotted name is worth. Throws an ExpressionError where it means nothing, or several subjects. */
export function namedValue(name: string, at: number, vocabulary: Vocabulary): Value {
  const found = resolve(name, at, vocabulary);
  if (found.kind === 'derived') return derivedValue(name, found.worked, found.subject);
  if (found.kind === 'recorded') return bareValue(name, recordedAs(found, vocabulary));
  throw severalSubjects(name, found.group, at);
}

function severalSubjects(name: string, group: string, at: number): ExpressionError {
  return new ExpressionError(
    at,
    `${group} stands for several subjects`,
    `one of ${Object.keys(GROUP_FUNCTIONS).join(', ')} over them`,
    `write median(${name})`,
  );
}

function recordedAs({ subject, metric, unit }: Resolved & { kind: 'recorded' }, { names }: Vocabulary): Origin {
  return recordedOrigin(subject, metric, unit, names);
}

/** Where a function over a window, or `age`, reads what it is called with. */
export function originOf(argument: Node, fn: string, example: string, vocabulary: Vocabulary): Origin {
  if (argument.kind !== 'name')
    throw new ExpressionError(argument, `${fn} reads a series`, 'a metric or subject.metric', `write ${example}`);
  const found = resolve(argument.name, argument.at, vocabulary);
  if (found.kind === 'recorded') return recordedAs(found, vocabulary);
  if (found.kind === 'derived') return derivedOrigin(found.worked, found.subject);
  throw new ExpressionError(
    argument,
    `${fn} over a window reads one series, and ${found.group} stands for several subjects`,
    'a metric or subject.metric',
    `declare a derived series of ${Object.keys(GROUP_FUNCTIONS).join(', ')} of ${argument.name} in metrics.yaml, and read that`,
  );
}
