/** The Discord channel: a real discord.js client against a local server. */
import { afterEach, describe, expect, test } from 'vitest';
import { commands } from '../../../src/bot/commands/index.ts';
import { createDiscord } from '../../../src/bot/discord/channel.ts';
import { says } from '../../../src/core/message.ts';
import type { Answer, Channel, StartupError } from '../../../src/core/ports.ts';
import { type DiscordServer, MANAGE_CHANNELS, MANAGE_GUILD, startDiscord } from '../../servers/discord.ts';
import { bench, emptyState, HOSTILE, NETWORKS } from '../sample.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const open: { channel?: Channel; server?: DiscordServer } = {};

afterEach(async () => {
  await open.channel?.stop();
  await open.server?.close();
  delete open.channel;
  delete open.server;
});

type Options = {
  readonly token?: string;
  readonly answer?: Answer;
  readonly patience?: number;
  readonly server?: Parameters<typeof startDiscord>[0];
};

async function setUp(options: Options = {}) {
  const server = await startDiscord(options.server);
  const world = bench();
  const fatal: StartupError[] = [];
  const channel = createDiscord({
    token: options.token ?? server.token,
    api: server.api,
    answer: options.answer ?? world.answer,
    commands,
    networks: NETWORKS,
    log: world.log,
    fatal: (error) => fatal.push(error),
    ...(options.patience === undefined ? {} : { patience: options.patience }),
  });
  Object.assign(open, { channel, server });
  return { server, world, fatal, channel };
}

async function started(options: Options = {}) {
  const parts = await setUp(options);
  await parts.channel.start();
  return parts;
}

const to = { platform: 'discord', chat: '900000000000000001', thread: null } as const;

const ADMINS_ONLY = expect.stringContaining("Only Tierwatch's admins can do that.");
/** What a command cannot do without. */
const PICKED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tier: { network: 'akash' },
  why: { network: 'akash' },
  evidence_wrong: { article: 'x' },
  evidence_add: { link: 'https://a.example/x', type: 'lab_training' },
  evidence_undo: { article: 'x' },
};

describe('commands', () => {
  test('every command is answered', async () => {
    const { server } = await started();
    const firsts: Record<string, string> = {};
    for (const { name } of commands) {
      const picked = PICKED[name] ?? {};
      const { content } = await server.interact(name, picked, { permissions: MANAGE_CHANNELS });
      firsts[name] = content.split('\n')[0] ?? '';
    }
    expect(firsts).toEqual({
      tiers: 'Tiers',
      tier: 'Akash: Avoid',
      why: 'Akash: Watching → Avoid',
      subscribe: 'Subscribed. This chat now gets changes of every network.',
      unsubscribe: 'Unsubscribed. This chat gets nothing from now on.',
      subscriptions: 'Subscriptions of this chat',
      sources: 'Sources',
      evidence_wrong: ADMINS_ONLY,
      evidence_add: ADMINS_ONLY,
      evidence_undo: ADMINS_ONLY,
      evidence_list: ADMINS_ONLY,
      help: 'Tierwatch',
    });
  });

  test('private answers are for the caller alone, others for all', async () => {
    const { server } = await started();
    expect((await server.interact('tiers')).ephemeral).toBe(false);
    expect((await server.interact('subscriptions')).ephemeral).toBe(true);
    expect((await server.interact('subscribe')).ephemeral).toBe(true);
  });

  test('corrections are for admins, by their own id or by a role in the server, and seen by the caller alone', async () => {
    const admins = { discord: ['700000000000000009', '700000000000000005'], telegram: [] };
    const { server } = await started({ answer: bench(emptyState(), { admins }).answer });
    const rights = { permissions: MANAGE_GUILD };
    for (const [where, may] of [
      [{}, false],
      [rights, false],
      [{ guild: null }, false],
      [{ roles: ['700000000000000006'] }, false],
      [{ user: '700000000000000009' }, true],
      [{ user: '700000000000000009', guild: null }, true],
      [{ roles: ['700000000000000006', '700000000000000005'] }, true],
    ] as const) {
      const { content, ephemeral } = await server.interact('evidence_list', {}, where);
      expect(ephemeral).toBe(true);
      expect(
        content.includes("Only Tierwatch's admins"),
        JSON.stringify(where, (_, value) => String(value)),
      ).toBe(!may);
      expect(content.includes('No article is marked')).toBe(may);
    }
  });

  test('subscribe is stored with the channel, and only by those who may', async () => {
    const { server, world } = await started();
    const refused = await server.interact('subscribe', { network: 'akash' }, { permissions: 0n });
    expect(refused.content).toContain('Manage Channels or Manage Server');
    expect(world.committed).toEqual([]);
    for (const permissions of [MANAGE_CHANNELS, MANAGE_GUILD, 8n]) {
      world.committed.length = 0;
      const channel = String(900000000000000010n + permissions);
      await server.interact('subscribe', { network: 'akash' }, { permissions, channel, user: '700000000000000009' });
      expect(world.committed).toMatchObject([
        {
          kind: 'subscribed',
          subscription: {
            destination: { platform: 'discord', chat: channel, thread: null },
            networks: ['akash'],
            by: '700000000000000009',
          },
        },
      ]);
    }
  });

  test('in a direct chat everyone manages', async () => {
    const { server, world } = await started();
    await server.interact('subscribe', {}, { guild: null, channel: '900000000000000003' });
    expect(world.committed).toMatchObject([{ kind: 'subscribed', subscription: { networks: 'all' } }]);
  });

  test('roles of the caller reach the handler', async () => {
    const seen: (readonly string[])[] = [];
    const answer: Answer = async ({ caller }) => {
      seen.push(caller.roles);
      return { message: says('ok'), ephemeral: false };
    };
    const { server } = await started({ answer });
    await server.interact('tiers', {}, { roles: ['700000000000000005'] });
    await server.interact('tiers', {}, { roles: ['700000000000000005'], guild: '700000000000000099' });
    expect(seen[0]).toContain('700000000000000005');
    expect(seen[1]).toContain('700000000000000005');
  });

  test('a subscription where Tierwatch may not post names the missing right', async () => {
    const { server } = await started();
    const { content } = await server.interact(
      'subscribe',
      {},
      { permissions: MANAGE_GUILD, appPermissions: 1n << 10n },
    );
    expect(content).toContain('give it Send Messages');
  });

  test('nothing pings', async () => {
    const { server } = await started({ answer: async () => ({ message: says(HOSTILE), ephemeral: false }) });
    const { content, allowedMentions } = await server.interact('tiers');
    expect(content).not.toContain('@everyone');
    expect(content).not.toContain('<@1');
    expect(allowedMentions).toEqual({ parse: [] });
  });

  test('a lost first response does not lose the answer', async () => {
    const { server } = await started();
    server.fail({ on: '/callback', kind: 'status', status: 500, times: 1 });
    expect((await server.interact('tiers')).content).toContain('Tiers');
  });

  test('a failing reply is logged and the next command works', async () => {
    const { server, world } = await started();
    server.fail({ on: '/webhooks/', kind: 'status', status: 401, code: 50027, times: 1 });
    server.interact('tiers').catch(() => undefined);
    await expect.poll(() => world.lines.filter((line) => line.level === 'warn').length).toBe(1);
    expect((await server.interact('tiers')).content).toContain('Tiers');
  });
});

describe('registration', () => {
  test('happens once, and again only after a change', async () => {
    const first = await started();
    await first.channel.stop();
    const puts = (server: DiscordServer) => server.requests().filter(({ method }) => method === 'PUT').length;
    expect(puts(first.server)).toBe(1);
    const registered = first.server.commands();
    expect(registered).toHaveLength(commands.length);
    await first.server.close();

    const second = await started({ server: { commands: registered } });
    expect(puts(second.server)).toBe(0);
    await second.channel.stop();
    await second.server.close();

    const third = await started({ server: { commands: registered.slice(1) } });
    expect(puts(third.server)).toBe(1);
  });
});

describe('sending', () => {
  test('gives the message id; nonce, mentions and previews are set', async () => {
    const { server, channel } = await started();
    const outcome = await channel.send(to, says('See https://news.example'), KEY);
    const [message] = server.messages();
    expect(outcome).toEqual({ kind: 'sent', message: message?.id });
    expect(message).toMatchObject({
      channel: to.chat,
      nonce: KEY.slice(0, 24),
      enforceNonce: true,
      allowedMentions: { parse: [] },
      flags: 4,
    });
  });

  test('the same delivery twice is one message', async () => {
    const { server, channel } = await started();
    const first = await channel.send(to, says('once'), KEY);
    expect(await channel.send(to, says('once'), KEY)).toEqual(first);
    expect(server.messages()).toHaveLength(1);
  });

  test('a message saved before the connection broke is not doubled by the retry', async () => {
    const { server, channel } = await started();
    server.fail({ on: '/messages', kind: 'lose', times: 1 });
    expect(await channel.send(to, says('once'), KEY)).toMatchObject({ kind: 'later' });
    expect(await channel.send(to, says('once'), KEY)).toMatchObject({ kind: 'sent' });
    expect(server.messages()).toHaveLength(1);
  });

  test.each([
    [404, 10003, { kind: 'never', unsubscribe: true }],
    [404, 10004, { kind: 'never', unsubscribe: true }],
    [403, 50001, { kind: 'never', unsubscribe: false, why: expect.stringContaining('View Channel') }],
    [403, 50007, { kind: 'never', unsubscribe: false }],
    [403, 50013, { kind: 'never', unsubscribe: false, why: expect.stringContaining('Send Messages') }],
    [400, 50035, { kind: 'never', unsubscribe: false }],
    [500, 0, { kind: 'later', after: null }],
    [503, 0, { kind: 'later', after: null }],
  ])('%i with code %i', async (status, code, outcome) => {
    const { server, channel } = await started();
    server.fail({ on: '/messages', kind: 'status', status, code });
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject(outcome);
    server.heal();
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject({ kind: 'sent' });
  });

  test('a long rate limit comes back with its wait, a short one is waited out', async () => {
    const { server, channel } = await started();
    server.fail({ on: '/messages', kind: 'status', status: 429, retryAfter: 0.2, times: 1 });
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject({ kind: 'sent' });
    server.fail({ on: '/messages', kind: 'status', status: 429, retryAfter: 60, times: 1 });
    const outcome = await channel.send({ ...to, chat: '900000000000000002' }, says('hello'), KEY);
    expect(outcome).toMatchObject({ kind: 'later', after: expect.closeTo(60_000, -3) });
  });

  test('a cut connection is tried again later', async () => {
    const { server, channel } = await started();
    server.fail({ on: '/messages', kind: 'cut' });
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject({ kind: 'later', after: null });
  });

  test('no answer in time is tried again later', async () => {
    const { server, channel } = await started({ patience: 1000 });
    server.fail({ on: '/messages', kind: 'hang' });
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject({ kind: 'later', after: null });
  });

  test('a token revoked while running is fatal, once', async () => {
    const { server, channel, fatal } = await started();
    server.revoke();
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject({ kind: 'later' });
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject({ kind: 'later' });
    expect(fatal.map((error) => error.message)).toEqual([expect.stringContaining('DISCORD_TOKEN')]);
  });
});

describe('direct messages', () => {
  const person = { platform: 'discord', chat: '@700000000000000003', thread: null } as const;
  const opened = (server: DiscordServer) =>
    server.requests().filter(({ path }) => path === '/users/@me/channels').length;

  test('go to the channel that Discord gives for a person, asked for once', async () => {
    const { server, channel } = await started();
    expect(await channel.send(person, says('one'), KEY)).toMatchObject({ kind: 'sent' });
    expect(await channel.send(person, says('two'), KEY.toUpperCase())).toMatchObject({ kind: 'sent' });
    expect(server.messages().map(({ channel: chat, content }) => [chat, content])).toEqual([
      [server.directOf('700000000000000003'), 'one'],
      [server.directOf('700000000000000003'), 'two'],
    ]);
    expect(opened(server)).toBe(1);
  });

  test('to a role are final, and say what to do', async () => {
    const { channel, server } = await started();
    const outcome = await channel.send({ ...person, chat: '@700000000000000005' }, says('hello'), KEY);
    expect(outcome).toEqual({
      kind: 'never',
      unsubscribe: false,
      why: expect.stringMatching(/a role for example .* notices in tierwatch\.yaml \(50033\)/),
    });
    expect(server.messages()).toEqual([]);
  });

  test.each([
    ['/users/@me/channels', 404, 10013, { kind: 'never', why: expect.stringContaining('nobody has this user id') }],
    ['/messages', 403, 50007, { kind: 'never', why: expect.stringContaining('takes no direct messages') }],
    ['/messages', 403, 50278, { kind: 'never', why: expect.stringContaining('shares no server') }],
    ['/users/@me/channels', 500, 0, { kind: 'later', after: null }],
  ])('where %s answers %i with code %i', async (on, status, code, outcome) => {
    const { server, channel } = await started();
    server.fail({ on, kind: 'status', status, code });
    expect(await channel.send(person, says('hello'), KEY)).toMatchObject(outcome);
    server.heal();
    expect(await channel.send(person, says('hello'), KEY)).toMatchObject({ kind: 'sent' });
  });

  test('come back later where opening the chat takes too long', async () => {
    const { server, channel } = await started({ patience: 1000 });
    server.fail({ on: '/users/@me/channels', kind: 'hang' });
    expect(await channel.send(person, says('hello'), KEY)).toMatchObject({ kind: 'later', after: null });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(server.messages()).toEqual([]);
  });
});

describe('start and stop', () => {
  test('a wrong token names what to set, and does not try again', async () => {
    const { server, channel, world } = await setUp({
      token: 'MTE4NzY1NDMyMTA5ODc2NTQzMjEw.WRONG1.wrong-token-0123456789abcdefghijklm',
    });
    await expect(channel.start()).rejects.toMatchObject({
      name: 'StartupError',
      message: expect.stringContaining('DISCORD_TOKEN'),
    });
    expect(server.requests().length).toBeLessThanOrEqual(2);
    expect(JSON.stringify(world.lines)).not.toContain('WRONG1');
  });

  test('no answer at start is said, and nothing hangs', async () => {
    const { server, channel } = await setUp({ patience: 500 });
    server.fail({ on: '/gateway/bot', kind: 'hang' });
    await expect(channel.start()).rejects.toMatchObject({
      name: 'Unreachable',
      message: expect.stringContaining('network'),
    });
  });

  test('commands that cannot be registered do not keep alerts from going out', async () => {
    const { server, channel } = await setUp();
    server.fail({ on: '/commands', kind: 'status', status: 500 });
    await channel.start();
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject({ kind: 'sent' });
  });

  test('refused intents are said plainly', async () => {
    const { channel } = await setUp({ server: { refuseIntents: true } });
    await expect(channel.start()).rejects.toMatchObject({
      name: 'StartupError',
      message: expect.stringContaining('intents'),
    });
  });

  test('a gateway that closes with 4004 while running is fatal', async () => {
    const { server, fatal } = await started();
    server.closeGateway(4004);
    await expect.poll(() => fatal.map((error) => error.message)).toEqual([expect.stringContaining('DISCORD_TOKEN')]);
  });

  test('a dropped gateway comes back and answers', async () => {
    const { server, fatal } = await started();
    server.closeGateway(4000);
    await expect.poll(() => server.resumes(), { timeout: 10_000 }).toBe(1);
    expect((await server.interact('tiers')).content).toContain('Tiers');
    expect(fatal).toEqual([]);
  });

  test('stop ends within two seconds', async () => {
    const { channel, fatal } = await started();
    const before = performance.now();
    await channel.stop();
    expect(performance.now() - before).toBeLessThan(2500);
    expect(fatal).toEqual([]);
  });

  test('neither token nor message text is logged', async () => {
    const { server, channel, world } = await started();
    server.fail({ on: '/messages', kind: 'status', status: 400, code: 50035 });
    await channel.send(to, says('a secret plan'), KEY);
    server.fail({ on: '/webhooks/', kind: 'status', status: 400, code: 50035, times: 1 });
    server.interact('tiers').catch(() => undefined);
    await expect.poll(() => world.lines.some((line) => line.level === 'warn')).toBe(true);
    const logged = JSON.stringify(world.lines);
    expect(logged).not.toContain(server.token);
    expect(logged).not.toContain('a secret plan');
    expect(logged).not.toContain('interaction-');
  });
});
