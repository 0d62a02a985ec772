/** What an operator can get wrong at the start: one clear line, exit code 1, no loop, nothing written. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DiscordServer, startDiscord } from '../servers/discord.ts';
import { startTelegram, type TelegramServer } from '../servers/telegram.ts';
import { configIn, endAll, scratch, tierwatch } from './program.ts';

describe('a start that cannot succeed', () => {
  let discord: DiscordServer;
  let telegram: TelegramServer;
  let home: Awaited<ReturnType<typeof scratch>>;
  let base: Record<string, string>;

  beforeAll(async () => {
    [discord, telegram, home] = await Promise.all([startDiscord(), startTelegram(), scratch()]);
    const config = await configIn(home.dir, { 'sources.yaml': 'sources: []\n' });
    await writeFile(join(home.dir, 'empty'), '\n');
    base = {
      TIERWATCH_CONFIG: config,
      TIERWATCH_DATA: join(home.dir, 'data'),
      DISCORD_API: discord.api,
      TELEGRAM_API_ROOT: telegram.apiRoot,
      LOG_LEVEL: 'silent',
    };
  });
  afterAll(async () => {
    endAll();
    await Promise.all([discord.close(), telegram.close(), home.remove()]);
  });

  const wrong = 'MTE4NzY1NDMyMTA5ODc2NTQzMjEw.GaBcDe.this-one-is-not-known-here-0123456789';

  it.each<[string, Record<string, string>, RegExp]>([
    ['a wrong Discord token', { DISCORD_TOKEN: wrong }, /^tierwatch: .*DISCORD_TOKEN/],
    [
      'a wrong Telegram token',
      { TELEGRAM_TOKEN: '123456789:not-the-token-of-any-bot' },
      /^tierwatch: .*TELEGRAM_TOKEN/,
    ],
    [
      'a token twice',
      { DISCORD_TOKEN: wrong, DISCORD_TOKEN_FILE: 'empty' },
      /^tierwatch: DISCORD_TOKEN and DISCORD_TOKEN_FILE are both set/,
    ],
    [
      'a missing token file',
      { TELEGRAM_TOKEN_FILE: 'nowhere' },
      /^tierwatch: TELEGRAM_TOKEN_FILE names .*nowhere, which cannot be read \(ENOENT\)/,
    ],
    [
      'an empty token file',
      { TELEGRAM_TOKEN_FILE: 'empty' },
      /^tierwatch: TELEGRAM_TOKEN_FILE names .*empty, which is empty/,
    ],
    [
      'a base that is no URL',
      { DISCORD_API: 'discord', DISCORD_TOKEN: wrong },
      /^tierwatch: DISCORD_API is no http or https URL/,
    ],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, /^tierwatch: LOG_LEVEL loud is unknown/],
    [
      'a missing configuration',
      { TIERWATCH_CONFIG: '/nowhere/config' },
      /\/nowhere\/config:1:1: the configuration directory cannot be opened/,
    ],
  ])('%s', async (_, env, line) => {
    const { code, out, err } = await tierwatch(['start'], { ...base, ...env }, home.dir).finished;
    const lines = err
      .trim()
      .split('\n')
      .filter((text) => !text.startsWith('warning: '));
    expect({ code, lines }).toEqual({ code: 1, lines: [expect.stringMatching(line)] });
    expect(out).toBe('');
    for (const secret of [wrong, 'not-the-token-of-any-bot']) expect(err).not.toContain(secret);
  });

  it('asks a platform no more than once with a token it refused', () => {
    expect(discord.requests().filter(({ status }) => status === 401).length).toBeLessThanOrEqual(1);
    expect(telegram.calls().filter((method) => method === 'getUpdates')).toEqual([]);
  });

  it('writes nothing where the configuration is refused', async () => {
    await writeFile(join(home.dir, 'config/tierwatch.yaml'), 'ladder: 3\ntack: 1m\n');
    const data = join(home.dir, 'untouched');
    const { code, err } = await tierwatch(['start', '--data', data], { ...base }, home.dir).finished;
    expect(code).toBe(1);
    expect(err).toMatch(/tierwatch\.yaml:1:9: [\s\S]*\n.*tierwatch\.yaml:2:1: .*did you mean tick/);
    expect(existsSync(data)).toBe(false);
  });
});
