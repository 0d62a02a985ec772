/** The shipped spillover composite: where each signal calls capacity easy, what is told of it, and what its silence does. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeLines } from '../../src/cli/tree.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Sample } from '../../src/core/series.ts';
import { DAY } from '../../src/core/time.ts';
import { readingsOf } from '../../src/core/verdict.ts';
import { compileCondition } from '../../src/triggers/language/expression.ts';
import { recorded } from '../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../src/triggers/replay/replay.ts';
import { bookOf } from '../../src/triggers/rule/book.ts';
import { daily, T0 } from '../world.ts';

const loaded = await loadConfig(new URL('../../config', import.meta.url).pathname);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
const { config } = loaded;

/** What a signal reads, so that it comes to this slack, by the thresholds of the survey that it is taken from. */
const SIGNALS: Readonly<Record<string, (slack: number) => Readonly<Record<string, number>>>> = {
  shadeform: (slack) => ({
    'shadeform.h100_capacity': slack,
    'shadeform.h200_capacity': slack,
    'shadeform.b200_capacity': slack,
  }),
  runpod: (slack) => ({ 'runpod.h100_capacity': slack, 'runpod.h200_capacity': slack }),
  aws: (slack) => ({ 'aws.h100_spot_price': 10 * (1 - slack), 'aws.h100_price': 10 }),
  vast: (slack) => ({ 'vast.h100_utilization': 1 - slack / 1.5 }),
  lambda: (slack) => ({ 'lambda.h100_capacity': slack }),
  primeintellect: (slack) => ({ 'primeintellect.h100_capacity': slack }),
};

type Course = Readonly<Record<string, readonly (number | null)[]>>;

/** Slack by signal and day as samples; a day without is one without samples. */
function samplesOf(course: Course): readonly Sample[] {
  return Object.entries(course).flatMap(([signal, days]) => {
    const of = SIGNALS[signal] ?? expect.fail(`no signal ${signal}`);
    return Object.keys(of(0)).flatMap((series) =>
      daily(
        series,
        days.map((slack) => (slack === null ? null : (of(slack)[series] ?? null))),
      ),
    );
  });
}

const days = (slack: number | null, count: number): readonly (number | null)[] =>
  Array.from({ length: count }, () => slack);

function look(text: string, samples: readonly Sample[], day: number) {
  const scene = { network: 'render', now: T0 + day * DAY, evidence: recorded(samples) };
  return compileCondition(`${text} > 60%`, config.names).explain(scene);
}

describe('each signal', () => {
  it.each([
    // Above 60% of the offers can be had.
    ['shadeform.slack', { 'shadeform.h100_capacity': 0.61 }, { 'shadeform.h100_capacity': 0.59 }],
    ['runpod.slack', { 'runpod.h100_capacity': 0.61 }, { 'runpod.h100_capacity': 0.59 }],
    // The spot price falls below 40% of the full one.
    [
      'aws.slack',
      { 'aws.h100_spot_price': 3.9, 'aws.h100_price': 10 },
      { 'aws.h100_spot_price': 4.1, 'aws.h100_price': 10 },
    ],
    // Less than 60% are rented.
    ['vast.slack', { 'vast.h100_utilization': 0.59 }, { 'vast.h100_utilization': 0.61 }],
    ['lambda.slack', { 'lambda.h100_capacity': 0.61 }, { 'lambda.h100_capacity': 0.59 }],
    ['primeintellect.slack', { 'primeintellect.h100_capacity': 0.61 }, { 'primeintellect.h100_capacity': 0.59 }],
  ])('%s crosses 60% where the survey calls capacity easy', (signal, easy, tight) => {
    const truth = (figures: Readonly<Record<string, number>>) =>
      look(
        signal,
        Object.entries(figures).flatMap(([series, value]) => daily(series, [value, value])),
        1,
      ).truth;
    expect([truth(easy), truth(tight)]).toEqual(['true', 'false']);
  });

  it('h100_market.slack crosses it where the median price fell by a tenth within a month', () => {
    const priced = (price: number) =>
      look(
        'h100_market.slack',
        ['coreweave', 'lambda', 'nebius'].flatMap((cloud) =>
          daily(`${cloud}.h100_price`, [...days(3, 31), ...days(price, 3)]),
        ),
        33,
      ).truth;
    expect([priced(2.69), priced(2.71)]).toEqual(['true', 'false']);
  });

  it('keeps to 0 and 1 whatever it reads', () => {
    const dear = look(
      'aws.slack',
      [...daily('aws.h100_spot_price', [12, 12]), ...daily('aws.h100_price', [10, 10])],
      1,
    );
    expect(dear.comparison?.left).toBe(0);
    expect(look('vast.slack', daily('vast.h100_utilization', [0.1, 0.1]), 1).comparison?.left).toBe(1);
  });

  it('goes on without a model that it never had', () => {
    const two = [...daily('shadeform.h100_capacity', [0.2, 0.2]), ...daily('shadeform.h200_capacity', [0.4, 0.4])];
    expect(look('shadeform.slack', two, 1).comparison?.left).toBeCloseTo(0.3, 12);
  });
});

const FIVE: Course = {
  shadeform: days(0.9, 90),
  runpod: days(0.8, 90),
  aws: days(0.7, 90),
  vast: days(0.6, 90),
  lambda: days(0.5, 90),
};

it('is explained with every signal and its value, down to the samples', () => {
  const samples = [...samplesOf(FIVE), ...daily('primeintellect.h100_capacity', [0.1])];
  const verdict = look('median(market.slack, 7d)', samples, 20);
  const figures = readingsOf(verdict).flatMap((one) => (one.kind === 'series' ? [`${one.series} ${one.value}`] : []));
  for (const [signal, [slack]] of Object.entries(FIVE)) {
    const found = figures.find((figure) => figure.startsWith(`${signal}.slack `));
    expect(Number(found?.split(' ')[1])).toBeCloseTo(slack ?? Number.NaN, 12);
  }
  const tree = treeLines(verdict, T0 + 20 * DAY, { width: 110, colour: false }).join('\n');
  expect(tree).toMatchInlineSnapshot(`
    "✓ median(market.slack, 7d) > 60%
      7d median of market.slack is 70%, above 60%
      · median(market.slack, 7d): 70% · 7d to 2026-01-21, 100% covered · just now
        · mean(spillover.slack): 70% · just now
          · shadeform.slack: 90% · just now
            · mean(shadeform.h100_capacity, shadeform.h200_capacity, shadeform.b200_capacity): 90% · just now
              · shadeform.h100_capacity: 90% · test · just now
              · shadeform.h200_capacity: 90% · test · just now
              · shadeform.b200_capacity: 90% · test · just now
          · runpod.slack: 80% · just now
            · mean(runpod.h100_capacity, runpod.h200_capacity, runpod.b200_capacity): 80% · just now
              · runpod.h100_capacity: 80% · test · just now
              · runpod.h200_capacity: 80% · test · just now
          · aws.slack: 70% · just now
            · aws.h100_spot_price: $3.00/GPU-hour · test · just now
            · aws.h100_price: $10.00/GPU-hour · test · just now
          · vast.slack: 60% · just now
            · vast.h100_utilization: 60% · test · just now
          · lambda.slack: 50% · just now
            · lambda.h100_capacity: 50% · test · just now"
  `);
});

describe('a signal that goes silent', () => {
  it('makes the whole unknown, is gone after two weeks, and windows then begin anew', () => {
    const { shadeform = [], runpod = [], vast = [] } = FIVE;
    const samples = samplesOf({
      ...{ shadeform, runpod, vast, primeintellect: days(0.7, 90) },
      lambda: [...days(0.1, 20), ...days(null, 70)],
    });
    const at = (text: string, day: number) => look(text, samples, day).comparison?.left ?? null;
    expect(at('market.slack', 22)).toBeCloseTo(0.62, 12);
    expect(look('market.slack', samples, 23).says).toContain(
      '4 of 5 have a fresh figure, all are needed; silent: lambda',
    );
    expect([23, 28, 33].map((day) => at('market.slack', day))).toEqual([null, null, null]);
    expect(at('market.slack', 34)).toBeCloseTo(0.75, 12);
    // Nothing of before counts beside it.
    expect([28, 34, 39].map((day) => at('median(market.slack, 7d)', day))).toEqual([null, null, null]);
    expect(at('median(market.slack, 7d)', 40)).toBeCloseTo(0.75, 12);
  });

  const [rule] = config.rules.filter(({ rule: { id } }) => id === 'capacity-slack');
  if (rule === undefined) throw new Error('there is no capacity-slack');
  const book = bookOf({ rules: [rule], networks: config.networks.networks, ladder: config.settings.ladder });
  const movesIn = (samples: readonly Sample[], to: number): readonly string[] =>
    [...replay(book, recorded(samples, [], DAY), every(T0, T0 + to * DAY, DAY))].flatMap(({ now, events }) =>
      events.flatMap((event) =>
        event.kind === 'change' && event.change.kind === 'tier' && event.change.cause !== 'start'
          ? [`${(now - T0) / DAY} ${event.change.network} ${event.change.to}`]
          : [],
      ),
    );

  it('moves no tier while it may come back, whatever it said and whatever the others say', () => {
    // AWS's price is in two signals: the second begins once it reaches back a month.
    const signals = Object.keys(FIVE);
    const levels = fc.array(fc.integer({ min: 20, max: 100 }), { minLength: 5, maxLength: 5 });
    const met = { tight: 0, capped: 0 };
    fc.assert(
      fc.property(levels, fc.constantFrom(...signals), (list, gone) => {
        const course = Object.fromEntries(
          signals.map((signal, index) => {
            const level = (list[index] ?? 0) / 100;
            return [signal, signal === gone ? [...days(level, 50), ...days(null, 40)] : days(level, 90)];
          }),
        );
        const samples = samplesOf(course);
        const before = movesIn(samples, 49);
        met[before.length > 0 ? 'capped' : 'tight'] += 1;
        // Its last figures are of day 49; it has gone on day 64, and a window is full again on day 70.
        expect(movesIn(samples, 69)).toEqual(before);
      }),
      { seed: 13, numRuns: 24 },
    );
    expect(Math.min(met.tight, met.capped)).toBeGreaterThan(5);
  });

  it('of three leaves too few, for good', () => {
    const { shadeform = [], runpod = [] } = FIVE;
    const samples = samplesOf({ shadeform, runpod, vast: [...days(0.1, 20), ...days(null, 70)] });
    expect(look('market.slack', samples, 19).comparison?.left).toBeCloseTo(0.6, 12);
    expect(look('market.slack', samples, 80).says).toContain('2 of 7 have a fresh figure, at least 3 are needed');
    expect(movesIn(samples, 89)).toEqual([]);
  });
});
