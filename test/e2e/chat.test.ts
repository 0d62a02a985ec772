/** From a figure on a provider's server to an alert in two chats: a real discord.js client, a real grammY bot, a real process. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DiscordServer, MANAGE_CHANNELS, startDiscord } from '../servers/discord.ts';
import { startTelegram, type TelegramServer } from '../servers/telegram.ts';
import { type Figures, startFigures } from './figures.ts';
import { configIn, endAll, type Program, pause, scratch, tierwatch, until } from './program.ts';

const RULES = `rules:
  - id: floor
    title: GPU utilization below 20%
    networks: [akash]
    when: gpu_utilization < 20%
    clear: gpu_utilization > 25%
    effect: { lower: 1 }
    because: Cheap compute means nothing if nobody is buying it.
`;

describe('subscribe, drop, alert, restart', () => {
  let discord: DiscordServer;
  let telegram: TelegramServer;
  let figures: Figures;
  let home: Awaited<ReturnType<typeof scratch>>;
  let env: Record<string, string>;
  let program: Program;
  const started: Program[] = [];

  async function start(): Promise<Program> {
    const next = tierwatch(['start'], env, home.dir);
    started.push(next);
    await until(() => next.err().includes('"watching"'), `the start (${next.err().slice(-500)})`, 30_000);
    return next;
  }

  beforeAll(async () => {
    [discord, telegram, figures, home] = await Promise.all([
      startDiscord(),
      startTelegram(),
      startFigures(),
      scratch(),
    ]);
    figures.answer({ gpu: { utilization: 0.5 } });
    const config = await configIn(home.dir, {
      'sources.yaml': `sources:
  - id: my-dashboard
    json: ${figures.url}
    every: 1s
    private: true
    samples:
      - { series: akash.gpu_utilization, value: /gpu/utilization }
`,
      'rules/floor.yaml': RULES,
    });
    await writeFile(join(home.dir, 'discord-token'), `${discord.token}\n`);
    await writeFile(join(home.dir, '.env'), `TELEGRAM_TOKEN=${telegram.token}\n`);
    env = {
      DISCORD_TOKEN_FILE: 'discord-token',
      DISCORD_API: discord.api,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      TIERWATCH_CONFIG: config,
      TIERWATCH_DATA: join(home.dir, 'data'),
      LOG_LEVEL: 'debug',
    };
    program = await start();
  }, 60_000);

  afterAll(async () => {
    endAll();
    await Promise.all([discord.close(), telegram.close(), figures.close(), home.remove()]);
  });

  it('refuses whoever may not manage the channel or group', async () => {
    const refused = await discord.interact('subscribe', { network: 'akash' }, { permissions: 0n });
    expect(refused.content).toContain('Manage');
    const answers = await telegram.ask('/subscribe akash', { chat: -1001, type: 'supergroup', user: 77 });
    expect(answers[0]?.text).toContain('administrator');
  });

  it('takes subscriptions in both chats', async () => {
    expect(
      (await discord.interact('subscribe', { network: 'akash' }, { permissions: MANAGE_CHANNELS })).content,
    ).toContain('Akash');
    telegram.setMember(-1001, 77, 'administrator');
    const answers = await telegram.ask('/subscribe', { chat: -1001, type: 'supergroup', user: 77, thread: 5 });
    expect(answers[0]?.text).toContain('every network');
    expect(answers[0]?.thread).toBe(5);
  });

  it('tells both once, without waiting for the regular tick of a minute, with the reasoning', async () => {
    await until(() => figures.requests() > 2, 'polls');
    const before = telegram.sent().length;
    figures.answer({ gpu: { utilization: 0.05 } });
    await until(() => discord.messages().length > 0 && telegram.sent().length > before, 'the alerts');
    const delay = Date.now() - (figures.givenAt() ?? 0);
    console.log(`from the provider's answer to both alerts: ${delay} ms`);
    await pause(3000);
    expect(discord.messages()).toHaveLength(1);
    expect(telegram.sent()).toHaveLength(before + 1);
    const [posted] = discord.messages();
    const sent = telegram.sent().at(-1);
    for (const text of [posted?.content ?? '', sent?.text ?? '']) {
      expect(text.split('\n')[0]).toBe('Akash: Watching → Avoid');
      expect(text).toContain('GPU utilization below 20%');
      expect(text.replaceAll('\\', '')).toContain('akash.gpu_utilization is 5%, below 20%');
      expect(text).toContain('Cheap compute means nothing if nobody is buying it.');
      expect(text.replaceAll('\\', '')).toMatch(
        /Watching again if akash.gpu_utilization is above 25%: \d{4}-\d\d-\d\d at the earliest/,
      );
      expect(text).toContain('my-dashboard');
    }
    expect(posted).toMatchObject({ enforceNonce: true, allowedMentions: { parse: [] } });
    expect(sent).toMatchObject({ chat: '-1001', thread: 5 });
  });

  it('answers why with the frozen reasoning, alike on both', async () => {
    const answer = await discord.interact('why', { network: 'akash' });
    expect(answer.content).toContain('Watching → Avoid');
    const [typed] = await telegram.ask('/why akash', { chat: 42, type: 'private' });
    expect(typed?.text).toContain('Watching → Avoid');
    expect((await discord.interact('tiers')).content).toMatch(/Akash\s+Avoid/);
  });

  it('ends on SIGTERM within ten seconds, exit code 0', async () => {
    const begun = Date.now();
    program.signal('SIGTERM');
    const { code } = await program.finished;
    expect(code).toBe(0);
    expect(Date.now() - begun).toBeLessThan(10_000);
  });

  it('sends nothing again after a restart, and goes on where it was', async () => {
    const [posts, sends] = [discord.messages().length, telegram.sent().length];
    program = await start();
    await pause(4000);
    expect(discord.messages()).toHaveLength(posts);
    expect(telegram.sent()).toHaveLength(sends);
    figures.answer({ gpu: { utilization: 0.6 } });
    await until(() => discord.messages().length > posts && telegram.sent().length > sends, 'the way back');
    expect(discord.messages().at(-1)?.content.split('\n')[0]).toBe('Akash: Avoid → Watching');
  });

  it('refuses a second process on the same data, naming path and process', async () => {
    const { code, err } = await tierwatch(['start'], env, home.dir).finished;
    expect(code).toBe(1);
    expect(err).toContain(join(home.dir, 'data'));
    expect(err).toMatch(/process \d+|pid \d+/);
  });

  it('loses no alert to a kill between the fact and its delivery', async () => {
    const posts = discord.messages().length;
    discord.fail({ on: '/messages', kind: 'status', status: 503 });
    figures.answer({ gpu: { utilization: 0.04 } });
    await until(() => program.err().includes('not sent yet'), 'a failed send', 30_000);
    program.signal('SIGKILL');
    await program.finished;
    discord.heal();
    program = await start();
    await until(() => discord.messages().length > posts, 'the alert after all', 30_000);
    await pause(1500);
    expect(discord.messages()).toHaveLength(posts + 1);
    expect(discord.messages().at(-1)?.content.split('\n')[0]).toBe('Akash: Watching → Avoid');
  }, 60_000);

  it('ends in time though a platform does not answer, and sends what it owes afterwards', async () => {
    const posts = discord.messages().length;
    discord.fail({ on: '/messages', kind: 'hang' });
    const asked = () =>
      discord.requests().filter(({ method, path }) => method === 'POST' && path.includes('/messages')).length;
    const before = asked();
    figures.answer({ gpu: { utilization: 0.7 } });
    await until(() => asked() > before, 'a send that hangs');
    const begun = Date.now();
    program.signal('SIGTERM');
    expect((await program.finished).code).toBe(0);
    expect(Date.now() - begun).toBeLessThan(10_000);
    discord.heal();
    program = await start();
    await until(() => discord.messages().length > posts, 'the alert after all', 30_000);
    expect(discord.messages().at(-1)?.content.split('\n')[0]).toBe('Akash: Avoid → Watching');
  }, 60_000);

  it('logs no token and no chat text', async () => {
    const logs = started.map((one) => one.err() + one.out()).join('');
    expect(logs.length).toBeGreaterThan(1000);
    expect(logs).not.toContain(discord.token);
    expect(logs).not.toContain(telegram.token);
    expect(logs).not.toContain(telegram.token.split(':')[1]);
  });
});
