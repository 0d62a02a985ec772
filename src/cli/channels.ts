/** Opens a channel for each platform there is a token for; the terminal where there is none. */
import { commands } from '../bot/commands/index.ts';
import { createConsole } from '../bot/console/channel.ts';
import type { Platform } from '../core/destination.ts';
import type { Network } from '../core/ladder.ts';
import type { Answer, Channel, StartupError } from '../core/ports.ts';
import type { Log } from '../engine/log.ts';
import type { Io } from './io.ts';
import type { Access } from './secrets.ts';

export type ChannelParts = {
  readonly access: Access;
  readonly networks: readonly Network[];
  readonly answer: Answer;
  readonly log: Log;
  readonly io: Io;
  /** Called when a platform shuts the bot out for good. */
  readonly fatal: (error: StartupError) => void;
};

export async function channelsFor({
  access,
  networks,
  answer,
  log,
  io,
  fatal,
}: ChannelParts): Promise<ReadonlyMap<Platform, Channel>> {
  const channels: Channel[] = [];
  // A platform's library takes a while to load: only where it is used.
  if (access.discord !== undefined) {
    const { createDiscord } = await import('../bot/discord/channel.ts');
    channels.push(
      createDiscord({
        token: access.discord,
        ...(access.discordApi === undefined ? {} : { api: access.discordApi }),
        answer,
        commands,
        networks,
        log,
        fatal,
      }),
    );
  }
  if (access.telegram !== undefined) {
    const { createTelegram } = await import('../bot/telegram/channel.ts');
    channels.push(
      createTelegram({
        token: access.telegram,
        ...(access.telegramApi === undefined ? {} : { apiRoot: access.telegramApi }),
        answer,
        commands,
        log,
        fatal,
      }),
    );
  }
  if (channels.length === 0)
    channels.push(createConsole({ write: io.out, width: io.columns ?? 100, colour: io.columns !== null }));
  return new Map(channels.map((channel) => [channel.platform, channel]));
}
