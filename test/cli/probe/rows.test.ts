import { describe, expect, it } from 'vitest';
import { disabledRow, feedRow, isUsable, type Row, seriesRows } from '../../../src/cli/probe/rows.ts';
import { tableLines } from '../../../src/cli/probe/table.ts';
import { catalogue } from '../../../src/core/metric.ts';
import type { Dropped, Reading, Source } from '../../../src/core/ports.ts';
import type { Sample } from '../../../src/core/series.ts';
import { HOUR, MINUTE } from '../../../src/core/time.ts';
import type { Polled } from '../../../src/engine/ask.ts';
import { T0 } from '../../world.ts';

const CATALOGUE = catalogue(
  [
    { id: 'gpu_utilization', unit: 'ratio', meaning: 'leased', range: [0, 1] },
    { id: '<gpu>_price', unit: 'usd/gpu-hour', meaning: 'price', range: [0.01, 60] },
    { id: '<gpu>_spot_price', unit: 'usd/gpu-hour', meaning: 'price', range: [0.01, 60] },
  ],
  ['h100', 'a100', 'l4', 't4', 'h100_pcie'],
);
const GPUS = ['h100', 'a100', 'l4', 't4', 'h100_pcie'];

function source(...series: readonly string[]): Source {
  return {
    id: 'akash',
    title: 'Akash',
    homepage: 'https://example.com',
    every: 10 * MINUTE,
    series: series.map((id) => ({ id, refresh: null })),
    requests: () => [],
    parse: () => ({ samples: [], articles: [], dropped: [] }),
  };
}

const request = { url: 'https://example.com/' };
const answered = (reading: Partial<Reading>): Polled => ({
  request,
  reading: { samples: [], articles: [], dropped: [], ...reading },
  failed: null,
});
const failing = (failed: string): Polled => ({ ...answered({}), failed });
const sample = (series: string, value: number, at = T0): Sample => ({ series, value, at, source: 'akash' });

function rows(from: Source, ...polled: readonly Polled[]) {
  return seriesRows(from, polled, { catalogue: CATALOGUE, now: T0, maxAge: () => HOUR });
}
/** Without what is null. */
function short(all: readonly Row[]) {
  return all.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(([name, value]) => name !== 'source' && value !== null && value !== 0),
    ),
  );
}

describe('a row of a series', () => {
  const utilization = 'akash.gpu_utilization';

  it.each<[string, Sample, object]>([
    ['fresh', sample(utilization, 0.5), { verdict: 'ok' }],
    ['as old as it may be', sample(utilization, 0.5, T0 - HOUR), { verdict: 'ok' }],
    ['older', sample(utilization, 0.5, T0 - HOUR - 1), { verdict: 'stale', reason: 'past the 1h that it stays good' }],
    ['impossible', sample(utilization, 1.7), { verdict: 'out_of_range', reason: '170% is outside 0% to 100%' }],
    [
      'from the future',
      sample(utilization, 0.5, T0 + HOUR),
      { verdict: 'dropped', reason: 'is dated more than 5 minutes in the future' },
    ],
    [
      'of a metric that nobody declared',
      sample('akash.karma', 0.5),
      { verdict: 'dropped', reason: 'karma is not in metrics.yaml', unit: undefined },
    ],
  ])('that is %s has its verdict, with the value', (_, given, wanted) => {
    const [row] = short(rows(source(given.series), answered({ samples: [given] })));
    expect(row).toEqual({ series: given.series, value: given.value, unit: 'ratio', at: given.at, ...wanted });
  });

  it('shows the newest of several, and what is wrong with the others', () => {
    const samples = [3, 0, 1, 2].map((hours) => sample(utilization, hours === 2 ? 7 : 0.5, T0 - hours * MINUTE));
    expect(short(rows(source(utilization), answered({ samples })))).toEqual([
      { series: utilization, value: 0.5, unit: 'ratio', at: T0, verdict: 'ok', older: 3 },
      {
        series: utilization,
        verdict: 'out_of_range',
        reason: 'of the older figures: 700% is outside 0% to 100%',
      },
    ]);
  });

  it('that came with no figure says why: its own reason first, then that of its group, a failure, or nothing at all', () => {
    const series = [
      'akash.h100_price',
      'akash.a100_price',
      'akash.h100_pcie_price',
      'akash.h100_spot_price',
      utilization,
    ];
    const dropped: Dropped[] = [
      { what: 'akash.<gpu>_price', reason: 'no row has a price' },
      { what: 'akash.h100_price', reason: 'nobody bid on it' },
    ];
    const reasons = (...polled: Polled[]) => rows(source(...series), ...polled).map(({ reason }) => reason);
    const group = 'no row has a price';
    expect(reasons(answered({ dropped }))).toEqual([
      'nobody bid on it',
      group,
      group,
      'not in the answer',
      'not in the answer',
    ]);
    expect(reasons(answered({ dropped }), failing('answered 503'))).toEqual([
      'nobody bid on it',
      group,
      group,
      'answered 503',
      'answered 503',
    ]);
    expect(short(rows(source(utilization), failing('a'), failing('a'), failing('b')))).toEqual([
      { series: utilization, verdict: 'failed', reason: 'a; b' },
    ]);
  });

  it('is followed by rows of the answer that are none, each once', () => {
    const dropped = [
      ...Array.from({ length: 5 }, () => ({ what: 'offers', reason: 'no price' })),
      { what: utilization, reason: 'given twice' },
    ];
    const samples = [sample(utilization, 0.5)];
    expect(short(rows(source(utilization), answered({ samples, dropped }), failing('answered 404'))).slice(1)).toEqual([
      { verdict: 'dropped', reason: 'offers: no price (5 times)' },
      { series: utilization, verdict: 'dropped', reason: 'given twice' },
      { verdict: 'failed', reason: 'answered 404' },
    ]);
  });

  it('is usable where it could be recorded, old or new', () => {
    const usable = (given: Sample) => isUsable(rows(source(utilization), answered({ samples: [given] })));
    expect([sample(utilization, 0.5), sample(utilization, 0.5, 1e12)].map(usable)).toEqual([true, true]);
    expect([sample(utilization, 7), sample(utilization, 0.5, T0 + HOUR)].map(usable)).toEqual([false, false]);
  });
});

describe('a row of a feed', () => {
  const wire = { ...source(), id: 'wire' };
  it('counts items, and says what went wrong where there are none', () => {
    const dropped = [{ what: 'item 1', reason: 'no title' }];
    expect(feedRow(wire, [answered({ articles: [{} as never], dropped })])).toEqual({
      source: 'wire',
      feed: 'wire',
      items: 1,
      dropped: 1,
      verdict: 'ok',
      reason: null,
    });
    expect(feedRow(wire, [answered({ dropped })])).toMatchObject({ verdict: 'dropped', reason: 'item 1: no title' });
    expect(feedRow(wire, [answered({})])).toMatchObject({ items: 0, verdict: 'dropped', reason: 'holds no item' });
    expect(feedRow(wire, [failing('answered 404')])).toMatchObject({ verdict: 'failed', reason: 'answered 404' });
    expect(isUsable([feedRow(wire, [answered({ dropped })])])).toBe(false);
  });
});

describe('the table', () => {
  const prices = GPUS.map((gpu) => `akash.${gpu}_price`);
  const grid = rows(
    source('akash.gpu_utilization', ...prices),
    answered({ samples: [sample('akash.gpu_utilization', 0.5), sample('akash.h100_price', 2.5, T0 - 30 * MINUTE)] }),
  );

  it('lines up, and names what an answer lacks in one line', () => {
    expect(tableLines([{ source: 'akash', rows: grid }], T0, Number.POSITIVE_INFINITY)).toEqual([
      'Source  Series                          Value  Age      Verdict',
      '────────────────────────────────────────────────────────────────────────────────────',
      'akash   akash.gpu_utilization             50%  0s old   ok',
      'akash   akash.h100_price       $2.50/GPU-hour  30m old  ok',
      'akash   4 more not in this answer: akash.a100_price, akash.l4_price, akash.t4_price, akash.h100_pcie_price',
    ]);
  });

  it('says one reason once where many series share it, and few each for itself', () => {
    const shared = (series: readonly string[]) =>
      tableLines([{ source: 'akash', rows: rows(source(...series), failing('answered 503')) }], T0, 200).slice(2);
    expect(shared(prices.slice(0, 2))).toHaveLength(2);
    expect(shared(prices)).toEqual([
      'akash   akash.h100_price      –  –    failed: answered 503',
      'akash   4 more for the same reason: akash.a100_price, akash.l4_price, akash.t4_price, akash.h100_pcie_price',
    ]);
  });

  const many: readonly Row[] = [
    ...grid,
    ...rows(
      source('primeintellect.h100_pcie_spot_price'),
      failing('example.com/a/very/long/path/to/a/document.json: answered 503'),
    ),
    disabledRow('lambda', false, 'needs LAMBDA_API_KEY (https://cloud.lambda.ai/api-keys/cloud-api)'),
  ];
  it.each([60, 80, 100, 120, 200])('keeps within %i columns, and loses no reason', (width) => {
    const lines = tableLines(
      [
        { source: 'akash', rows: many },
        { source: 'a-source-with-quite-a-long-name', rows: grid },
        { source: 'wire', rows: [feedRow(source(), [answered({ dropped: [{ what: 'a', reason: 'no title' }] })])] },
      ],
      T0,
      width,
    );
    expect(lines.filter((line) => line.length > width)).toEqual([]);
    const words = lines.join(' ').replace(/\s+/g, ' ');
    for (const reason of ['answered 503', 'needs LAMBDA_API_KEY', 'no title', '4 more not in this answer'])
      expect(words).toContain(reason);
  });

  it('puts the source above its rows where there is no room beside them', () => {
    expect(tableLines([{ source: 'akash', rows: many.slice(0, 6) }], T0, 60)).toEqual([
      'akash',
      '  akash.gpu_utilization             50%  0s old   ok',
      '  akash.h100_price       $2.50/GPU-hour  30m old  ok',
      '    4 more not in this answer: akash.a100_price,',
      '    akash.l4_price, akash.t4_price, akash.h100_pcie_price',
    ]);
    const off = [{ source: 'lambda', rows: [disabledRow('lambda', false, 'switched off in sources.yaml')] }];
    expect(tableLines(off, T0, 40)).toEqual(['lambda  disabled: switched off in', '        sources.yaml']);
  });
});
