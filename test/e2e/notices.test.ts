/** From a provider that breaks to the direct chats of admins: told once, not again after a restart, and once when it is back. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DiscordServer, startDiscord } from '../servers/discord.ts';
import { startTelegram, type TelegramServer } from '../servers/telegram.ts';
import { type Figures, startFigures } from './figures.ts';
import { configIn, endAll, type Program, pause, scratch, tierwatch, until } from './program.ts';

const PERSON = '700000000000000003';

describe('a source that goes dark', () => {
  let discord: DiscordServer;
  let telegram: TelegramServer;
  let figures: Figures;
  let home: Awaited<ReturnType<typeof scratch>>;
  let env: Record<string, string>;
  let program: Program;

  async function start(): Promise<Program> {
    const next = tierwatch(['start'], env, home.dir);
    await until(() => next.err().includes('"watching"'), `the start (${next.err().slice(-500)})`, 30_000);
    return next;
  }
  const direct = () => discord.messages().filter(({ channel }) => channel === discord.directOf(PERSON));
  const private42 = () => telegram.sent().filter(({ chat }) => chat === '42');

  beforeAll(async () => {
    [discord, telegram, figures, home] = await Promise.all([
      startDiscord(),
      startTelegram(),
      startFigures(),
      scratch(),
    ]);
    figures.answer({ utilization: 0.5 });
    const config = await configIn(home.dir, {
      'sources.yaml': `sources:
  - id: my-dashboard
    json: ${figures.url}
    every: 1s
    private: true
    samples:
      - { series: akash.gpu_utilization, value: /utilization }
`,
    });
    const settings = join(config, 'tierwatch.yaml');
    const text = await readFile(settings, 'utf8');
    await writeFile(
      settings,
      text.replace('  discord: []', `  discord: ['${PERSON}']`).replace('  telegram: []', "  telegram: ['42']"),
    );
    env = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API: discord.api,
      TELEGRAM_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      TIERWATCH_CONFIG: config,
      TIERWATCH_DATA: join(home.dir, 'data'),
      LOG_LEVEL: 'debug',
    };
    program = await start();
    await until(() => program.err().includes('"polled"'), 'a first poll');
  }, 60_000);

  afterAll(async () => {
    endAll();
    await Promise.all([discord.close(), telegram.close(), figures.close(), home.remove()]);
  });

  it('is told to each admin in a direct chat, once, and shown by /sources to whoever asks', async () => {
    figures.answerRaw('{"utilization": "50%"}');
    await until(() => direct().length > 0 && private42().length > 0, 'the notices');
    await pause(2500);
    expect(direct()).toHaveLength(1);
    expect(private42()).toHaveLength(1);
    for (const text of [direct()[0]?.content ?? '', private42()[0]?.text ?? '']) {
      expect(text.split('\n')[0]).toBe('my-dashboard has gone dark');
      expect(text.replaceAll('\\', '')).toContain('gave nothing: akash.gpu_utilization: /utilization is a text');
      expect(text).toContain('Next try');
    }
    const { content, ephemeral } = await discord.interact('sources', {}, { permissions: 0n });
    expect(ephemeral).toBe(true);
    expect(content).toContain('1 dark');
    expect(content).toMatch(/my-dashboard\s+dark/);
  }, 30_000);

  it('is not told again after a kill, and once when it is back', async () => {
    program.signal('SIGKILL');
    await program.finished;
    program = await start();
    await pause(5000);
    expect(direct()).toHaveLength(1);
    expect(private42()).toHaveLength(1);
    figures.answer({ utilization: 0.5 });
    await until(() => direct().length > 1 && private42().length > 1, 'the good news');
    expect(direct().at(-1)?.content).toMatch(/^my-dashboard is back after \d+s/);
    expect(private42().at(-1)?.text).toMatch(/^my-dashboard is back after \d+s/);
    program.signal('SIGTERM');
    expect((await program.finished).code).toBe(0);
  }, 60_000);
});
