/** From a figure on a provider's server to an alert in two chats: a real discord.js client, a real grammY bot, a real process. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DiscordServer, MANAGE_CHANNELS, startDiscord } from '../servers/discord.ts';
import { type HttpServer, startHttpServer } from '../servers/http.ts';
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

const LABS = `rules:
  - id: labs
    title: An AI lab publicly trains on the network
    networks: [bittensor]
    when: news(lab_training, 60d) >= 2
    for: 3s
    effect: { raise: 1 }
`;
/** What two outlets publish after their feeds were first read. */
const REPORTS = {
  one: 'Templar has finished pre-training Covenant-72B on a Bittensor subnet over the public internet',
  two: 'Bittensor subnet has trained a 72B language model over the open internet',
} as const;
const ADMIN = { discord: '700000000000000009', telegram: 42 } as const;

function rss(outlet: string, title: string | null): string {
  const old = `<item><title>Welcome to ${outlet}</title><link>https://${outlet}.example/welcome</link><pubDate>${new Date(0).toUTCString()}</pubDate></item>`;
  const item = `<item><title>${title}</title><link>https://${outlet}.example/report</link><pubDate>${new Date().toUTCString()}</pubDate></item>`;
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${outlet}</title><link>https://${outlet}.example</link>${old}${title === null ? '' : item}</channel></rss>`;
}

describe('two reports raise a tier, an admin corrects them, restart', () => {
  let discord: DiscordServer;
  let telegram: TelegramServer;
  let feeds: HttpServer;
  let home: Awaited<ReturnType<typeof scratch>>;
  let env: Record<string, string>;
  let program: Program;
  let isOut = false;

  async function start(): Promise<Program> {
    const next = tierwatch(['start'], env, home.dir);
    await until(() => next.err().includes('"watching"'), `the start (${next.err().slice(-500)})`, 30_000);
    return next;
  }

  const heads = () => discord.messages().map(({ content }) => content.split('\n')[0]);

  beforeAll(async () => {
    [discord, telegram, home, feeds] = await Promise.all([
      startDiscord(),
      startTelegram(),
      scratch(),
      startHttpServer(({ path }, response) => {
        const outlet = path.slice(1) as keyof typeof REPORTS;
        response
          .writeHead(200, { 'content-type': 'application/rss+xml' })
          .end(rss(outlet, isOut ? REPORTS[outlet] : null));
      }),
    ]);
    const feed = (outlet: string) =>
      `  - { id: ${outlet}, url: '${feeds.url(`/${outlet}`)}', outlet: Outlet ${outlet}, owner: Outlet ${outlet}, trust: press, every: 1s, private: true }\n`;
    const config = await configIn(home.dir, {
      'sources.yaml': 'sources: []\n',
      'feeds.yaml': `feeds:\n${feed('one')}${feed('two')}`,
      'rules/labs.yaml': LABS,
    });
    await edit(join(config, 'networks.yaml'), /(id: bittensor\n[^#]*?tier: )\w+/, '$1watching');
    await edit(join(config, 'tierwatch.yaml'), '  discord: []', `  discord: ['${ADMIN.discord}']`);
    await edit(join(config, 'tierwatch.yaml'), '  telegram: []', `  telegram: ['${ADMIN.telegram}']`);
    await edit(join(config, 'tierwatch.yaml'), 'tick: 1m', 'tick: 1s');
    env = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API: discord.api,
      TELEGRAM_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      TIERWATCH_CONFIG: config,
      TIERWATCH_DATA: join(home.dir, 'data'),
    };
    program = await start();
  }, 60_000);

  afterAll(async () => {
    endAll();
    await Promise.all([discord.close(), telegram.close(), feeds.close(), home.remove()]);
  });

  it('raises it once both are out', async () => {
    await discord.interact('subscribe', { network: 'bittensor' }, { permissions: MANAGE_CHANNELS });
    const read = (outlet: string) => feeds.asked.filter(({ path }) => path === `/${outlet}`).length;
    await until(() => read('one') > 1 && read('two') > 1, 'the first readings', 30_000);
    isOut = true;
    await until(() => heads().length > 0, 'the alert', 30_000);
    expect(heads()).toEqual(['Bittensor: Watching → Conviction']);
  }, 60_000);

  it('lets nobody but admins correct anything', async () => {
    const options = { article: 'https://two.example/report' };
    const refused = await discord.interact('evidence_wrong', options, { permissions: MANAGE_CHANNELS });
    expect(refused).toMatchObject({ ephemeral: true, content: expect.stringContaining("Only Tierwatch's admins") });
    const [typed] = await telegram.ask('/evidence_wrong https://two.example/report', {
      chat: 7,
      type: 'private',
      user: 7,
    });
    expect(typed?.text).toContain('your Telegram user id is 7.');
    expect(heads()).toHaveLength(1);
  });

  it('takes the tier back at once where one is marked as wrong, and tells that it was a correction', async () => {
    const options = { article: 'https://www.two.example/report?utm_source=x', reason: 'about a test run' };
    const answer = await discord.interact('evidence_wrong', options, { user: ADMIN.discord });
    expect(answer.ephemeral).toBe(true);
    expect(answer.content).toContain('2 → 1 outlets');
    expect(answer.content).toContain('**Bittensor**: Conviction → Watching');
    await until(() => heads().length > 1, 'the alert');
    expect(heads().at(-1)).toBe('Bittensor: Conviction → Watching');
    expect(discord.messages().at(-1)?.content).toContain('An admin corrected the reports');
  });

  it('keeps the mark over a restart, in which it can be exported', async () => {
    program.signal('SIGTERM');
    expect((await program.finished).code).toBe(0);
    const { code, out } = await tierwatch(['evidence', '--json'], env, home.dir).finished;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      title: REPORTS.two,
      url: 'https://two.example/report',
      publisher: 'Outlet two',
      networks: ['bittensor'],
      events: [],
      negative_kind: 'marked wrong',
    });
    program = await start();
    const asked = feeds.asked.length;
    await until(() => feeds.asked.length > asked + 4, 'further readings', 30_000);
    await pause(1500);
    expect(heads()).toHaveLength(2);
    const [listed] = await telegram.ask('/evidence_list', { chat: 42, type: 'private', user: ADMIN.telegram });
    expect(listed?.text).toContain(`by discord:${ADMIN.discord}: “Bittensor subnet has trained`);
  }, 60_000);

  it('brings the tier back where the mark is taken back, on another platform, and without waiting again', async () => {
    const where = { chat: -1001, type: 'supergroup', user: ADMIN.telegram } as const;
    const [answer] = await telegram.ask('/evidence_undo https://two.example/report', where);
    expect(answer?.text).toContain('Bittensor: Watching → Conviction');
    await until(() => heads().length > 2, 'the alert');
    expect(heads().at(-1)).toBe('Bittensor: Watching → Conviction');
  });

  it('takes another voice in place of one that was marked', async () => {
    await discord.interact('evidence_wrong', { article: 'https://one.example/report' }, { user: ADMIN.discord });
    const options = {
      link: 'https://third.example/a',
      type: 'lab_training',
      network: 'Bittensor',
      title: 'Covenant trained by strangers',
    };
    const answer = await discord.interact('evidence_add', options, { user: ADMIN.discord });
    expect(answer.content).toContain('1 → 2 outlets');
    await until(() => heads().length > 4, 'the alerts');
    expect(heads().slice(3)).toEqual(['Bittensor: Conviction → Watching', 'Bittensor: Watching → Conviction']);
  });
});

async function edit(path: string, what: string | RegExp, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  const edited = text.replace(what, to);
  if (edited === text) throw new Error(`${path} has no ${what}`);
  await writeFile(path, edited);
}
