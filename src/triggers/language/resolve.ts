/** From a name in a rule to the series it means. */
import { type Names, OTHERS } from '../../core/names.ts';
import { nearest } from '../../core/nearest.ts';
import { NEWS_TYPES } from '../../core/news.ts';
import type { MetricUnit } from '../../core/units.ts';
import { CircleError, ExpressionError, type Extent, quoted } from './error.ts';
import type { Vocabulary, Worked } from './scene.ts';

/** One series; a null subject is the network being judged. */
export type OneSeries =
  | { readonly kind: 'recorded'; readonly subject: string | null; readonly metric: string; readonly unit: MetricUnit }
  | { readonly kind: 'derived'; readonly subject: string | null; readonly worked: Worked };

/** What a bare or dotted name means. */
export type Resolved =
  | OneSeries
  /** For networks that have a derived series of their own that, for the others `rest`. */
  | { readonly kind: 'own'; readonly own: ReadonlyMap<string, Worked>; readonly rest: OneSeries }
  | { readonly kind: 'group'; readonly group: string; readonly metric: string };

/** Finds what a name means. Throws with the nearest known name where it means nothing. */
export function resolve(name: string, at: number, vocabulary: Vocabulary): Resolved {
  const { names } = vocabulary;
  const [metric = name, subject = null] = name.split('.').toReversed();
  const members = subject === OTHERS ? names.networks : names.groups.get(subject ?? '');
  if (subject !== null && members !== undefined) {
    if (!members.some((member) => canHave(member, metric, names))) throw unknownMetric(metric, subject, at, vocabulary);
    return { kind: 'group', group: subject, metric };
  }
  if (subject !== null && !names.subjects.includes(subject)) throw unknownSubject(subject, metric, at, vocabulary);
  const rest = oneSeries(name, subject, metric, at, vocabulary);
  const own = subject === null ? ownOf(name, at, vocabulary) : [];
  return own.length === 0 ? rest : { kind: 'own', own: new Map(own), rest };
}

function oneSeries(
  name: string,
  subject: string | null,
  metric: string,
  at: number,
  vocabulary: Vocabulary,
): OneSeries {
  const worked = derivedOf(name, subject, metric, at, vocabulary);
  if (worked !== undefined) return { kind: 'derived', subject: worked.subject ?? subject, worked };
  const known = vocabulary.names.catalogue.get(metric);
  if (known === undefined) throw unknownMetric(metric, subject, at, vocabulary);
  return { kind: 'recorded', subject, metric, unit: known.unit };
}

/** Of a bare metric: the networks that have a derived series of their own in its place. */
function ownOf(metric: string, at: number, vocabulary: Vocabulary): readonly (readonly [string, Worked])[] {
  const { names, inside } = vocabulary;
  if (inside !== undefined) return [];
  return names.networks.flatMap((network) => {
    const worked = workedAs(`${network}.${metric}`, metric, at, vocabulary);
    return worked === undefined ? [] : [[network, worked] as const];
  });
}

/** Every subject may have a metric of the catalogue; a derived one is a network's, or that of the subject it names. */
export function canHave(subject: string, metric: string, { catalogue, derived, networks }: Names): boolean {
  if (catalogue.has(metric) || derived.has(`${subject}.${metric}`)) return true;
  return networks.includes(subject) && derived.has(metric);
}

function derivedOf(
  name: string,
  subject: string | null,
  metric: string,
  at: number,
  vocabulary: Vocabulary,
): Worked | undefined {
  const { names, inside } = vocabulary;
  const whose = subject ?? inside;
  const own = whose === undefined ? undefined : workedAs(`${whose}.${metric}`, name, at, vocabulary);
  if (own !== undefined) return own;
  return subject === null || names.networks.includes(subject) ? workedAs(metric, name, at, vocabulary) : undefined;
}

/** The derived series of this id, read under the name as written; undefined where there is none. */
function workedAs(id: string, name: string, at: number, { derived }: Vocabulary): Worked | undefined {
  try {
    return derived(id);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw broken(name, id, at, error);
  }
}

/** What a name reads is derived, and its expression is wrong. */
function broken(name: string, id: string, at: number, error: ExpressionError): ExpressionError {
  const place = { at, end: at + name.length };
  // Told once, however many read one another.
  if (error.elsewhere) return new ExpressionError(place, error.message, error.expected, error.todo, true);
  // A circle is closed here: it stands in no other expression more than in this one.
  if (error instanceof CircleError && error.closes === id)
    return new ExpressionError(place, error.message, error.expected, error.todo);
  const what = `${id} is derived, and its own expression is wrong: ${error.message}`;
  const todo = `mend it under derived in metrics.yaml: ${error.todo}`;
  return new ExpressionError(place, what, error.expected, todo, true);
}

function unknownSubject(subject: string, metric: string, at: number, { names }: Vocabulary): ExpressionError {
  const known = [...names.subjects, ...names.groups.keys(), OTHERS];
  const swapped = known.includes(metric) && names.catalogue.has(subject);
  const close = swapped ? metric : nearest(subject, known);
  return new ExpressionError(
    { at, end: at + subject.length + 1 + metric.length },
    swapped ? `${metric} and ${subject} have changed places` : `unknown subject ${quoted(subject)}`,
    `a network, cloud, reference or group: ${known.slice(0, 8).join(', ')}${known.length > 8 ? '…' : ''}`,
    close === undefined
      ? 'name it in networks.yaml, or pick a known one'
      : `did you mean ${close}.${swapped ? subject : metric}?`,
  );
}

function unknownMetric(metric: string, subject: string | null, at: number, vocabulary: Vocabulary): ExpressionError {
  const { names } = vocabulary;
  const lead = subject === null ? '' : `${subject}.`;
  const place = { at: at + lead.length, end: at + lead.length + metric.length };
  const belongs = [...names.derived.keys()].filter((id) => id === metric || id.endsWith(`.${metric}`));
  if (belongs.length > 0) return derivedElsewhere(metric, subject, place, belongs, vocabulary);
  if (subject === null && [...names.subjects, ...names.groups.keys(), OTHERS].includes(metric))
    return new ExpressionError(
      place,
      `${metric} is a subject, not a metric`,
      'metric or subject.metric',
      `write a metric after it, such as ${metric}.${names.catalogue.keys().next().value}`,
    );
  if (subject === null && NEWS_TYPES.some((type) => type === metric))
    return new ExpressionError(
      place,
      `${metric} is a type of news, not a metric`,
      'the number of outlets that report it',
      `write news(${metric}, 30d)`,
    );
  const close = likely(metric, lead, vocabulary);
  return new ExpressionError(
    place,
    `unknown metric ${quoted(metric)}`,
    'a metric of metrics.yaml',
    close === undefined ? 'declare it in metrics.yaml, or pick a known one' : `did you mean ${lead}${close}?`,
  );
}

/** Derived, but not for this subject. */
function derivedElsewhere(
  metric: string,
  subject: string | null,
  place: Extent,
  belongs: readonly string[],
  { names }: Vocabulary,
): ExpressionError {
  const everyNetwork = belongs.includes(metric);
  const others = belongs.filter((id) => id !== metric);
  const example = `${names.networks[0]}.${metric}`;
  return new ExpressionError(
    place,
    `${metric} is derived, and ${subject ?? 'the network being judged'} has none`,
    everyNetwork ? `a network before it, such as ${example}` : others.join(' or '),
    everyNetwork ? 'name a network, or leave the subject out to mean the one judged' : `did you mean ${others[0]}?`,
  );
}

/** The metric that was probably meant: spelled alike, or else the only one that has the word in it. */
function likely(metric: string, lead: string, { names }: Vocabulary): string | undefined {
  const own = [...names.derived.keys()].filter((id) => lead !== '' && id.startsWith(lead));
  const known = [...names.catalogue.keys(), ...names.derived.keys(), ...own.map((id) => id.slice(lead.length))];
  const close = nearest(metric, known);
  if (close !== undefined || metric.length < 4) return close;
  const containing = known.filter((id) => id.includes(metric.toLowerCase()));
  return containing.length === 1 ? containing[0] : undefined;
}
