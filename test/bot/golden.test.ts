/** Every command's message and every kind of alert, on all three platforms, hostile texts included. */
import { describe, expect, test } from 'vitest';
import { announce } from '../../src/bot/alerts.ts';
import { renderConsole } from '../../src/bot/console/render.ts';
import { renderDiscord } from '../../src/bot/discord/render.ts';
import { announceNotice } from '../../src/bot/notices.ts';
import { renderTelegram } from '../../src/bot/telegram/render.ts';
import type { Change } from '../../src/core/change.ts';
import type { Message } from '../../src/core/message.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import {
  bench,
  blind,
  CALLER,
  confirmed,
  cuts,
  driver,
  edge,
  emptyState,
  followed,
  HOSTILE,
  LADDER,
  livelyState,
  lowered,
  NETWORKS,
  NOW,
  noted,
  standingOf,
  stateOf,
  utilization,
  watched,
  worldOf,
} from './sample.ts';

const PLATFORMS: readonly { readonly name: string; readonly draw: (message: Message) => string }[] = [
  { name: 'discord', draw: renderDiscord },
  {
    name: 'telegram',
    draw(message) {
      const { text, entities } = renderTelegram(message);
      const marks = entities.map((one) =>
        JSON.stringify({ ...one, covers: text.slice(one.offset, one.offset + one.length) }),
      );
      return `${text}\n\n=== entities\n${marks.join('\n')}`;
    },
  },
  { name: 'console', draw: (message) => renderConsole(message) },
];

async function golden(name: string, message: Message): Promise<void> {
  for (const { name: platform, draw } of PLATFORMS)
    await expect(`${draw(message)}\n`).toMatchFileSnapshot(`../golden/bot/${name}.${platform}.txt`);
}

const hostile = lowered({
  says: HOSTILE,
  drivers: [driver({ title: HOSTILE, because: HOSTILE, verdict: cuts(HOSTILE, HOSTILE) })],
  against: [HOSTILE],
  back: [HOSTILE],
});
const many = Array.from({ length: 30 }, (_, at) =>
  at % 2 === 0
    ? lowered({ id: `akash-${at}`, at: lowered().at + at })
    : noted({ id: `note-${at}`, says: 'x'.repeat(400) }),
);
const long = lowered({
  drivers: Array.from({ length: 12 }, (_, at) =>
    driver({
      rule: `rule-${at}`,
      title: `Rule ${at}`,
      because: 'Because. '.repeat(60),
      verdict: utilization('x '.repeat(300)),
    }),
  ),
  against: Array.from({ length: 9 }, () => 'Against. '.repeat(40)),
});

const ALERTS: Readonly<Record<string, readonly Change[]>> = {
  lowered: [lowered()],
  raised: [lowered({ from: 'avoid', to: 'conviction', says: 'Utilization rose above 60%.', against: [], back: [] })],
  'by-configuration': [lowered({ cause: 'config', says: 'The rule utilization-floor was edited.' })],
  'first-look': [lowered({ cause: 'start', from: 'unrated', to: 'watching' })],
  'source-missing': [lowered({ drivers: [driver({ verdict: blind() })] })],
  'watch-set': [watched()],
  'watch-lifted': [watched({ on: false, direction: 'positive', says: 'The report is 30 days old.' })],
  'watch-expired': [watched({ on: false, says: 'Price cuts reported: expired after 30d without confirmation' })],
  confirmed: [followed()],
  'confirmed-hostile': [
    followed({
      drivers: [driver({ verdict: confirmed(HOSTILE.slice(0, 85), HOSTILE) })],
      follows: { change: 'x', at: NOW, says: HOSTILE },
    }),
  ],
  'confirmed-watch': [
    watched({
      direction: 'positive',
      says: 'An AI lab publicly trains on the network: 2 independent outlets report it',
      drivers: [driver({ verdict: confirmed() })],
      follows: { change: 'x', at: NOW - 9 * DAY, says: 'Talk of an AI lab training on the network' },
    }),
  ],
  corrected: [lowered({ cause: 'correction' })],
  note: [noted()],
  'note-on-the-market': [noted({ networks: [] })],
  away: [
    lowered(),
    watched(),
    noted(),
    lowered({ id: 'render-x', network: 'render', networks: ['render'], cause: 'config' }),
    lowered({ id: 'render-y', network: 'render', networks: ['render'], cause: 'correction' }),
  ],
  'away-long': many,
  derived: [lowered({ drivers: [driver({ title: 'No price edge left', verdict: edge() })] })],
  hostile: [hostile],
  long: [long],
};

describe('alerts', () => {
  test.each(Object.keys(ALERTS))('%s', async (name) => {
    await golden(`alert-${name}`, announce(ALERTS[name] ?? [], LADDER, NETWORKS));
  });
  test('in another zone', async () => {
    await golden('alert-in-berlin', announce([lowered()], LADDER, NETWORKS, 'Europe/Berlin'));
  });
});

const LINES: Readonly<Record<string, string>> = {
  tiers: '/tiers',
  tier: '/tier akash',
  'tier-quiet': '/tier render',
  why: '/why "akash network"',
  'why-unmoved': '/why io.net',
  subscribe: '/subscribe io',
  'subscribe-all': '/subscribe',
  'subscribe-again': '/subscribe akash',
  unsubscribe: '/unsubscribe',
  'unsubscribe-other': '/unsubscribe render',
  subscriptions: '/subscriptions',
  sources: '/sources',
  help: '/help',
  'help-tier': '/help tier',
  'help-subscribe': '/help command=/subscribe',
  'unknown-command': '/teir akash',
  'unknown-network': '/tier akahs',
  'network-missing': '/tier',
  'too-much': '/tiers now',
  'hostile-argument': `/why ${HOSTILE.replaceAll('\n', ' ')}`,
};

describe('commands', () => {
  test.each(Object.keys(LINES))('%s', async (name) => {
    const [command = '', ...rest] = (LINES[name] ?? '').slice(1).split(' ');
    const answered = await bench().answer({
      command,
      input: { kind: 'typed', text: rest.join(' ') },
      caller: CALLER,
      update: null,
    });
    expect(answered).not.toBeNull();
    if (answered !== null) await golden(`command-${name}`, answered.message);
  });

  test('why, where the figures are worked out of others', async () => {
    const change = lowered({ drivers: [driver({ title: 'No price edge left', verdict: edge() })] });
    const { answer } = bench(stateOf({ kind: 'change', change }));
    const input = { kind: 'typed', text: 'akash' } as const;
    const answered = await answer({ command: 'why', input, caller: CALLER, update: null });
    if (answered !== null) await golden('command-why-derived', answered.message);
  });

  test('why, where a watch was confirmed and reports were left out', async () => {
    const { answer } = bench(stateOf({ kind: 'change', change: followed() }));
    const input = { kind: 'typed', text: 'akash' } as const;
    const answered = await answer({ command: 'why', input, caller: CALLER, update: null });
    if (answered !== null) await golden('command-why-confirmed', answered.message);
  });

  test('tier, where rules read reports', async () => {
    const standings = (network: string) =>
      worldOf(livelyState())
        .standings(network)
        .map((one) => ({ ...one, verdict: one.rule === 'labs' ? confirmed() : one.verdict }));
    const input = { kind: 'typed', text: 'akash' } as const;
    const answered = await bench(livelyState(), { standings }).answer({
      command: 'tier',
      input,
      caller: CALLER,
      update: null,
    });
    if (answered !== null) await golden('command-tier-reports', answered.message);
  });

  test('why nothing changed, and what argues against that', async () => {
    const { answer } = bench(emptyState());
    const input = { kind: 'typed', text: 'akash' } as const;
    const answered = await answer({ command: 'why', input, caller: CALLER, update: null });
    if (answered !== null) await golden('command-why-against', answered.message);
  });

  test('sources, while most of them fail and figures are in dispute', async () => {
    const says = 'coingecko says $2.50, messari says $3.10: 19.4% apart, more than 10%';
    const state = stateOf(
      { kind: 'blind', since: NOW - 2 * HOUR },
      { kind: 'disputed', series: 'render.token_price', dispute: { since: NOW - DAY, says } },
      { kind: 'disputed', series: 'akash.token_price', dispute: { since: NOW - HOUR, says: HOSTILE } },
    );
    const why = 'gave nothing: api.example.com: answered 503 (3 attempts)';
    const dark = { state: 'dark', since: NOW - 3 * HOUR, why, lastSuccess: NOW - 3 * HOUR } as const;
    const ids = Array.from({ length: 30 }, (_, at) => `source-with-a-long-name-${at}`);
    const sources = () => ids.map((id, at) => standingOf(id, at % 3 === 0 ? dark : {}));
    const input = { kind: 'typed', text: '' } as const;
    const answered = await bench(state, { sources }).answer({
      command: 'sources',
      input,
      caller: CALLER,
      update: null,
    });
    expect(answered?.ephemeral).toBe(true);
    if (answered !== null) await golden('command-sources-long', answered.message);
  });

  test('sources, where nothing is polled', async () => {
    const input = { kind: 'typed', text: '' } as const;
    const { answer } = bench(emptyState(), { sources: () => [] });
    const answered = await answer({ command: 'sources', input, caller: CALLER, update: null });
    if (answered !== null) await golden('command-sources-empty', answered.message);
  });

  test.each(['discord', 'telegram'] as const)('refusal on %s', async (platform) => {
    const { answer, committed } = bench(livelyState());
    const caller = { ...CALLER, platform, manages: false };
    const answered = await answer({ command: 'subscribe', input: { kind: 'typed', text: '' }, caller, update: null });
    expect(committed).toEqual([]);
    if (answered !== null) await golden(`command-refused-on-${platform}`, answered.message);
  });

  test('an empty world', async () => {
    const { answer } = bench(emptyState(), { standings: () => [] });
    for (const command of ['tiers', 'subscriptions']) {
      const answered = await answer({ command, input: { kind: 'typed', text: '' }, caller: CALLER, update: null });
      if (answered !== null) await golden(`command-${command}-empty`, answered.message);
    }
  });
});

describe('notices', () => {
  const notice = {
    id: 'dark-akash-20261120T080000Z',
    at: NOW,
    kind: 'dark',
    title: 'Akash Console (akash) has gone dark',
    says: [
      'It last gave something at 2026-11-20 07:30 UTC; 3 polls in a row failed. The last gave nothing: no such host.',
      'It gives akash.gpu_utilization and 3 more: in time these become unknown.',
      'Next try: 2026-11-20 08:10 UTC.',
    ],
  } as const;

  test('of one source', async () => {
    await golden('notice-dark', announceNotice(notice, 'Europe/Berlin'));
  });

  test('with texts from outside, and far too many of them', async () => {
    const says = Array.from({ length: 12 }, () => `gave nothing: ${HOSTILE} ${'x'.repeat(60)}`);
    await golden('notice-hostile', announceNotice({ ...notice, title: HOSTILE, says }));
  });
});
