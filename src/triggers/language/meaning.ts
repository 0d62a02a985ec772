/** What a name in a rule's expression stands for: a recorded series, an expression, or several names. */
import type { Derived } from '../../core/metric.ts';
import { type Names, OTHERS } from '../../core/names.ts';
import { type Node, parse } from './parser.ts';
import { canHave, type OneSeries, resolve } from './resolve.ts';
import { vocabularyOf } from './vocabulary.ts';

export type Meaning =
  | { readonly kind: 'now' }
  | { readonly kind: 'series'; readonly id: string; readonly metric: string }
  /** A derived series; in its expression a bare metric means the `network`'s. Its values are cut at the limits. */
  | {
      readonly kind: 'expression';
      readonly node: Node;
      readonly network: string;
      readonly limits: Derived['limits'] | undefined;
    }
  | { readonly kind: 'group'; readonly members: readonly string[] };

/** In a rule that compiled, where `network` is judged. */
export function meaningOf(name: string, network: string, names: Names): Meaning {
  if (name === 'now') return { kind: 'now' };
  const found = resolve(name, 1, { ...vocabularyOf(names), inside: network });
  if (found.kind === 'group') return { kind: 'group', members: membersOf(found.group, found.metric, network, names) };
  return oneMeaning(found.kind === 'own' ? found.rest : found, network, names);
}

function oneMeaning(one: OneSeries, network: string, { derived }: Names): Meaning {
  const subject = one.subject ?? network;
  if (one.kind === 'recorded') return { kind: 'series', id: `${subject}.${one.metric}`, metric: one.metric };
  const { worked } = one;
  const written = derived.get(worked.subject === null ? worked.metric : `${worked.subject}.${worked.metric}`);
  return { kind: 'expression', node: parse(written?.expression ?? ''), network: subject, limits: written?.limits };
}

function membersOf(group: string, metric: string, network: string, names: Names): readonly string[] {
  const subjects = group === OTHERS ? names.networks.filter((one) => one !== network) : (names.groups.get(group) ?? []);
  return subjects.filter((one) => canHave(one, metric, names)).map((one) => `${one}.${metric}`);
}
