/** A small, fixed world for tests of the judgement: a ladder, networks, a catalogue, and short ways to rules and samples. */
import type { Network } from '../src/core/ladder.ts';
import { type Catalogue, catalogue, type Derived } from '../src/core/metric.ts';
import type { Names } from '../src/core/names.ts';
import type { NewsEvent } from '../src/core/news.ts';
import { Rule } from '../src/core/rule.ts';
import type { Sample } from '../src/core/series.ts';
import { DAY, type Instant, parseInstant } from '../src/core/time.ts';
import { type Book, bookOf as layOut } from '../src/triggers/rule/book.ts';
import { type CompiledRule, compileRule } from '../src/triggers/rule/compile.ts';

export const LADDER = [
  { id: 'conviction', name: 'Conviction', meaning: 'demand is real' },
  { id: 'watching', name: 'Watching', meaning: 'open' },
  { id: 'avoid', name: 'Avoid', meaning: 'no demand' },
];

const NETWORKS: readonly Network[] = [
  { id: 'akash', name: 'Akash', tier: 'watching' },
  { id: 'ionet', name: 'io.net', tier: 'conviction' },
  { id: 'render', name: 'Render', tier: 'conviction' },
  { id: 'bittensor', name: 'Bittensor', tier: 'unrated' },
].map((network) => ({ aliases: [], token: null, home: null, reason: 'for the test', ...network }));

const CATALOGUE: Catalogue = catalogue(
  [
    { id: 'gpu_utilization', unit: 'ratio', meaning: 'leased over offered' },
    { id: 'gpus_total', unit: 'gpus', meaning: 'offered' },
    { id: 'gpus_leased', unit: 'gpus', meaning: 'leased' },
    { id: 'providers_active', unit: 'count', meaning: 'providers' },
    { id: 'revenue', unit: 'usd/day', meaning: 'paid by users' },
    { id: 'emission', unit: 'tokens/day', meaning: 'emitted' },
    { id: 'token_price', unit: 'usd/token', meaning: 'price' },
    { id: '<gpu>_price', unit: 'usd/gpu-hour', meaning: 'on demand' },
    { id: '<gpu>_spot_price', unit: 'usd/gpu-hour', meaning: 'spot' },
  ],
  ['h100', 'a100'],
);

const DERIVED: readonly Derived[] = [
  { id: 'leased_share', unit: 'ratio', meaning: 'leased over offered', expression: 'gpus_leased / gpus_total' },
  { id: 'idle_share', unit: 'ratio', meaning: 'the rest', expression: '100% - leased_share' },
  { id: 'market.h100_price', unit: 'usd/gpu-hour', meaning: 'clouds', expression: 'median(clouds.h100_price)' },
];

export const NAMES: Names = {
  catalogue: CATALOGUE,
  networks: NETWORKS.map(({ id }) => id),
  subjects: [...NETWORKS.map(({ id }) => id), 'gcp', 'aws', 'bitcoin', 'market'],
  groups: new Map([
    ['networks', NETWORKS.map(({ id }) => id)],
    ['clouds', ['gcp', 'aws']],
  ]),
  atLeast: new Map(),
  unavailable: new Map(),
  derived: new Map(DERIVED.map((derived) => [derived.id, derived])),
  longest: 800 * DAY,
};

export const T0: Instant = parseInstant('2026-01-01') ?? 0;

/** A compiled rule from what an owner would write. Fails the test where it does not compile. */
export function ruleOf(written: Record<string, unknown>, version = 'v1'): CompiledRule {
  const compiled = compileRule(Rule.parse({ id: 'a-rule', ...written }), version, NAMES, LADDER);
  if (!compiled.ok) throw new Error(compiled.errors.map((error) => `${error.what}; ${error.todo}`).join('\n'));
  return compiled.rule;
}

export function bookOf(...rules: readonly CompiledRule[]): Book {
  return layOut({ rules, networks: NETWORKS, ladder: LADDER });
}

/** One value a step from T0 on; null leaves a gap. */
export function daily(series: string, values: readonly (number | null)[], step = DAY): Sample[] {
  return values.flatMap((value, index) =>
    value === null ? [] : [{ series, at: T0 + index * step, value, source: 'test' }],
  );
}

export function report(at: Instant, outlet: string, more: Partial<NewsEvent> = {}): NewsEvent {
  return {
    type: 'lab_training',
    network: 'bittensor',
    status: 'done',
    because: [],
    at,
    outlet,
    owner: outlet,
    title: `A report by ${outlet}`,
    link: `https://${outlet.toLowerCase()}.example/a`,
    ...more,
  };
}
