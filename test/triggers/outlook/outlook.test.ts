/** What would make rules fire or end, in words and with its date: figures, reports, dates, several rules, too little known. */
import { Map as Table } from 'immutable';
import { describe, expect, it } from 'vitest';
import type { TierChange } from '../../../src/core/change.ts';
import type { RuleState } from '../../../src/core/events.ts';
import type { Sample } from '../../../src/core/series.ts';
import { ruleKey } from '../../../src/core/state.ts';
import { DAY, HOUR, type Instant, MINUTE, toIso } from '../../../src/core/time.ts';
import { standings } from '../../../src/triggers/judge/standings.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { replay } from '../../../src/triggers/replay/replay.ts';
import { bookOf } from '../../../src/triggers/rule/book.ts';
import { daily, LADDER, report, T0 } from '../../world.ts';
import { bookWith, boundedRule, judged } from '../futures.ts';

type Written = Record<string, unknown>;

const FLOOR = {
  when: 'avg(gpu_utilization, 7d) < 20%',
  for: '14d',
  clear: 'avg(gpu_utilization, 7d) > 25%',
  keepFiringFor: '3d',
  effect: { lower: 1 },
};

/** Hourly samples from T0 on, one level a day. */
function hourly(levels: readonly number[], series = 'akash.gpu_utilization'): readonly Sample[] {
  return daily(
    series,
    levels.flatMap((level) => Array<number>(24).fill(level)),
    HOUR,
  );
}

/** Judged every hour of so many days. */
function over(days: number): readonly Instant[] {
  return Array.from({ length: days * 24 }, (_, hour) => T0 + hour * HOUR);
}

function outlook(written: Written, samples: readonly Sample[], days: number, news: Parameters<typeof judged>[3] = []) {
  const [standing] = judged(bookWith(boundedRule(written)), samples, over(days), news).standings();
  return standing?.outlook ?? expect.fail('no rule is judged');
}

describe('an outlook', () => {
  it('names what brings a tier back, and the earliest day', () => {
    const back = outlook(FLOOR, hourly(Array<number>(30).fill(0.13)), 30);
    // At 100% from now on, the average of 168 samples exceeds 25% with the 24th: a day, and then three.
    expect(back).toMatchObject({
      to: 'end',
      tier: 'watching',
      sure: true,
      path: [{ series: 'akash.gpu_utilization', level: 1 }],
    });
    expect(toIso(back.at ?? 0)).toBe('2026-02-03T23:00:00Z');
    expect(back.says).toBe(
      'Watching again if the 7d average of akash.gpu_utilization stays above 25% for 3d: 2026-02-03 at the earliest',
    );
  });

  it('names what lowers it', () => {
    const down = outlook(FLOOR, hourly(Array<number>(30).fill(0.3)), 30);
    expect(down.path).toEqual([{ series: 'akash.gpu_utilization', level: 0 }]);
    expect(down.says).toBe(
      'Avoid if the 7d average of akash.gpu_utilization stays below 20% for 14d: 2026-02-16 at the earliest',
    );
  });

  it('counts what has been held already, and not what was unknown', () => {
    const pending = outlook(FLOOR, hourly([...Array<number>(8).fill(0.31), ...Array<number>(12).fill(0)]), 20);
    expect(toIso(pending.at ?? 0)).toBe('2026-01-25T11:00:00Z');
    const gap = hourly(Array<number>(20).fill(0)).filter(({ at }) => at < T0 + 10 * DAY || at >= T0 + 14 * DAY);
    // Judged from 5d 15h on, when four fifths of the window are covered; not from 11d 12h to 19d 15h, for the gap in it.
    const frozen = outlook(FLOOR, gap, 20);
    expect(toIso(frozen.at ?? 0)).toBe('2026-01-28T18:00:00Z');
  });

  it('is of a rule without clear what its condition denies, joined as logic has it', () => {
    const written = {
      when: 'not (gpu_utilization >= 20% or gpus_leased > 50) and now > 2026-01-02',
      effect: { lower: 1 },
    };
    const samples = [...hourly(Array<number>(4).fill(0.1)), ...hourly(Array<number>(4).fill(9), 'akash.gpus_leased')];
    expect(outlook(written, samples, 4)).toMatchObject({
      condition:
        'akash.gpu_utilization is at least 20% or akash.gpus_leased is above 50 GPUs or the date is no later than 2026-01-02',
      sure: true,
    });
    expect(outlook({ ...written, for: '9d' }, samples, 4).condition).toBe(
      'akash.gpu_utilization stays below 20% and akash.gpus_leased stays at most 50 GPUs and the date stays after 2026-01-02 for 9d',
    );
    const mixed = { when: '(gpu_utilization < 20% or gpus_leased > 50) and now > 2026-01-09', effect: { lower: 1 } };
    expect(outlook(mixed, samples, 4).condition).toBe(
      '(akash.gpu_utilization is below 20% or akash.gpus_leased is above 50 GPUs) and the date is after 2026-01-09',
    );
  });

  it('waits for reports to grow old, or supposes as many as are lacking', () => {
    const written = { when: 'news(lab_training, 20d) >= 3', for: '2d', effect: { raise: 1 } };
    const news = ['One', 'Two', 'Three'].map((outlet, day) => report(T0 + day * DAY, outlet, { network: 'akash' }));
    const old = outlook(written, [], 10, news);
    expect(old).toMatchObject({ to: 'end', at: T0 + 20 * DAY, reports: 0, sure: true });
    expect(old.says).toContain('in 20d is below 3: 2026-01-21 at the earliest');
    const two = outlook(written, [], 10, news.slice(1));
    expect(two).toMatchObject({ to: 'fire', reports: 1, at: T0 + 10 * DAY - HOUR + MINUTE + 2 * DAY });
    expect(outlook(written, [], 10)).toMatchObject({ reports: 3, at: two.at });
    expect(outlook({ ...written, when: 'news(lab_training, 20d) > 2' }, [], 10, news.slice(1)).reports).toBe(1);
    expect(two.says).toBe(
      'Conviction if the number of independent outlets reporting lab training on akash in 20d stays at least 3 for 2d: 2026-01-12 at the earliest',
    );
  });

  it('knows dates without any data, as far as it looks', () => {
    const date = (text: string) => outlook({ when: `now >= ${text}`, effect: { lower: 1 } }, [], 2);
    expect(date('2026-12-31').says).toBe('Avoid if the date is no earlier than 2026-12-31: 2026-12-31 at the earliest');
    expect(date('2036-12-31').says).toBe('Avoid if the date is no earlier than 2036-12-31: not within 800d');
  });

  it('follows derived series to what they are worked out of', () => {
    const samples = [
      ...hourly(Array<number>(12).fill(100), 'akash.gpus_leased'),
      ...hourly(Array<number>(12).fill(1000), 'akash.gpus_total'),
    ];
    const down = outlook({ when: 'avg(leased_share, 5d) < 5%', for: '1d', effect: { lower: 1 } }, samples, 12);
    // The range of the one is known; the other is supposed to reach ten times what it was.
    expect(down.path).toEqual([
      { series: 'akash.gpus_leased', level: 0 },
      { series: 'akash.gpus_total', level: 10000 },
    ]);
    expect(down.says).toContain('the 5d average of akash.leased_share stays below 5% for 1d');
  });

  it('says plainly when nothing leads there, when too little is known, and when it cannot be sure', () => {
    const samples = hourly(Array<number>(4).fill(0.1));
    const never = outlook({ when: 'max(gpu_utilization, 2d) > 100%', for: '1d', effect: { lower: 1 } }, samples, 4);
    expect(never).toMatchObject({ at: null, sure: true });
    expect(never.says).toBe('Avoid if the 2d maximum of akash.gpu_utilization stays above 100% for 1d: not within 8d');
    const blind = outlook({ when: 'gpus_leased < 5', effect: { lower: 1 } }, samples, 4);
    expect(blind).toMatchObject({ at: null, sure: false });
    expect(blind.says).toBe(
      'Avoid if akash.gpus_leased is below 5 GPUs: no date while too little is known of akash.gpus_leased',
    );
    const endless = outlook({ when: 'gpus_total > 500', effect: { lower: 1 } }, hourly([90], 'akash.gpus_total'), 1);
    // Nobody said how far it can go.
    expect(endless).toMatchObject({ sure: false, path: [{ level: 900 }] });
    const seldom = daily('akash.gpus_leased', [9, 9, 9, 9], 10 * DAY);
    const sparse = standings(
      bookWith(boundedRule({ when: 'avg(gpus_leased, 2d) < 5', for: '9d', effect: { lower: 1 } })),
      'akash',
      { rules: Table() },
      recorded(seldom),
      T0 + 35 * DAY,
    );
    expect(sparse[0]?.outlook).toMatchObject({ at: null, sure: false });
    expect(sparse[0]?.next).toMatch(/: no date while it is unknown$/);
    const unsure = outlook({ when: 'stddev(gpu_utilization, 2d) > 20%', effect: { lower: 1 } }, samples, 4);
    expect(unsure).toMatchObject({ sure: false });
    expect(unsure.says).toMatch(/: as early as 2026-01-05$/);
    const band = outlook(
      { when: 'avg(gpu_utilization, 2d) > 40% and avg(gpu_utilization, 2d) < 50%', for: '9d', effect: { lower: 1 } },
      samples,
      4,
    );
    expect(band.says).toMatch(/: no date can be named$/);
  });

  it('looks at nothing that is recorded after it', () => {
    const news = ['One', 'Two'].map((outlet, day) => report(T0 + (day + 5) * DAY, outlet, { network: 'akash' }));
    const reports = { when: 'news(lab_training, 20d) >= 1', effect: { watch: 'positive', expires: '300d' } };
    expect(outlook(reports, [], 6, news)).toMatchObject({ to: 'end', at: T0 + 25 * DAY });
    const floor = { when: 'avg(gpu_utilization, 2d) < 20%', effect: { lower: 1 } };
    const known = hourly(Array<number>(6).fill(0.5));
    expect(outlook(floor, [...known, ...hourly(Array<number>(12).fill(0)).slice(6 * 24)], 6).at).toBe(
      outlook(floor, known, 6).at,
    );
  });

  it('names the day on which the last of several has ended', () => {
    const rules = [
      { id: 'a', title: 'A', when: 'gpu_utilization < 20%', keepFiringFor: '1d', effect: { cap: 'avoid' } },
      { id: 'b', title: 'B', when: 'gpu_utilization < 30%', keepFiringFor: '3d', effect: { cap: 'avoid' } },
    ].map(boundedRule);
    const evidence = recorded(hourly([0.1, 0.1]), [], HOUR);
    const changes = [...replay(bookWith(...rules), evidence, over(2))].flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === 'change' && event.change.cause === 'rule' ? [event.change] : [])),
    );
    expect(changes).toMatchObject([{ kind: 'tier', at: T0 }]);
    const [change] = changes as readonly TierChange[];
    // The first sample above comes an hour after the change.
    expect(change?.ways).toMatchObject([{ rules: ['a', 'b'], tier: 'watching', at: T0 + HOUR + 3 * DAY }]);
    expect(change?.back).toEqual([
      'Watching again once all of these have ended: A (akash.gpu_utilization stays at least 20% for 1d) and ' +
        'B (akash.gpu_utilization stays at least 30% for 3d); 2026-01-04 at the earliest',
    ]);
  });

  it('is exact also where a figure changes between samples: as one leaves, and as a window comes to be covered', () => {
    const late = daily('akash.gpu_utilization', [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.9], DAY);
    const book = bookWith(boundedRule({ when: 'max(gpu_utilization, 3d) < 50%', effect: { lower: 1 } }));
    const instants = over(10).map((hour) => hour + 30 * MINUTE);
    const evidence = recorded(late, [], DAY);
    const now = instants.at(-1) ?? 0;
    const rules = new Map<string, RuleState>();
    for (const { events } of replay(book, evidence, instants))
      for (const event of events)
        if (event.kind === 'rule' && event.state !== null) rules.set(ruleKey(event.rule, event.network), event.state);
    const [leaving] = standings(book, 'akash', { rules: Table(rules) }, evidence, now);
    expect(toIso(leaving?.outlook.at ?? 0)).toBe('2026-01-12T00:00:00Z');
    // Four fifths of 21 hours are 16 hours and 48 minutes.
    const young = outlook(
      { when: 'avg(gpu_utilization, 21h) < 5%', for: '2h', effect: { lower: 1 } },
      hourly([0]).slice(0, 6),
      0.25,
    );
    expect(toIso(young.at ?? 0)).toBe('2026-01-01T18:48:00Z');
  });

  it('tries both ends and standing still where neither way is sure, of no more than three series', () => {
    const spread = (written: Written, levels: readonly number[]) =>
      outlook({ effect: { lower: 1 }, ...written }, hourly(levels), levels.length);
    const wide = spread({ when: 'stddev(gpu_utilization, 2d) > 3%' }, [0.1, 0.1, 0.1]);
    expect(wide.path).toEqual([{ series: 'akash.gpu_utilization', level: 1 }]);
    const narrow = spread({ when: 'stddev(gpu_utilization, 2d) < 1%' }, [0.1, 0.1, 0.5]);
    expect(narrow.path).toEqual([{ series: 'akash.gpu_utilization', level: 0.5 }]);
    // At 0 a change is unknown once the window is full of it.
    const still = spread({ when: 'change(gpu_utilization, 1d) < 5%', for: '3d' }, [0.1, 0.1, 0.5]);
    expect(still).toMatchObject({ path: [{ level: 0.5 }], sure: false });
    const many = ['akash', 'ionet', 'render', 'bittensor'].map((id) => `stddev(${id}.gpu_utilization, 2d)`);
    const samples = ['akash', 'ionet', 'render', 'bittensor'].flatMap((id) =>
      hourly([0.1, 0.1, 0.1], `${id}.gpu_utilization`),
    );
    const told = outlook({ when: `${many.join(' + ')} > 10%`, effect: { lower: 1 } }, samples, 3);
    expect(told).toMatchObject({ at: null, sure: false, path: [] });
  });

  it('supposes an overdue sample to come at once', () => {
    const samples = hourly(Array<number>(2).fill(0.1));
    expect(outlook({ when: 'gpu_utilization < 5%', effect: { lower: 1 } }, samples, 3).at).toBe(
      T0 + 3 * DAY - HOUR + MINUTE,
    );
  });
});

describe('standings', () => {
  it('work an outlook out when it is read, once', () => {
    let asked = 0;
    const [rule] = [boundedRule(FLOOR)];
    const evidence = {
      series: () => {
        asked += 1;
        return undefined;
      },
      news: () => [],
    };
    const network = { id: 'akash', name: 'Akash', tier: 'watching', aliases: [], token: null, home: null, reason: '' };
    const book = bookOf({ rules: [rule], networks: [network], ladder: LADDER });
    const state = { rules: new Map() as never };
    const [standing] = standings(book, 'akash', state, evidence, T0);
    const before = asked;
    expect(standing?.next).toContain('no date while too little is known of akash.gpu_utilization');
    const after = asked;
    expect(after).toBeGreaterThan(before);
    expect(standing?.outlook.says).toBe(standing?.next);
    expect(asked).toBe(after);
  });

  it('tell what argues against the tier, and which tier would follow', () => {
    const book = bookWith(
      boundedRule({ id: 'cap', title: 'CAP', when: 'gpu_utilization < 50%', effect: { cap: 'avoid' } }),
      boundedRule({ id: 'hold', title: 'HOLD', when: 'gpus_leased > 5', for: '3d', effect: { hold: true } }),
      boundedRule({ id: 'low', title: 'LOW', when: 'gpu_utilization < 50%', effect: { lower: 1 } }),
      boundedRule({ id: 'watch', title: 'WATCH', when: 'gpus_leased > 5', for: '3d', effect: { watch: 'positive' } }),
    );
    const samples = [...hourly([0.1, 0.1, 0.1]), ...hourly([9, 9, 9], 'akash.gpus_leased')];
    const all = judged(book, samples, over(3)).standings();
    expect(all.map(({ rule, against, outlook: { tier, to } }) => [rule, to, tier, against])).toEqual([
      ['cap', 'end', null, null],
      ['hold', 'fire', 'watching', 'Pending: HOLD; 9 GPUs, 4 GPUs above 5 GPUs; held 2 of 3 days'],
      ['low', 'end', null, null],
      ['watch', 'fire', null, null],
    ]);
  });
});
