import { describe, expect, test } from 'vitest';
import { defillama } from '../../../src/sources/metrics/defillama.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';

const source = defillama({});
const FEES = requestOf(source, 'render-network-bme');
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

describe('the last complete UTC day', () => {
  test('stands at the end of its day; the running one is left out', () => {
    const reading = source.parse(replyOf(fees), FEES, NOW);
    expect(reading.samples).toEqual([
      { series: 'render.revenue', at: Date.parse('2026-07-17T00:00:00Z'), value: 3200.25, source: 'defillama' },
    ]);
    expect(reading.dropped).toEqual([]);
  });

  test('at midnight sharp the day just over counts', () => {
    const reading = source.parse(replyOf(fees), FEES, Date.parse('2026-07-18T00:00:00Z'));
    expect(valuesOf(reading)).toEqual({ 'render.revenue': 900 });
  });

  test('a chart that stopped gives an old sample, in any order', () => {
    const chart = [fees.totalDataChart[1], fees.totalDataChart[0]];
    const reading = source.parse(replyOf({ ...fees, totalDataChart: chart }), FEES, NOW + 30 * 86_400_000);
    expect(reading.samples[0]).toMatchObject({ at: Date.parse('2026-07-17T00:00:00Z'), value: 3200.25 });
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

  test('an answer in words is no figure', () => {
    const reading = source.parse(
      { bytes: new TextEncoder().encode('Fees for X not found'), contentType: 'text/plain', modified: null },
      FEES,
      NOW,
    );
    expect(reasonsOf(reading)['render.revenue']).toBe('the body is not JSON');
  });
});

survivesAnything(source, FEES, fees);
