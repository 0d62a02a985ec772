/** Random rules over random series, and what may come of them after an instant, supposed sample by sample. */
import fc from 'fast-check';
import { Map as Table } from 'immutable';
import type { RuleState } from '../../src/core/events.ts';
import { catalogue } from '../../src/core/metric.ts';
import type { Names } from '../../src/core/names.ts';
import type { NewsEvent } from '../../src/core/news.ts';
import { Rule } from '../../src/core/rule.ts';
import type { Sample } from '../../src/core/series.ts';
import type { Standing } from '../../src/core/standing.ts';
import { ruleKey } from '../../src/core/state.ts';
import { type Duration, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import { standings } from '../../src/triggers/judge/standings.ts';
import { recorded } from '../../src/triggers/replay/recorded.ts';
import { replay } from '../../src/triggers/replay/replay.ts';
import { type Book, bookOf } from '../../src/triggers/rule/book.ts';
import { type CompiledRule, compileRule } from '../../src/triggers/rule/compile.ts';
import { LADDER, NAMES, T0 } from '../world.ts';

/** The usual distance between two samples. */
const STEP: Duration = HOUR;
/** All samples lie on this grid, so that truths change on it. */
const TEN: Duration = 10 * MINUTE;

const BOUNDED: Names = {
  ...NAMES,
  catalogue: catalogue(
    [
      { id: 'gpu_utilization', unit: 'ratio', meaning: 'leased over offered', range: [0, 1] },
      { id: 'gpus_leased', unit: 'gpus', meaning: 'leased', range: [0, 1000] },
      { id: 'gpus_total', unit: 'gpus', meaning: 'offered' },
    ],
    [],
  ),
  derived: new Map([
    ['smooth', { id: 'smooth', unit: 'ratio', meaning: 'a window of use', expression: 'avg(gpu_utilization, 5h)' }],
    [
      'cut',
      { id: 'cut', unit: 'ratio', meaning: 'slack', expression: '150% * (100% - gpu_utilization)', limits: [0.2, 0.9] },
    ],
    ['both', { id: 'both', unit: 'ratio', meaning: 'the two', expression: 'mean(cut, smooth)' }],
    ['load', { id: 'load', unit: 'gpus', meaning: 'both', expression: 'gpus_leased * (gpu_utilization + 100%)' }],
    [
      'leased_share',
      { id: 'leased_share', unit: 'ratio', meaning: 'of a thousand', expression: 'gpus_leased / gpus_total' },
    ],
  ]),
};

/** A rule over akash, whose metrics have ranges but for `gpus_total`. */
export function boundedRule(written: Record<string, unknown>): CompiledRule {
  const result = compileRule(Rule.parse({ id: 'judged', networks: ['akash'], ...written }), 'v1', BOUNDED, LADDER);
  if (!result.ok) throw new Error(result.errors.map(({ what }) => what).join('\n'));
  return result.rule;
}

const AKASH = { id: 'akash', name: 'Akash', tier: 'watching', aliases: [], token: null, home: null, reason: 'a test' };

/** Akash, watched, and these rules. */
export function bookWith(...rules: readonly CompiledRule[]): Book {
  return bookOf({ rules, networks: [AKASH], ladder: LADDER });
}

export type Course = {
  readonly rules: ReadonlyMap<string, RuleState>;
  readonly tiers: readonly { readonly now: Instant; readonly tier: string }[];
  standings(): readonly Standing[];
};

/** How everything stands after judging at these instants. */
export function judged(
  book: Book,
  samples: readonly Sample[],
  instants: readonly Instant[],
  news: readonly NewsEvent[] = [],
): Course {
  const rules = new Map<string, RuleState>();
  const evidence = recorded(samples, news, STEP);
  let tier = 'watching';
  const tiers = [...replay(book, evidence, instants)].map(({ now, events }) => {
    for (const event of events) {
      if (event.kind === 'rule' && event.state !== null) rules.set(ruleKey(event.rule, event.network), event.state);
      if (event.kind === 'change' && event.change.kind === 'tier') tier = event.change.to;
    }
    return { now, tier };
  });
  return {
    rules,
    tiers,
    standings: () => standings(book, 'akash', { rules: Table(rules) }, evidence, instants.at(-1) ?? T0),
  };
}

/** The record up to `now`, then what `value` says, in the usual rhythm; what is overdue comes in a minute. */
export function onward(
  samples: readonly Sample[],
  now: Instant,
  until: Instant,
  value: (series: string, index: number) => number | undefined,
): readonly Sample[] {
  const past = samples.filter(({ at }) => at <= now);
  const coming = [...new Set(past.map(({ series }) => series))].flatMap((series) => {
    const last = Math.max(...past.flatMap((sample) => (sample.series === series ? [sample.at] : [])));
    const first = last + STEP > now ? last + STEP : now + MINUTE;
    return Array.from({ length: Math.max(0, Math.floor((until - first) / STEP) + 1) }, (_, index): Sample[] => {
      const figure = value(series, index);
      return figure === undefined ? [] : [{ series, at: first + index * STEP, value: figure, source: 'supposed' }];
    }).flat();
  });
  return [...past, ...coming];
}

/** Every instant at which a truth can change, overdue samples come a minute off the grid; and the minutes around a date. */
export function instantsTo(now: Instant, until: Instant, date: Instant = until): readonly Instant[] {
  const tens = Array.from({ length: Math.ceil((until - now) / TEN) + 1 }, (_, index) => now + index * TEN);
  const around = Array.from({ length: 90 }, (_, index) => date + (index - 60) * MINUTE);
  return [...new Set([...tens, ...tens.map((one) => one + MINUTE), ...around])]
    .filter((one) => one > now)
    .sort((a, b) => a - b);
}

const comparison = fc
  .record({
    fn: fc.constantFrom('avg', 'min', 'max', 'median', 'last', null, null, 'change', 'stddev'),
    metric: fc.constantFrom('gpu_utilization', 'gpu_utilization', 'gpus_leased', 'smooth', 'load', 'cut', 'both'),
    // Four fifths of these are whole hours: what comes to be covered does so on the grid.
    window: fc.constantFrom(5, 10, 15, 20, 40),
    op: fc.constantFrom('<', '<=', '>', '>='),
    // Beyond the range of both metrics now and then.
    threshold: fc.oneof({ arbitrary: fc.integer({ min: 5, max: 95 }), weight: 12 }, fc.constant(101)),
  })
  .map(({ fn, metric, window, op, threshold }) => {
    const read = fn === null ? metric : `${fn}(${metric}, ${window}h)`;
    if (fn === 'change') return `${read} ${op} ${threshold - 50}.37%`;
    return `${read} ${op} ${metric === 'gpus_leased' || metric === 'load' ? `${threshold * 10}.7` : `${threshold}.37%`}`;
  });

const text = fc.oneof(
  { arbitrary: comparison, weight: 4 },
  {
    arbitrary: fc.tuple(comparison, fc.constantFrom('and', 'or'), comparison).map((parts) => parts.join(' ')),
    weight: 1,
  },
  { arbitrary: comparison.map((one) => `not (${one})`), weight: 1 },
);

const hours = fc.integer({ min: 0, max: 30 });
const stretches = fc.array(
  fc.record({ level: fc.integer({ min: 0, max: 97 }), hours: fc.integer({ min: 2, max: 30 }) }),
  { minLength: 4, maxLength: 10 },
);

export const world = fc.record({
  written: fc.record({
    when: text,
    clear: fc.option(text, { freq: 2 }),
    for: hours,
    keepFiringFor: hours,
    effect: fc.constantFrom({ lower: 1 }, { cap: 'avoid' }, { raise: 1 }, { hold: true }),
  }),
  courses: fc.tuple(stretches, stretches),
  /** Samples come so many times ten minutes after the hour, judgements too. */
  late: fc.integer({ min: 0, max: 5 }),
  clock: fc.integer({ min: 0, max: 5 }),
  /** How much of the record has passed, in percent. */
  share: fc.integer({ min: 30, max: 100 }),
  others: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 12, maxLength: 12 }),
});
type Given = typeof world extends fc.Arbitrary<infer T> ? T : never;

/** The rule, what it is judged over, and the instants up to the one that is looked ahead from. */
export function setting({ written, courses, late, clock, share }: Given) {
  const { clear, ...rest } = written;
  const rule = boundedRule({
    ...rest,
    ...(clear === null ? {} : { clear }),
    for: `${written.for}h`,
    keepFiringFor: `${written.keepFiringFor}h`,
  });
  // Something pulls down all the time, so that a hold shows.
  const pull = boundedRule({ id: 'pull', when: 'now >= 2020-01-01', effect: { lower: 1 } });
  const samples = [
    ...samplesOf('akash.gpu_utilization', 1, courses[0], late),
    ...samplesOf('akash.gpus_leased', 1000, courses[1], late),
  ];
  const slots = Math.round((courses[0].reduce((sum, part) => sum + part.hours, 0) * share) / 100);
  const past = Array.from({ length: slots }, (_, slot) => T0 + slot * HOUR + clock * TEN);
  return { book: bookWith(...(written.effect.hold === true ? [rule, pull] : [rule])), samples, past };
}

function samplesOf(series: string, most: number, list: Given['courses'][0], late: number): readonly Sample[] {
  const levels = list.flatMap((part) => Array.from({ length: part.hours }, (_, hour) => part.level + (hour % 3)));
  return levels.map((level, slot) => ({
    series,
    at: T0 + slot * STEP + late * TEN,
    value: (level / 100) * most,
    source: 'test',
  }));
}
