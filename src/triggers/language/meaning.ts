/** What a name in a rule's expression stands for: a recorded series, an expression, or several names. */
import { type Names, OTHERS } from '../../core/names.ts';
import { type Node, parse } from './parser.ts';
import { resolve } from './resolve.ts';
import { vocabularyOf } from './vocabulary.ts';

export type Meaning =
  | { readonly kind: 'now' }
  | { readonly kind: 'series'; readonly id: string; readonly metric: string }
  /** A derived series; in its expression a bare metric means the `network`'s. */
  | { readonly kind: 'expression'; readonly node: Node; readonly network: string }
  | { readonly kind: 'group'; readonly members: readonly string[] };

/** In a rule that compiled, where `network` is judged. */
export function meaningOf(name: string, network: string, names: Names): Meaning {
  if (name === 'now') return { kind: 'now' };
  const found = resolve(name, 1, vocabularyOf(names));
  switch (found.kind) {
    case 'recorded':
      return { kind: 'series', id: `${found.subject ?? network}.${found.metric}`, metric: found.metric };
    case 'derived': {
      const { subject, metric } = found.worked;
      const text = names.derived.get(subject === null ? metric : `${subject}.${metric}`)?.expression ?? '';
      return { kind: 'expression', node: parse(text), network: found.subject ?? network };
    }
    case 'group':
      return { kind: 'group', members: membersOf(found.group, found.metric, network, names) };
  }
}

/** Those that can have the metric: clouds have no derived metric but their own. */
function membersOf(group: string, metric: string, network: string, names: Names): readonly string[] {
  const subjects = group === OTHERS ? names.networks.filter((one) => one !== network) : (names.groups.get(group) ?? []);
  const everywhere = names.catalogue.has(metric);
  return subjects
    .filter((one) => everywhere || names.derived.has(`${one}.${metric}`) || names.networks.includes(one))
    .map((one) => `${one}.${metric}`);
}
