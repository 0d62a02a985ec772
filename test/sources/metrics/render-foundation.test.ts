import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/core/time.ts';
import { renderFoundation } from '../../../src/sources/metrics/render-foundation.ts';
import { renderFoundation as provider } from '../../providers/render-foundation.ts';
import { NOW, reasonsOf, replyOf, requestOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf, routeOf } from '../parse.ts';

const source = renderFoundation({});
const BURNS = requestOf(source, 'epochBurnStats');
const OWED = requestOf(source, 'liabilityEpochs');

/** NOW is Friday, 2026-07-17: epoch 134 ended on Wednesday, 135 runs. */
const ENDED = Date.parse('2026-07-15');

const epoch = (id: unknown, start: string, end: string, burnedRender: unknown) => ({
  id,
  startDate: `${start}T00:00:00.000Z`,
  endDate: `${end}T00:00:00.000Z`,
  burnedRender,
});
const burned = (body: unknown, now = NOW) => source.parse(replyOf(body), BURNS, now);
const minted = (body: unknown, now = NOW) => source.parse(replyOf(body), OWED, now);

test('gives what its provider says, now and years from now', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
  expect(newestOf(readingOf(source, provider, NOW + 1000 * DAY))).toEqual(provider.gives);
});

test('asks as the dashboard of the Foundation does', () => {
  for (const { headers } of source.requests())
    expect(headers).toEqual({
      origin: 'https://stats.renderfoundation.com',
      referer: 'https://stats.renderfoundation.com/',
    });
  expect(BURNS.body).toBe('{"start":0}');
  expect(OWED.body).toBeUndefined();
});

describe('burns', () => {
  test('all epochs that are over, by their days, each at its end', () => {
    const reading = burned([
      epoch(135, '2026-07-15', '2026-07-22', 900),
      epoch(133, '2026-07-01', '2026-07-08', 7000),
      epoch(134, '2026-07-08', '2026-07-15', 62_300),
    ]);
    expect(reading.samples.map(({ at, value }) => [at, value])).toEqual([
      [Date.parse('2026-07-08'), 1000],
      [ENDED, 8900],
    ]);
    expect(reading.dropped).toEqual([]);
  });

  test('an epoch that is over is not taken for the running one, be it the last', () => {
    expect(valuesOf(burned([epoch(134, '2026-07-08', '2026-07-15', 7000)]))).toEqual({ 'render.burned': 1000 });
  });

  test('a figure may be the text of a decimal number', () => {
    for (const [text, value] of [
      ['7000', 1000],
      ['7000.0', 1000],
      ['12.25', 1.75],
    ] as const)
      expect(valuesOf(burned([epoch(134, '2026-07-08', '2026-07-15', text)]))).toEqual({ 'render.burned': value });
    const twice = ['7000', 7000].map((figure) => epoch(134, '2026-07-08', '2026-07-15', figure));
    expect(valuesOf(burned(twice))).toEqual({ 'render.burned': 1000 });
  });

  test('at the last moment of an epoch it is over', () => {
    const list = [epoch(134, '2026-07-08', '2026-07-15', 7000)];
    expect(burned(list, ENDED).samples).toHaveLength(1);
    expect(burned(list, ENDED - 1).samples).toEqual([]);
  });

  test.each([
    ['data', { data: [epoch(134, '2026-07-08', '2026-07-15', 7000)] }],
    ['epochs', { epochs: [epoch(134, '2026-07-08', '2026-07-15', 7000)] }],
    ['data.epochs', { data: { epochs: [epoch(134, '2026-07-08', '2026-07-15', 7000)] }, success: true }],
  ])('the list may stand below %s', (_, body) => {
    expect(valuesOf(burned(body))).toEqual({ 'render.burned': 1000 });
  });

  test('without dates an epoch is dated by its number', () => {
    const reading = burned([
      { id: 134, burnedRender: 7000 },
      { id: 135, burnedRender: 12 },
    ]);
    expect(reading.samples).toEqual([{ series: 'render.burned', at: ENDED, value: 1000, source: 'render-foundation' }]);
    expect(reading.dropped).toEqual([]);
  });

  test('the numbers fit the dates that the Foundation published', () => {
    const recorded = [
      [1, '2023-12-27'],
      [12, '2024-03-13'],
      [52, '2024-12-18'],
      [76, '2025-06-04'],
      [97, '2025-10-29'],
    ] as const;
    for (const [id, end] of recorded) {
      const now = Date.parse(end) + DAY;
      expect(burned([{ id, burnedRender: 7 }], now).samples[0]?.at).toBe(Date.parse(end));
    }
  });

  test('numbers that run ahead of the weeks are not dated by them', () => {
    const reading = burned([{ id: 150, burnedRender: 1000 }]);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['render.burned of row 0']).toBe(
      'epoch 150 is not dated, and epochs no longer last a week',
    );
  });

  test('epochs of a day have their own length', () => {
    expect(valuesOf(burned([epoch(400, '2026-07-16', '2026-07-17', 1234)]))).toEqual({ 'render.burned': 1234 });
  });

  test('an epoch that ended two hours late lasted a week', () => {
    const late = {
      id: 134,
      startDate: '2026-07-08T00:00:00Z',
      endDate: '2026-07-15T02:00:00Z',
      burnedRender: 7000,
    };
    expect(burned([late]).samples[0]).toMatchObject({ at: ENDED + 2 * 3_600_000, value: 1000 });
  });

  test('totals are no epochs', () => {
    const reading = burned([
      epoch(134, '2026-07-08', '2026-07-15', 7000),
      epoch(10_000, '2026-07-08', '2026-07-15', 9e6),
      { id: 99_999, burnedRender: 1e9 },
    ]);
    expect(valuesOf(reading)).toEqual({ 'render.burned': 1000 });
    expect(reading.dropped).toEqual([]);
  });

  const odd: readonly (readonly [string, unknown, RegExp])[] = [
    ['a burn of 0', 0, /0 or less: not settled yet, or failed/],
    ['null', null, /received null/],
    ['a text of 0', '0', /0 or less/],
    ['a text too long for a number', '9'.repeat(400), /received Infinity/],
    ...['', ' 7000', '7000 ', '-7', '+7', '7e3', '7,000', '7.', '.7', '0x1f', 'NaN', 'Infinity', '٧'].map(
      (text) => [`the text "${text}"`, text, /received string/] as const,
    ),
    ['a list', ['7000'], /received array/],
    ['less than nothing', -7, /0 or less/],
  ];
  test.each(odd)('%s is no burn', (_, value, reason) => {
    const reading = burned([epoch(134, '2026-07-08', '2026-07-15', value)]);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['render.burned of row 0']).toMatch(reason);
  });

  test.each([
    ['the other way round', '2026-07-15', '2026-07-08', /lasts -7 days/],
    ['of years', '2024-07-01', '2026-07-08', /lasts 737 days/],
    ['before any epoch', '1970-01-01', '1970-01-08', /before there were epochs/],
    ['in words', 'last week', 'today', /not two instants/],
  ])('dates %s are refused', (_, start, end, reason) => {
    const reading = burned([epoch(134, start, end, 7000)]);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['render.burned of row 0']).toMatch(reason);
  });

  test('epochs older than what is kept are left out', () => {
    const reading = burned([epoch(134, '2026-07-08', '2026-07-15', 7000), epoch(12, '2024-03-06', '2024-03-13', 1864)]);
    expect(reading.samples.map(({ at }) => at)).toEqual([ENDED]);
    expect(reading.dropped).toEqual([]);
  });

  test('a number that is no integer is no epoch', () => {
    expect(burned([epoch('134', '2026-07-08', '2026-07-15', 7)]).samples).toEqual([]);
    expect(burned([epoch(134.5, '2026-07-08', '2026-07-15', 7)]).samples).toEqual([]);
  });

  test('an epoch given twice counts once, with two figures not at all', () => {
    const row = epoch(134, '2026-07-08', '2026-07-15', 7000);
    expect(burned([row, row]).samples).toHaveLength(1);
    const reading = burned([row, { ...row, burnedRender: 14_000 }]);
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['render.burned of epoch 134']).toMatch('twice, with different figures');
  });
});

describe('mints', () => {
  const row = (epochId: number, channel: string, start: string, end: string, render: number) => ({
    epochId,
    channel,
    start: `${start}T00:00:00.000Z`,
    end: `${end}T00:00:00.000Z`,
    amountDue: render * 1e8,
  });
  const work = row(134, 'node_operator', '2026-07-08', '2026-07-15', 14_000);

  test('are the sum over the channels, in RENDER a day', () => {
    const reading = minted({ epochs: [work, row(134, 'availability', '2026-07-08', '2026-07-15', 2800)] });
    expect(reading.samples).toEqual([{ series: 'render.minted', at: ENDED, value: 2400, source: 'render-foundation' }]);
    expect(reading.dropped).toEqual([]);
  });

  test('other channels have numbers of their own, and count by their days', () => {
    const monthly = row(34, 'open_compute', '2026-07-01', '2026-07-31', 3000);
    expect(valuesOf(minted({ epochs: [work, monthly] }))).toEqual({ 'render.minted': 2100 });
    // The number of another channel's epoch means other days: it is not added to the epoch of the same number.
    const old = row(134, 'render_compute_network', '2026-01-05', '2026-01-12', 7000);
    expect(valuesOf(minted({ epochs: [work, old] }))).toEqual({ 'render.minted': 2000 });
  });

  test('rewards for moving to Solana are no pay for work', () => {
    const moving = row(9, 'upgrade', '2026-06-15', '2026-07-15', 91_262);
    expect(valuesOf(minted({ epochs: [work, moving] }))).toEqual({ 'render.minted': 2000 });
  });

  test('the running epoch is left out', () => {
    const reading = minted({ epochs: [work, row(135, 'node_operator', '2026-07-15', '2026-07-22', 400)] });
    expect(reading.samples.map(({ at }) => at)).toEqual([ENDED]);
  });

  test('an epoch waits for the channels that the one before had', () => {
    const before = [
      row(133, 'node_operator', '2026-07-01', '2026-07-08', 14_000),
      row(133, 'availability', '2026-07-01', '2026-07-08', 2800),
    ];
    const reading = minted({ epochs: [...before, work] });
    expect(reading.samples.map(({ at }) => at)).toEqual([Date.parse('2026-07-08')]);
    const whole = minted({ epochs: [...before, work, row(134, 'availability', '2026-07-08', '2026-07-15', 2800)] });
    expect(whole.samples.map(({ value }) => value)).toEqual([2400, 2400]);
  });

  test('without dates only the weekly channels can be dated', () => {
    const bare = (epochId: number, channel: string, render: number) => ({ epochId, channel, amountDue: render * 1e8 });
    const reading = minted({
      epochs: [bare(134, 'node_operator', 14_000), bare(134, 'availability', 2800), bare(134, 'open_compute', 9e6)],
    });
    expect(reading.samples).toEqual([{ series: 'render.minted', at: ENDED, value: 2400, source: 'render-foundation' }]);
  });

  test('an amount that cannot be read spoils its epoch only', () => {
    const reading = minted({
      epochs: [
        row(133, 'node_operator', '2026-07-01', '2026-07-08', 14_000),
        work,
        { ...row(34, 'open_compute', '2026-07-10', '2026-07-15', 1), amountDue: '-100000000' },
      ],
    });
    expect(reading.samples.map(({ at }) => at)).toEqual([Date.parse('2026-07-08')]);
    expect(reading.dropped).toEqual([
      { what: 'render.minted of 1 epochs', reason: 'an amount that belongs to it is not readable, or 0' },
    ]);
  });

  test('an amount may be the text of a whole number', () => {
    const other = row(134, 'availability', '2026-07-08', '2026-07-15', 0);
    const written = {
      epochs: [
        { ...work, amountDue: '1400000000000' },
        { ...other, amountDue: '280000000000' },
      ],
    };
    expect(valuesOf(minted(written))).toEqual({ 'render.minted': 2400 });
    for (const odd of ['0.5', '1e12', '', '280000000000 ', '9007199254740993'])
      expect(minted({ epochs: [work, { ...other, amountDue: odd }] }).samples).toEqual([]);
  });

  test('nothing owed for work is a failure', () => {
    for (const nothing of [0, '0']) expect(minted({ epochs: [{ ...work, amountDue: nothing }] }).samples).toEqual([]);
  });

  test('a row that does not tell its days spoils all', () => {
    for (const odd of [null, { ...work, epochId: 'x' }, { ...work, channel: '' }, { ...work, end: 'soon' }]) {
      const reading = minted({ epochs: [row(133, 'node_operator', '2026-07-01', '2026-07-08', 14_000), odd] });
      expect(reading.samples).toEqual([]);
      expect(reading.dropped).toHaveLength(1);
      expect(reading.dropped[0]?.reason).toMatch(/^row 1: /);
    }
  });

  test('a row given twice counts once, with two amounts nothing counts', () => {
    expect(valuesOf(minted({ epochs: [work, work] }))).toEqual({ 'render.minted': 2000 });
    const reading = minted({ epochs: [work, { ...work, amountDue: 1 }] });
    expect(reading.samples).toEqual([]);
    expect(reasonsOf(reading)['render.minted']).toMatch('twice, with different figures');
  });

  test('the order of rows changes nothing, not even the last digit', () => {
    const unit = (channel: string, amountDue: number) => ({
      ...row(1, channel, '2026-07-07', '2026-07-17', 0),
      amountDue,
    });
    const rows = [{ ...work, amountDue: 1 }, unit('a', 1), unit('b', 1), unit('c', 17)];
    expect(minted({ epochs: rows.toReversed() })).toEqual(minted({ epochs: rows }));
  });

  test('epochs older than what is kept are left out', () => {
    const reading = minted({ epochs: [work, row(1, 'node_operator', '2023-12-20', '2023-12-27', 39_787)] });
    expect(reading.samples.map(({ at }) => at)).toEqual([ENDED]);
    expect(reading.dropped).toEqual([]);
  });
});

survivesAnything(source, BURNS, routeOf(provider, BURNS, NOW).body);
survivesAnything(source, OWED, routeOf(provider, OWED, NOW).body, { names: ['channel'] });
