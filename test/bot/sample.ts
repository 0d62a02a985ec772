/** A small world for tests: three networks, rules in every phase, changes of every kind, and hostile texts. */
import { Map as Table } from 'immutable';
import { commands } from '../../src/bot/commands/index.ts';
import { createDispatch } from '../../src/bot/dispatch.ts';
import type { Log } from '../../src/bot/log.ts';
import type { SourceStanding, World } from '../../src/bot/world.ts';
import type { Driver, NoteChange, TierChange, WatchChange } from '../../src/core/change.ts';
import type { Destination } from '../../src/core/destination.ts';
import type { Event } from '../../src/core/events.ts';
import type { Ladder, Network } from '../../src/core/ladder.ts';
import type { Answer, Caller } from '../../src/core/ports.ts';
import type { Distance, Standing } from '../../src/core/standing.ts';
import { apply, type State } from '../../src/core/state.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../src/core/time.ts';
import type { SeriesReading, Verdict } from '../../src/core/verdict.ts';

export const NOW: Instant = Date.UTC(2026, 10, 20, 8, 0);

export const LADDER: Ladder = [
  { id: 'conviction', name: 'Conviction', meaning: 'Demand is real and growing.' },
  { id: 'watching', name: 'Watching', meaning: 'Worth following; not proven.' },
  { id: 'avoid', name: 'Avoid', meaning: 'Demand does not carry the supply.' },
];

export const NETWORKS: readonly Network[] = [
  network('akash', 'Akash', ['Akash Network', 'AKT'], 'watching', 'Steady leases, low revenue.'),
  network('ionet', 'io.net', ['io'], 'watching', 'Large supply, unclear use.'),
  network('render', 'Render', ['RNDR'], 'conviction', 'Paying studios.'),
];

function network(id: string, name: string, aliases: string[], tier: string, reason: string): Network {
  return { id, name, aliases, token: null, home: null, tier, reason };
}

/** Everything chat platforms treat as markup, and characters that hide or reorder. */
export const HOSTILE =
  '# @everyone <@123> [click](http://evil.example) **b** __u__ ~~s~~ ||x|| `c` ```d``` > q \u202Ereversed\u202C ' +
  '\u200Bzero\u0000\u001b[31m\n- item\n1. one _i_ *i* \\ <#1> <t:0> @here @ada https://evil.example/x discord.gg/abc 👩‍👩‍👧‍👦 测试 ' +
  `${'Z\u0300\u0301\u0302\u0303\u0304\u0305\u0306'}`;

export function utilization(says = 'avg(gpu_utilization, 7d) 13.4% < 20%'): Verdict {
  return {
    truth: 'true',
    expression: 'avg(gpu_utilization, 7d) < 20%',
    says,
    children: [],
    readings: [
      {
        kind: 'series',
        expression: 'avg(akash.gpu_utilization, 7d)',
        series: 'akash.gpu_utilization',
        value: 0.134,
        unit: 'ratio',
        window: { from: NOW - 7 * DAY, to: NOW, coverage: 0.92 },
        newest: NOW - 3 * HOUR,
        source: 'akash-console',
        missing: null,
      },
    ],
  };
}

export function cuts(title = 'Akash providers cut H100 prices by a third', outlet = 'The Block'): Verdict {
  return {
    truth: 'true',
    expression: 'news(capacity_catchup, 30d) >= 2',
    says: '2 independent outlets report capacity catching up (2 needed)',
    children: [],
    readings: [
      {
        kind: 'news',
        expression: 'news(capacity_catchup, 30d)',
        count: 2,
        reports: [
          { outlet, title, link: 'https://news.example/akash-(cut)', at: NOW - 2 * DAY, because: ['cut', 'prices'] },
          { outlet: 'DCD', title: 'GPU glut reaches the edge', link: null, at: NOW - 5 * DAY, because: [] },
        ],
      },
    ],
  };
}

/** Two outlets confirm what one announced; others copied it, or only talk. Texts from outside as given. */
export function confirmed(text = 'A lab trains a 70B model on Akash', outlet = 'CoinDesk'): Verdict {
  const report = (day: number, name: string, title: string, link: string | null = null) => ({
    outlet: name,
    title,
    link,
    at: NOW - day * DAY,
    because: [],
  });
  const left = (day: number, name: string, why: string) => ({ ...report(day, name, `${text}, again`), why });
  return {
    truth: 'true',
    expression: 'news(lab_training, 60d) >= 2',
    says: `2 independent outlets in 60d report lab training on akash (${outlet}, Wired), at least 2`,
    children: [],
    readings: [
      {
        kind: 'news',
        expression: 'news(lab_training, 60d)',
        count: 2,
        reports: [
          { ...report(8, outlet, text, 'https://news.example/akash-70b'), because: ['trains'] },
          report(0, 'Wired', 'How Akash trained a model'),
        ],
        leftOut: [
          { ...left(1, 'Aggregated', `copy of ${outlet}`), link: 'https://aggregator.example/1' },
          left(2, 'Ars Technica', 'same owner as Wired'),
          left(3, 'Gossip', 'rumour only'),
          left(4, 'Planner', 'plan only'),
          left(5, 'Prime News', 'about prime-intellect'),
        ],
        moreLeftOut: 2,
        origin: report(9, 'Akash blog', text, 'https://akash.example/blog'),
      },
    ],
  };
}

/** The tier rises as a report is confirmed that set a watch before. */
export function followed(over: Partial<TierChange> = {}): TierChange {
  const says =
    'Talk of an AI lab training on the network: 1 independent outlet in 30d announces it (CoinDesk), at least 1';
  return lowered({
    from: 'watching',
    to: 'conviction',
    says: 'An AI lab publicly trains on the network: 2 independent outlets in 60d report it (CoinDesk, Wired), at least 2',
    drivers: [
      driver({
        rule: 'lab-training',
        title: 'An AI lab publicly trains on the network',
        because: 'Two independent outlets make it a fact.',
        effect: { raise: 1 },
        verdict: confirmed(),
      }),
    ],
    follows: { change: 'akash-20261112T080000Z-watch-lab-training-rumour', at: NOW - 8 * DAY, says },
    against: [],
    back: [],
    ...over,
  });
}

export function blind(): Verdict {
  return {
    truth: 'unknown',
    expression: 'revenue > $1000',
    says: 'akash.revenue is unknown',
    children: [],
    readings: [
      {
        kind: 'series',
        expression: 'akash.revenue',
        series: 'akash.revenue',
        value: null,
        unit: 'usd/day',
        window: null,
        newest: null,
        source: null,
        missing: 'no sample newer than 3d',
      },
    ],
  };
}

export function driver(over: Partial<Driver> = {}): Driver {
  return {
    rule: 'utilization-floor',
    version: '3f2a91',
    title: 'GPU utilization below 20%',
    because: 'Cheap compute means nothing if nobody is buying it.',
    effect: { lower: 1 },
    ended: false,
    verdict: utilization(),
    ...over,
  };
}

export function lowered(over: Partial<TierChange> = {}): TierChange {
  return {
    kind: 'tier',
    id: 'akash-20261120T080000Z',
    at: NOW,
    network: 'akash',
    networks: ['akash'],
    cause: 'rule',
    from: 'watching',
    to: 'avoid',
    says: 'GPU utilization has stayed below 20% for 14 days, and prices are being cut.',
    drivers: [
      driver(),
      driver({
        rule: 'price-cuts',
        version: '77aa01',
        title: 'Price cuts reported',
        because: null,
        effect: { watch: 'negative' },
        verdict: cuts(),
      }),
    ],
    against: ['Supply grew 9% in the same window: network expansion.'],
    back: ['avg(gpu_utilization, 7d) above 25% for 3d; at the earliest 2026-12-04.'],
    ...over,
  };
}

export function watched(over: Partial<WatchChange> = {}): WatchChange {
  return {
    kind: 'watch',
    id: 'akash-watch-20261119T080000Z',
    at: NOW - DAY,
    networks: ['akash'],
    cause: 'rule',
    direction: 'negative',
    on: true,
    says: 'One outlet reports price cuts; a second would count.',
    drivers: [driver({ rule: 'price-cuts', version: '77aa01', title: 'Price cuts reported', verdict: cuts() })],
    ...over,
  };
}

export function noted(over: Partial<NoteChange> = {}): NoteChange {
  return {
    kind: 'note',
    id: 'market-20261118T080000Z',
    at: NOW - 2 * DAY,
    networks: ['akash', 'ionet', 'render'],
    cause: 'rule',
    says: 'The median H100 price fell 12% in 30 days.',
    drivers: [driver({ rule: 'price-slide', version: '1b', title: 'H100 prices slide', because: null })],
    ...over,
  };
}

export const CHAT: Destination = { platform: 'console', chat: 'terminal', thread: null };

export const CALLER: Caller = {
  platform: 'console',
  user: 'ada',
  roles: [],
  destination: CHAT,
  direct: false,
  manages: true,
};

export function emptyState(): State {
  return {
    rules: Table(),
    tiers: Table(),
    watches: Table(),
    changes: Table(),
    subscriptions: Table(),
    owed: Table(),
    outcomes: Table(),
    sources: Table(),
    disputes: Table(),
    blind: Table(),
    notices: Table(),
    marks: Table(),
    additions: Table(),
    corrections: Table(),
    handled: Table(),
  };
}

export function stateOf(...events: readonly Event[]): State {
  return events.reduce(apply, emptyState());
}

/** Akash was lowered and is watched; the chat is subscribed, was told, and was once not told. */
export function livelyState(): State {
  const delivery = { id: 'd1', destination: CHAT, changes: [lowered().id], at: NOW, attempts: 0, notBefore: NOW };
  return stateOf(
    { kind: 'change', change: watched() },
    { kind: 'change', change: lowered() },
    { kind: 'subscribed', subscription: { destination: CHAT, networks: ['akash'], by: 'ada', at: NOW - 30 * DAY } },
    {
      kind: 'suppressed',
      at: NOW - DAY,
      destination: CHAT,
      changes: [watched().id],
      reason: 'the same watch was told 2h before',
    },
    { kind: 'owed', delivery, reason: 'subscribed' },
    { kind: 'sent', at: NOW, delivery: 'd1', message: '77' },
    { kind: 'owed', delivery: { ...delivery, id: 'd2', attempts: 2, notBefore: NOW + HOUR }, reason: 'subscribed' },
  );
}

function standingsOf(id: string): readonly Standing[] {
  if (id !== 'akash') return [];
  const base = { network: id, version: '3f2a91', because: null, effect: { lower: 1 }, clear: null } as const;
  const held = { version: '3f2a91', held: null, frozen: null } as const;
  return [
    {
      ...base,
      rule: 'utilization-floor',
      title: 'GPU utilization below 20%',
      because: 'Cheap compute means nothing if nobody is buying it.',
      state: { ...held, phase: 'firing', since: NOW - 14 * DAY },
      verdict: utilization(),
      distance: distance({
        to: 'end',
        relative: 0.464,
        says: '13.4%, 11.6 points below 25%; clearing 0 of 3 days',
      }),
      against: null,
      ...outlook(
        'end',
        'watching',
        'Watching again if the 7d average of akash.gpu_utilization stays above 25% for 3d: 2026-11-25 at the earliest',
      ),
    },
    {
      ...base,
      rule: 'price-cuts',
      title: 'Price cuts reported',
      state: { ...held, phase: 'pending', since: NOW - 2 * DAY },
      verdict: cuts(),
      distance: distance({ met: 'true', relative: 0, says: '2, exactly at the threshold; held 2 of 7 days' }),
      against: null,
      ...outlook('fire', null, 'Fires if the reports stay at least 2 for 7d: 2026-11-25 at the earliest'),
    },
    {
      ...base,
      rule: 'revenue',
      title: 'Revenue above $1,000/day',
      effect: { raise: 1 },
      state: undefined,
      verdict: blind(),
      distance: distance({ met: 'unknown', relative: null, says: 'unknown: akash.revenue: no sample newer than 3d' }),
      against: null,
      ...outlook(
        'fire',
        'watching',
        'Watching if akash.revenue is above $1,000/day: no date while too little is known of akash.revenue',
      ),
    },
    {
      ...base,
      rule: 'labs',
      title: 'An AI lab publicly trains on the network',
      effect: { hold: true },
      state: { ...held, phase: 'pending', since: NOW - DAY },
      verdict: labs(),
      distance: distance({ met: 'true', relative: 0, says: '2, exactly at the threshold; held 1 of 3 days' }),
      against: 'Pending: An AI lab publicly trains on the network; 2, exactly at the threshold; held 1 of 3 days',
      ...outlook(
        'fire',
        'watching',
        'Watching if the number of independent outlets reporting lab training stays at least 2 for 3d: 2026-11-22 at the earliest',
      ),
    },
    {
      ...base,
      rule: 'price-edge-gone',
      title: 'H100s cost more than 85% of what hyperscalers ask',
      effect: { cap: 'watching' },
      state: undefined,
      verdict: edge(),
      distance: distance({ relative: 0.059, says: '80%, 5 points below 85%; held 0 of 14 days' }),
      against: null,
      ...outlook(
        'fire',
        null,
        'Fires if the 14d average of akash.price_ratio stays above 85% for 14d: 2026-12-05 at the earliest',
      ),
    },
  ];
}

function distance(over: Partial<Distance> & Pick<Distance, 'says'>): Distance {
  return { to: 'fire', met: 'false', gaps: [], needs: 'all', relative: 0, held: 0, of: 0, ...over };
}

function outlook(to: 'fire' | 'end', tier: string | null, says: string): Pick<Standing, 'outlook' | 'next' | 'moves'> {
  const [condition = ''] = says.split(': ');
  const rest = { rules: [], condition, at: null, sure: true, until: NOW, path: [], reports: 0 };
  return { outlook: { to, tier, says, ...rest }, next: says, moves: tier };
}

function labs(): Verdict {
  const says = '2 independent outlets in 60d report lab training on akash (The Block, DCD), at least 2';
  return { ...cuts(), expression: 'news(lab_training, 60d) >= 2', says };
}

/** A derived series, worked out of one series and a group. */
export function edge(): Verdict {
  const sample = (series: string, value: number, source: string): SeriesReading => ({
    kind: 'series',
    expression: series,
    series,
    value,
    unit: 'usd/gpu-hour',
    window: null,
    newest: NOW - 2 * HOUR,
    source,
    missing: null,
  });
  const group: SeriesReading = {
    ...sample('hyperscalers.h100_price', 2.5, ''),
    expression: 'median(hyperscalers.h100_price)',
    source: null,
    inputs: [sample('aws.h100_price', 2.4, 'aws-prices'), sample('gcp.h100_price', 2.6, 'gcp-prices')],
  };
  const ratio: SeriesReading = {
    ...sample('akash.price_ratio', 0.8, ''),
    expression: 'price_ratio',
    unit: 'ratio',
    source: null,
    inputs: [sample('akash.h100_price', 2, 'akash-console'), group],
  };
  return {
    truth: 'false',
    expression: 'price_ratio > 85%',
    says: 'akash.price_ratio is 80%, not above 85%',
    comparison: { op: '>', left: 0.8, right: 0.85, unit: 'ratio' },
    readings: [ratio],
    children: [],
  };
}

/** A source that is well, asked a few minutes ago. */
export function standingOf(id: string, over: Partial<SourceStanding> = {}): SourceStanding {
  const lastSuccess = NOW - 3 * MINUTE;
  return { id, title: id, state: 'ok', since: NOW - DAY, why: null, lastSuccess, nextTry: NOW + 7 * MINUTE, ...over };
}

const SOURCES: readonly SourceStanding[] = [
  standingOf('akash', { title: 'Akash Console' }),
  standingOf('my-dashboard', {
    state: 'late',
    since: NOW - 20 * MINUTE,
    why: `gave nothing: example.com: ${HOSTILE.slice(0, 60)}`,
    lastSuccess: NOW - 30 * MINUTE,
    nextTry: NOW,
  }),
  standingOf('coingecko', { title: 'CoinGecko' }),
  standingOf('lambda', {
    title: 'Lambda Cloud',
    state: 'disabled',
    why: 'needs LAMBDA_API_KEY (cloud.lambda.ai, API keys)',
    lastSuccess: null,
    nextTry: null,
  }),
  standingOf('ionet', {
    title: 'io.net Explorer',
    state: 'dark',
    since: NOW - 26 * HOUR,
    why: 'gave only old figures: the newest, ionet.gpus_total, is 27h old, past the 3h it stays good',
    lastSuccess: NOW - 27 * HOUR,
  }),
  standingOf('coindesk', { title: 'CoinDesk', state: 'waiting', since: null, lastSuccess: null, nextTry: NOW }),
];

export function worldOf(state: State, over: Partial<World> = {}): World {
  return {
    now: NOW,
    ladder: LADDER,
    networks: NETWORKS,
    state,
    pages: new Map([['akash-console', 'https://akash.network']]),
    admins: { discord: [], telegram: [] },
    standings: standingsOf,
    sources: () => SOURCES,
    ...over,
  };
}

export type Logged = { readonly level: 'info' | 'warn' | 'error'; readonly details: unknown; readonly text: string };

/** A log that remembers. */
export function keepLog(): { readonly log: Log; readonly lines: Logged[] } {
  const lines: Logged[] = [];
  const at = (level: Logged['level']) => (details: unknown, text: string) => void lines.push({ level, details, text });
  return { lines, log: { info: at('info'), warn: at('warn'), error: at('error') } };
}

/** The real dispatch over a state in memory. */
export function bench(start: State = livelyState(), over: Partial<World> = {}) {
  let state = start;
  const committed: Event[] = [];
  const { log, lines } = keepLog();
  const answer: Answer = createDispatch({
    commands,
    world: () => worldOf(state, over),
    async commit(events) {
      // As with a disk, what is committed is not yet state when the call returns.
      await new Promise(setImmediate);
      committed.push(...events);
      state = events.reduce(apply, state);
    },
    log,
  });
  return { answer, committed, log, lines, state: () => state };
}
