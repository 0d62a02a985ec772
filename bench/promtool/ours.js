/** The compiled judgement over the cases: at which instants each rule fires. */
import { catalogue } from '../../dist/core/metric.js';
import { Rule } from '../../dist/core/rule.js';
import { recorded } from '../../dist/triggers/replay/recorded.js';
import { every, replay } from '../../dist/triggers/replay/replay.js';
import { compileRule } from '../../dist/triggers/rule/compile.js';
import { END, HOUR, METRICS, START } from './series.js';
import { inMinutes } from './terms.js';

const NETWORK = 'akash';
const LADDER = [{ id: 'watching', name: 'Watching', meaning: 'open' }];
const NAMES = {
  catalogue: catalogue(
    Object.entries(METRICS).map(([id, { unit }]) => ({ id, unit, meaning: id })),
    [],
  ),
  networks: [NETWORK],
  subjects: [NETWORK],
  groups: new Map(),
  derived: new Map(),
  longest: END,
};
const NETWORKS = [
  { id: NETWORK, name: NETWORK, aliases: [], token: null, home: null, tier: 'watching', reason: 'for the comparison' },
];

/** Every instant at which a case is judged, in milliseconds from the start of its series. */
export function instantsOf(one) {
  return [...every(START, END, one.every)];
}

/** The instants at which the rule fires, by the judgement that runs live. */
export function firingInstants(one) {
  const rule = Rule.parse({
    id: `case-${one.number}`,
    networks: [NETWORK],
    when: one.when,
    for: inMinutes(one.for),
    keepFiringFor: inMinutes(one.keepFiringFor),
  });
  const compiled = compileRule(rule, 'v1', NAMES, LADDER);
  if (!compiled.ok) throw new Error(`${one.when}: ${JSON.stringify(compiled.errors)}`);
  const samples = [...one.series].flatMap(([metric, values]) =>
    values.map((value, hour) => ({ series: `${NETWORK}.${metric}`, at: hour * HOUR, value, source: 'random' })),
  );
  const book = { rules: [compiled.rule], networks: NETWORKS, ladder: LADDER };
  const firing = new Set();
  let fires = false;
  for (const { now, events } of replay(book, recorded(samples, [], HOUR), instantsOf(one))) {
    for (const event of events) if (event.kind === 'rule') fires = event.state.phase === 'firing';
    if (fires) firing.add(now);
  }
  return firing;
}
