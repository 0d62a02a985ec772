import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/core/time.ts';
import { defillama } from '../../../src/sources/metrics/defillama.ts';
import { defillama as provider } from '../../providers/defillama.ts';
import { NOW, reasonsOf, replyOf, requestOf, textReply, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = defillama({});
const FEES = requestOf(source, 'render-network-bme');
const CHUTES = requestOf(source, '/chutes');
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / 1000;
const fees = {
  name: 'Render Network BME',
  latestFetchIsOk: true,
  total24h: 3300,
  totalDataChart: [
    [day('2026-07-15'), 3100.5],
    [day('2026-07-16'), 3200.25],
    [day('2026-07-17'), 900],
  ],
};

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

describe('complete UTC days', () => {
  test('all of them, each at its end; the running one is left out', () => {
    const reading = source.parse(replyOf(fees), FEES, NOW);
    expect(reading.samples).toEqual([
      { series: 'render.revenue', at: Date.parse('2026-07-16T00:00:00Z'), value: 3100.5, source: 'defillama' },
      { series: 'render.revenue', at: Date.parse('2026-07-17T00:00:00Z'), value: 3200.25, source: 'defillama' },
    ]);
    expect(reading.dropped).toEqual([]);
  });

  test('of Chutes the same', () => {
    const reading = source.parse(replyOf(fees), CHUTES, NOW);
    expect(reading.samples.map(({ series, value }) => [series, value])).toEqual([
      ['chutes.revenue', 3100.5],
      ['chutes.revenue', 3200.25],
    ]);
  });

  test('at midnight sharp the day just over counts', () => {
    const reading = source.parse(replyOf(fees), FEES, Date.parse('2026-07-18T00:00:00Z'));
    expect(valuesOf(reading)).toEqual({ 'render.revenue': 900 });
    expect(source.parse(replyOf(fees), FEES, Date.parse('2026-07-18T00:00:00Z') - 1).samples).toHaveLength(2);
  });

  test('a chart that stopped gives old samples, in any order', () => {
    const chart = fees.totalDataChart.slice(0, 2).toReversed();
    const reading = source.parse(replyOf({ ...fees, totalDataChart: chart }), FEES, NOW + 30 * DAY);
    expect(reading.samples.map(({ at }) => at).toSorted()).toEqual([
      Date.parse('2026-07-16'),
      Date.parse('2026-07-17'),
    ]);
  });

  test('no more days than are kept', () => {
    const midnight = day('2026-07-17');
    const totalDataChart = Array.from({ length: 1200 }, (_, back) => [midnight - back * 86_400, back]);
    const reading = source.parse(replyOf({ ...fees, totalDataChart }), FEES, NOW);
    expect(reading.samples).toHaveLength(800);
    expect(Math.min(...reading.samples.map(({ at }) => at))).toBeGreaterThan(NOW - 800 * DAY);
    expect(reading.dropped).toEqual([]);
  });

  test('a day given twice counts once, with two figures not at all', () => {
    const [first, second] = fees.totalDataChart;
    const totalDataChart = [first, first, second, [second?.[0], 1]];
    const reading = source.parse(replyOf({ ...fees, totalDataChart }), FEES, NOW);
    expect(reading.samples.map(({ value }) => value)).toEqual([3100.5]);
    expect(reading.dropped).toEqual([
      { what: '1 points of the chart', reason: 'in the chart twice, with different figures' },
    ]);
  });

  test('a fetch that failed on their side gives nothing', () => {
    const reading = source.parse(replyOf({ ...fees, latestFetchIsOk: false }), FEES, NOW);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['render.revenue']).toContain('its own last fetch failed');
  });

  test.each([
    ['an empty chart', []],
    ['only the running day', [[day('2026-07-17'), 900]]],
    ['days to come', [[day('2027-01-01'), 1]]],
    ['milliseconds', [[day('2026-07-15') * 1000, 1]]],
    ['the middle of a day', [[day('2026-07-15') + 3600, 1]]],
    ['a text for a day', [[String(day('2026-07-15')), 1]]],
    ['null for a figure', [[day('2026-07-15'), null]]],
  ])('%s gives no sample and a reason', (_, totalDataChart) => {
    const reading = source.parse(replyOf({ ...fees, totalDataChart }), FEES, NOW);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['render.revenue']).toBe('the chart has no complete day');
  });

  test('an unknown slug answers in words, which are no figure', () => {
    const reading = source.parse(textReply('Fees for X not found'), FEES, NOW);
    expect(reasonsOf(reading)['render.revenue']).toBe('the body is not JSON');
  });
});

survivesAnything(source, FEES, fees);
survivesAnything(source, CHUTES, fees);
