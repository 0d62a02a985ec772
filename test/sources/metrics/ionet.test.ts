import { describe, expect, test } from 'vitest';
import { DAY, MINUTE } from '../../../src/core/time.ts';
import { ionet } from '../../../src/sources/metrics/ionet.ts';
import { ionet as provider } from '../../providers/ionet.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf, routeOf } from '../parse.ts';

const source = ionet({});
const SNAPSHOT = requestOf(source, 'market-snapshot');
const INFO = source.requests().find(({ url }) => url.endsWith('/network/info')) ?? SNAPSHOT;
const EARNINGS = requestOf(source, 'total-earnings-summary');

const read = (body: unknown, request = SNAPSHOT, now = NOW) => source.parse(replyOf(body), request, now);

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
  expect(source.every).toBe(15 * MINUTE);
});

describe('the market snapshot', () => {
  const row = (id: number, total: number, idle: number, hired: number) => ({ id, type: 'GPU', total, idle, hired });
  const snapshot = (...data: unknown[]) => ({ status: 'succeeded', data });

  test('sums over all models, and holds at now', () => {
    const reading = read(snapshot(row(1, 300, 250, 50), row(2, 100, 0, 100)));
    expect(valuesOf(reading)).toEqual({
      'ionet.gpu_utilization': 0.375,
      'ionet.gpus_leased': 150,
      'ionet.gpus_total': 400,
    });
    expect(reading.samples.every(({ at }) => at === NOW)).toBe(true);
    expect(reading.dropped).toEqual([]);
  });

  test('CPUs are no GPUs; the type is read in any case', () => {
    const reading = read(snapshot({ ...row(1, 100, 50, 50), type: 'gpu' }, { ...row(2, 9000, 9000, 0), type: 'CPU' }));
    expect(valuesOf(reading)['ionet.gpus_total']).toBe(100);
  });

  test('a row given twice counts once, and contradicting rows spoil the sums', () => {
    expect(valuesOf(read(snapshot(row(1, 100, 40, 60), row(1, 100, 40, 60))))['ionet.gpus_leased']).toBe(60);
    const torn = read(snapshot(row(1, 100, 40, 60), row(1, 100, 30, 70)));
    expect(torn.samples).toEqual([]);
    expect(reasonsOf(torn)['ionet.gpus_total']).toBe('id 1 is in the answer twice, with different figures');
  });

  test.each([
    ['more hired and idle than there are', row(2, 100, 60, 50), 'data.1: more GPUs are hired and idle than there are'],
    ['a count in quotes', { ...row(2, 1, 0, 0), total: '100' }, 'data.1: total: expected number, received string'],
    ['a count that is null', { ...row(2, 1, 0, 0), hired: null }, 'data.1: hired: expected number, received null'],
    ['half a GPU', row(2, 100, 50.5, 49.5), 'data.1: idle: expected int, received number'],
    ['a type nobody knows', { ...row(2, 1, 0, 0), type: 'TPU' }, 'data.1: type: is neither GPU nor CPU'],
  ])('%s spoils the sums', (_, odd, reason) => {
    const reading = read(snapshot(row(1, 100, 50, 50), odd));
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)).toEqual({
      'ionet.gpu_utilization': reason,
      'ionet.gpus_leased': reason,
      'ionet.gpus_total': reason,
    });
  });

  test('no GPU at all is a failure, not a utilization', () => {
    const reading = read(snapshot(row(1, 0, 0, 0)));
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['ionet.gpu_utilization']).toMatch('a dead endpoint');
  });

  test('registered GPUs are never the denominator', () => {
    const reading = read(snapshot(row(1, 327_000, 325_600, 1400)));
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['ionet.gpu_utilization']).toBe(
      'it counts 327000 GPUs: the registered ones, not those that are online',
    );
  });

  test('an envelope that did not succeed gives nothing', () => {
    const reading = read({ ...snapshot(row(1, 10, 5, 5)), status: 'failed' });
    expect(reasonsOf(reading)['ionet.gpus_total']).toBe('status: is not "succeeded"');
    expect(read({ data: [row(1, 10, 5, 5)] }).samples).toEqual([]);
  });
});

describe('the network info', () => {
  const info = (data: unknown) => read({ status: 'succeeded', data }, INFO);
  const all = {
    'ionet.gpus_registered': 1000,
    'ionet.gpus_verified': 300,
    'ionet.gpus_active': 20,
  };

  test.each([
    ['at the top', { total_gpus: 1000, gpus_verified: 300, cluster_ready_gpus: 20 }],
    ['below gpus', { gpus: { total: 1000, verified: 300, active: 20 }, cpus: { total: 9, verified: 8, active: 7 } }],
    ['below gpu', { gpu: { registered: 1000, verified: 300, cluster_ready: 20 }, total: 5000 }],
    [
      'of the network named io.net',
      [
        { name: 'io.net', total_gpu: 1000, verified_gpu: 300, active_gpu: 20 },
        { name: 'render', total_gpu: 23_651, verified_gpu: 1, active_gpu: 1 },
      ],
    ],
  ])('is found %s', (_, data) => {
    const reading = info(data);
    expect(valuesOf(reading)).toEqual(all);
    expect(reading.dropped).toEqual([]);
  });

  test('an unknown shape says so, and how to save it', () => {
    const reading = info({ total: 1_060_000, devices: { online: 1446 } });
    expect(reading.samples).toEqual([]);
    expect(Object.keys(reasonsOf(reading))).toEqual(Object.keys(all));
    expect(reasonsOf(reading)['ionet.gpus_active']).toBe(
      'no field such as active_gpus is in it; the shape of this answer is not known: save it with `tierwatch probe ionet --record DIR`',
    );
  });

  test('of two names that fit nobody knows which is meant', () => {
    const reading = info({ total_gpus: 1000, verified_gpus: 300, active_gpus: 40, cluster_ready_gpus: 20 });
    expect(valuesOf(reading)).toEqual({ 'ionet.gpus_registered': 1000, 'ionet.gpus_verified': 300 });
    expect(reasonsOf(reading)['ionet.gpus_active']).toMatch(
      'data.active_gpus and data.cluster_ready_gpus both fit; the shape',
    );
  });

  test.each([
    ['more active than verified', { total_gpus: 1000, verified_gpus: 300, active_gpus: 301 }],
    ['more verified than registered', { total_gpus: 299, verified_gpus: 300, active_gpus: 20 }],
    ['more active than registered', { total_gpus: 10, active_gpus: 20 }],
  ])('%s: none of them is trusted', (_, data) => {
    const reading = info(data);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['ionet.gpus_registered']).toMatch('not active <= verified <= registered');
    expect(Object.keys(reasonsOf(reading)).toSorted()).toEqual(Object.keys(all).toSorted());
  });

  test('one broken figure costs itself only', () => {
    const reading = info({ total_gpus: 1000, verified_gpus: '300', active_gpus: 20 });
    expect(valuesOf(reading)).toEqual({ 'ionet.gpus_registered': 1000, 'ionet.gpus_active': 20 });
    expect(reasonsOf(reading)['ionet.gpus_verified']).toBe('data.verified_gpus: expected number, received string');
  });

  test('an envelope that did not succeed gives nothing; one without a status may', () => {
    const data = { total_gpus: 1000, verified_gpus: 300, active_gpus: 20 };
    expect(read({ status: 'failed', data }, INFO).samples).toEqual([]);
    expect(valuesOf(read({ data }, INFO))).toEqual(all);
  });
});

describe('the earnings', () => {
  const earnings = (...data: unknown[]) => read({ status: 'succeeded', data }, EARNINGS);
  const day = (date: unknown, daily_earnings: unknown) => ({ date, daily_earnings, total_earnings: 27_000_000 });

  test('all complete days, each at its end; the running one is left out', () => {
    const reading = earnings(day('2026-07-15', 20_100.5), day('2026-07-16', 21_000), day('2026-07-17', 900));
    expect(reading.samples).toEqual([
      { series: 'ionet.revenue', at: Date.parse('2026-07-16'), value: 20_100.5, source: 'ionet' },
      { series: 'ionet.revenue', at: Date.parse('2026-07-17'), value: 21_000, source: 'ionet' },
    ]);
    expect(reading.dropped).toEqual([]);
  });

  test('at midnight sharp the day just over counts', () => {
    const body = { data: [day('2026-07-17', 900)] };
    expect(read(body, EARNINGS, Date.parse('2026-07-18')).samples[0]?.at).toBe(Date.parse('2026-07-18'));
    expect(read(body, EARNINGS, Date.parse('2026-07-18') - 1).samples).toEqual([]);
  });

  test.each([
    ['date', '2026-07-16 00:00:00'],
    ['date', '2026-07-16T00:00:00.000Z'],
    ['day', '2026-07-16'],
    ['timestamp', Date.parse('2026-07-16') / 1000],
    ['timestamp', Date.parse('2026-07-16')],
  ])('the day may stand in %s as %s', (key, value) => {
    const reading = earnings({ [key]: value, daily_earnings: 5 });
    expect(reading.samples.map(({ at }) => at)).toEqual([Date.parse('2026-07-17')]);
  });

  test.each([['no day'], [null], ['yesterday'], ['2026-07-16T09:30:00Z'], [0], [Date.parse('2026-07-16') + 1]])(
    'a row whose day is %s cannot be told from last month',
    (date) => {
      const reading = earnings(date === 'no day' ? { daily_earnings: 5 } : day(date, 5));
      expect(reading.samples).toEqual([]);
      expect(reading.dropped[0]?.reason).toMatch('tierwatch probe ionet --record DIR');
    },
  );

  test('0 is a dead job, and so is the figure of the day before', () => {
    const reading = earnings(day('2026-07-13', 7), day('2026-07-14', 7), day('2026-07-15', 7), day('2026-07-16', 0));
    expect(reading.samples.map(({ at }) => at)).toEqual([Date.parse('2026-07-14')]);
    expect(reading.dropped.map(({ reason }) => reason)).toEqual([
      'a day repeats the day before to the cent, as a dead job does (2 rows)',
      'a day earned 0, which a dead job says too',
    ]);
  });

  test('a day given twice counts once, with two figures not at all', () => {
    const reading = earnings(day('2026-07-15', 5), day('2026-07-15', 5), day('2026-07-16', 6), day('2026-07-16', 8));
    expect(reading.samples.map(({ value }) => value)).toEqual([5]);
    expect(reading.dropped[0]?.reason).toBe('a day is in the answer twice, with different figures');
  });

  test('a broken figure costs its day only', () => {
    const reading = earnings(day('2026-07-15', 5), day('2026-07-16', '6'));
    expect(reading.samples.map(({ value }) => value)).toEqual([5]);
    expect(reading.dropped[0]?.reason).toBe('daily_earnings: expected number, received string');
  });

  test('no more days than are kept', () => {
    const midnight = Math.floor(NOW / DAY) * DAY;
    const reading = earnings(...Array.from({ length: 1000 }, (_, back) => day(midnight - back * DAY, 10 + back)));
    expect(reading.samples.length).toBe(800);
    expect(reading.dropped).toEqual([]);
  });
});

for (const request of [SNAPSHOT, INFO, EARNINGS])
  survivesAnything(source, request, routeOf(provider, request, NOW).body);
