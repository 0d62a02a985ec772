/** The Telegram channel: a real grammY bot against a local server. */
import { afterEach, describe, expect, test } from 'vitest';
import { commands } from '../../../src/bot/commands/index.ts';
import { createTelegram } from '../../../src/bot/telegram/channel.ts';
import { says } from '../../../src/core/message.ts';
import type { Answer, Channel, StartupError } from '../../../src/core/ports.ts';
import { startTelegram, type TelegramServer } from '../../servers/telegram.ts';
import { bench, emptyState, HOSTILE } from '../sample.ts';

const KEY = '0123456789abcdef0123456789abcdef';
const open: { channels: Channel[]; server?: TelegramServer } = { channels: [] };

afterEach(async () => {
  await Promise.all(open.channels.map((channel) => channel.stop()));
  await open.server?.close();
  open.channels = [];
  delete open.server;
});

type Options = { readonly token?: string; readonly answer?: Answer; readonly patience?: number };

async function setUp(options: Options = {}) {
  const server = open.server ?? (await startTelegram());
  const world = bench();
  const fatal: StartupError[] = [];
  const channel = createTelegram({
    token: options.token ?? server.token,
    apiRoot: server.apiRoot,
    answer: options.answer ?? world.answer,
    commands,
    log: world.log,
    fatal: (error) => fatal.push(error),
    ...(options.patience === undefined ? {} : { patience: options.patience }),
  });
  open.channels.push(channel);
  open.server = server;
  return { server, world, fatal, channel };
}

async function started(options: Options = {}) {
  const parts = await setUp(options);
  await parts.channel.start();
  return parts;
}

const to = { platform: 'telegram', chat: '-1001234567890', thread: null } as const;
const group = { chat: -1001, type: 'supergroup', user: 7 } as const;

const ADMINS_ONLY = expect.stringContaining("Only Tierwatch's admins can do that.");
/** What a command cannot do without. */
const TYPED: Readonly<Record<string, string>> = {
  tier: 'Akash Network',
  why: 'Akash Network',
  evidence_wrong: 'x',
  evidence_add: 'https://a.example/x lab_training',
  evidence_undo: 'x',
};

describe('commands', () => {
  test('every command is answered', async () => {
    const { server } = await started();
    const firsts: Record<string, string> = {};
    for (const { name } of commands) {
      const [reply] = await server.ask(`/${name} ${TYPED[name] ?? ''}`);
      firsts[name] = reply?.text.split('\n')[0] ?? '';
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

  test.each([
    ['/start', 'Tierwatch'],
    ['/start deep-link', 'Tierwatch'],
    ['/TIERS', 'Tiers'],
    ['/tiers@tierwatch_test_bot', 'Tiers'],
    ['/tiers@TierWatch_Test_Bot\nthe next line is not an argument', 'Tiers'],
    ['/tier network="Akash Network"', 'Akash: Avoid'],
    ['/teir akash', 'I know no command called “teir”.'],
  ])('%s', async (text, first) => {
    const { server } = await started();
    const [reply] = await server.ask(text);
    expect(reply?.text.split('\n')[0]).toBe(first);
  });

  test.each(['/tiers@other_bot', 'tiers', 'see /tiers', '/', '// tiers'])('not for us: %s', async (text) => {
    const { server } = await started();
    expect(await server.ask(text)).toEqual([]);
  });

  test('in a group an unknown command may be another bot’s', async () => {
    const { server } = await started();
    expect(await server.ask('/weather', group)).toEqual([]);
    expect(await server.ask('/weather@tierwatch_test_bot', group)).toHaveLength(1);
  });

  test('ten kilobytes of argument are harmless', async () => {
    const { server } = await started();
    const [reply] = await server.ask(`/tier ${HOSTILE.replaceAll('\n', ' ').repeat(40)}`);
    expect(reply?.text).toContain('I know no network called');
  });

  test('subscribe is stored for the topic, by administrators only', async () => {
    const { server, world } = await started();
    const [refused] = await server.ask('/subscribe akash', { ...group, thread: 5 });
    expect(refused).toMatchObject({ text: expect.stringContaining('group administrator'), thread: 5 });
    expect(world.committed.filter((event) => event.kind === 'subscribed')).toEqual([]);
    server.setMember(-1001, 7, 'administrator');
    const [accepted] = await server.ask('/subscribe akash', { ...group, thread: 5 });
    expect(accepted).toMatchObject({ text: expect.stringContaining('Subscribed'), thread: 5, chat: '-1001' });
    expect(world.committed.filter((event) => event.kind === 'subscribed')).toMatchObject([
      {
        subscription: {
          destination: { platform: 'telegram', chat: '-1001', thread: '5' },
          networks: ['akash'],
          by: '7',
        },
      },
    ]);
  });

  test.each([
    ['the creator', 'creator', true],
    ['a member', 'member', false],
  ] as const)('%s', async (_, status, may) => {
    const { server } = await started();
    server.setMember(-1001, 7, status);
    const [reply] = await server.ask('/subscribe', group);
    expect(reply?.text.startsWith('Subscribed')).toBe(may);
  });

  test('corrections are for admins by their own id, whatever they may in the group', async () => {
    const admins = { discord: [], telegram: ['42'] };
    const { server } = await started({ answer: bench(emptyState(), { admins }).answer });
    server.setMember(-1001, 7, 'creator');
    for (const [where, may] of [
      [group, false],
      [{ ...group, user: 42 }, true],
      [{ ...group, user: 42, senderChat: -1001 }, false],
      [{ ...group, user: 42, senderChat: -1002 }, false],
      [{ chat: 42, type: 'private', user: 42 }, true],
      [{ chat: 7, type: 'private', user: 7 }, false],
      [{ chat: -1003, type: 'channel' }, false],
    ] as const) {
      const [reply] = await server.ask('/evidence_list', where);
      expect(reply?.text.includes('No article is marked'), JSON.stringify(where)).toBe(may);
      expect(reply?.text.includes("Only Tierwatch's admins"), JSON.stringify(where)).toBe(!may);
    }
  });

  test('an anonymous administrator manages, a linked channel does not', async () => {
    const { server } = await started();
    const [anonymous] = await server.ask('/subscribe', { ...group, senderChat: -1001 });
    expect(anonymous?.text).toContain('Subscribed');
    const [linked] = await server.ask('/unsubscribe', { ...group, senderChat: -1002 });
    expect(linked?.text).toContain('group administrator');
  });

  test('a post in a channel comes from those who run it', async () => {
    const { server } = await started();
    const [reply] = await server.ask('/subscribe', { chat: -1009, type: 'channel' });
    expect(reply).toMatchObject({ text: expect.stringContaining('Subscribed'), chat: '-1009' });
  });

  test('in doubt about a member the answer is no', async () => {
    const { server } = await started();
    server.fail({ method: 'getChatMember', kind: 'error', code: 400, description: 'Bad Request: user not found' });
    const [reply] = await server.ask('/subscribe', group);
    expect(reply?.text).toContain('group administrator');
  });

  test('an update seen again is not acted on twice, also by the next process', async () => {
    const first = await started();
    const [reply] = await first.server.ask('/unsubscribe');
    expect(reply?.text).toContain('not subscribed');
    const update = 1000;
    await first.server.repeat(update);
    expect(first.server.sent()).toHaveLength(1);
    await first.channel.stop();

    const second = await started({ answer: first.world.answer });
    await second.server.repeat(update);
    expect(second.server.sent()).toHaveLength(1);
    expect(first.world.state().handled.get('telegram')).toBe(update);
    expect(await second.server.ask('/tiers')).toHaveLength(1);
  });

  test('an answer that fails to be built does not end the polling', async () => {
    const broken: Answer = async ({ command }) => {
      if (command === 'tiers') throw new Error('broken');
      return { message: says('fine'), ephemeral: false };
    };
    const { server, world } = await started({ answer: broken });
    expect(await server.ask('/tiers')).toEqual([]);
    expect(await server.ask('/help')).toHaveLength(1);
    expect(world.lines.some((line) => line.text === 'an update failed')).toBe(true);
  });
});

describe('the menu', () => {
  test('is set once, and again only after a change', async () => {
    const { server, channel } = await started();
    expect(server.menu().map(({ command }) => command)).toEqual(commands.map(({ name }) => name));
    await channel.stop();
    await started();
    expect(server.calls().filter((method) => method === 'setMyCommands')).toHaveLength(1);
  });

  test('does not keep alerts from going out', async () => {
    const { server, channel } = await setUp();
    server.fail({ method: 'getMyCommands', kind: 'html' });
    await channel.start();
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject({ kind: 'sent' });
  });
});

describe('sending', () => {
  test('goes to the topic, as text with entities, without a preview', async () => {
    const { server, channel } = await started();
    const outcome = await channel.send({ ...to, thread: '9' }, says([{ bold: 'See' }, ' https://x.example']), KEY);
    const [message] = server.sent();
    expect(outcome).toEqual({ kind: 'sent', message: String(message?.id) });
    expect(message).toMatchObject({
      chat: to.chat,
      thread: 9,
      text: 'See https://x.example',
      entities: [{ type: 'bold', offset: 0, length: 3 }],
      previewDisabled: true,
    });
  });

  test.each([
    [403, 'Forbidden: bot was blocked by the user', { kind: 'never', unsubscribe: true }],
    [403, 'Forbidden: bot was kicked from the supergroup chat', { kind: 'never', unsubscribe: true }],
    [403, 'Forbidden: user is deactivated', { kind: 'never', unsubscribe: true }],
    [400, 'Bad Request: chat not found', { kind: 'never', unsubscribe: true }],
    [400, 'Bad Request: message thread not found', { kind: 'never', unsubscribe: true }],
    [400, 'Bad Request: TOPIC_CLOSED', { kind: 'never', unsubscribe: false }],
    [400, 'Bad Request: not enough rights to send text messages to the chat', { kind: 'never', unsubscribe: false }],
    [500, 'Internal Server Error', { kind: 'later', after: null }],
  ])('%i %s', async (code, description, outcome) => {
    const { server, channel } = await started();
    server.fail({ method: 'sendMessage', kind: 'error', code, description });
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject(outcome);
  });

  test('a group that became a supergroup moved', async () => {
    const { server, channel } = await started();
    const parameters = { migrate_to_chat_id: -1009 };
    const description = 'Bad Request: group chat was upgraded to a supergroup chat';
    server.fail({ method: 'sendMessage', kind: 'error', code: 400, description, parameters });
    expect(await channel.send(to, says('hello'), KEY)).toEqual({ kind: 'moved', to: { ...to, chat: '-1009' } });
  });

  test('a rate limit comes back with its wait', async () => {
    const { server, channel } = await started();
    const parameters = { retry_after: 17 };
    server.fail({ method: 'sendMessage', kind: 'error', code: 429, description: 'Too Many Requests', parameters });
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject({ kind: 'later', after: 17_000 });
  });

  test.each(['cut', 'html'] as const)('a connection in trouble (%s) is tried again later', async (kind) => {
    const { server, channel } = await started();
    server.fail({ method: 'sendMessage', kind });
    const outcome = await channel.send(to, says('hello'), KEY);
    expect(outcome).toMatchObject({ kind: 'later', after: null });
    expect(JSON.stringify(outcome)).not.toContain(server.token);
  });

  test('no answer in time is tried again later', async () => {
    const { server, channel } = await started({ patience: 500 });
    server.fail({ method: 'sendMessage', kind: 'hang' });
    expect(await channel.send(to, says('hello'), KEY)).toMatchObject({ kind: 'later', after: null });
  });
});

describe('start and stop', () => {
  test('a wrong token names what to set', async () => {
    const { server, channel, world } = await setUp({ token: '5000000001:AAWrongTestToken-0123456789_abcdefgh' });
    const wrong = { name: 'StartupError', message: expect.stringContaining('TELEGRAM_TOKEN') };
    await expect(channel.start()).rejects.toMatchObject(wrong);
    expect(server.calls()).toEqual(['getMe']);
    expect(JSON.stringify(world.lines)).not.toContain('AAWrong');
  });

  test('an empty token names what to set', async () => {
    await expect(setUp({ token: '' })).rejects.toMatchObject({ message: expect.stringContaining('TELEGRAM_TOKEN') });
  });

  test('no answer at start is said, and nothing hangs', async () => {
    const { server, channel } = await setUp({ patience: 300 });
    server.fail({ method: 'getMe', kind: 'hang' });
    const late = { name: 'Unreachable', message: expect.stringContaining('network') };
    await expect(channel.start()).rejects.toMatchObject(late);
  });

  test('a token revoked while running is fatal, once', async () => {
    const { server, channel, fatal } = await started();
    await server.ask('/tiers');
    server.revoke();
    await expect.poll(() => fatal.length).toBe(1);
    await channel.send(to, says('hello'), KEY);
    expect(fatal.map((error) => error.message)).toEqual([expect.stringContaining('TELEGRAM_TOKEN')]);
  });

  test('a second process on the same token is fatal', async () => {
    const { server, fatal } = await started();
    await server.ask('/tiers');
    server.fail({ method: 'getUpdates', kind: 'error', code: 409, description: 'Conflict', times: 1 });
    server.type('/tiers');
    await expect.poll(() => fatal.map((error) => error.message)).toEqual([expect.stringContaining('409')]);
  });

  test('stop ends within two seconds, also while the server hangs', async () => {
    const { server, channel, fatal } = await started();
    await server.ask('/tiers');
    server.fail({ method: 'getUpdates', kind: 'hang' });
    const before = performance.now();
    await channel.stop();
    expect(performance.now() - before).toBeLessThan(2500);
    expect(fatal).toEqual([]);
  });

  test('polling that fails is said once, without the token', { timeout: 15_000 }, async () => {
    const { server, world } = await started();
    await server.ask('/tiers');
    server.fail({ method: 'getUpdates', kind: 'cut', times: 2 });
    await server.ask('/tiers');
    await server.ask('/tiers');
    const polls = world.lines.filter((line) => line.text.startsWith('polling'));
    expect(polls.map((line) => line.text)).toEqual(['polling Telegram fails', 'polling Telegram works again']);
    expect(JSON.stringify(world.lines)).not.toContain(server.token);
  });
});
