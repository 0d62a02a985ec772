/** Opens a channel for each platform there is a token for; the terminal where there is none. */
import { commands } from '../bot/commands/index.ts';
import { createConsole } from '../bot/console/channel.ts';
import type { Platform } from '../core/destination.ts';
import type { Network } from '../core/ladder.ts';
import type { Answer, Channel, StartupError } from '../core/ports.ts';
import type { Log } from '../engine/log.ts';
import { patient } from '../engine/patient.ts';
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
  /** Called when a platform that was out of reach at the start answers. */
  readonly reached: () => void;
};

export async function channelsFor(parts: ChannelParts): Promise<ReadonlyMap<Platform, Channel>> {
  const { io } = parts;
  const channels = [await discordFor(parts), await telegramFor(parts)].filter((channel) => channel !== undefined);
  if (channels.length === 0)
    channels.push(createConsole({ write: io.out, width: io.columns ?? 100, colour: io.columns !== null }));
  return new Map(channels.map((channel) => [channel.platform, channel]));
}

// A platform's library takes a while to load: only where it is used.

async function discordFor({
  access,
  networks,
  answer,
  log,
  fatal,
  reached,
}: ChannelParts): Promise<Channel | undefined> {
  const { discord: token, discordApi } = access;
  if (token === undefined) return undefined;
  const { createDiscord } = await import('../bot/discord/channel.ts');
  const api = discordApi === undefined ? {} : { api: discordApi };
  const make = (): Channel => createDiscord({ token, ...api, answer, commands, networks, log, fatal });
  return patient({ platform: 'discord', make, log, fatal, reached });
}

async function telegramFor({ access, answer, log, fatal, reached }: ChannelParts): Promise<Channel | undefined> {
  const { telegram: token, telegramApi } = access;
  if (token === undefined) return undefined;
  const { createTelegram } = await import('../bot/telegram/channel.ts');
  const apiRoot = telegramApi === undefined ? {} : { apiRoot: telegramApi };
  const make = (): Channel => createTelegram({ token, ...apiRoot, answer, commands, log, fatal });
  return patient({ platform: 'telegram', make, log, fatal, reached });
}
