/** The Discord channel: slash commands in, messages out, over one gateway shard. */
import {
  type ChatInputCommandInteraction,
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  MessageFlags,
  RESTEvents,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { Network } from '../../core/ladder.ts';
import type { Message } from '../../core/message.ts';
import { type Answer, type Channel, type SendOutcome, StartupError, Unreachable } from '../../core/ports.ts';
import { type Duration, formatDuration, SECOND } from '../../core/time.ts';
import type { Command } from '../command.ts';
import { LATE, within } from '../deadline.ts';
import type { Log } from '../log.ts';
import { sayError } from '../redact.ts';
import { invocationOf, missingRights } from './invocation.ts';
import { closeError, isRefused, outcomeOf, startupError } from './outcome.ts';
import { register } from './registration.ts';
import { renderDiscord } from './render.ts';

type DiscordParts = {
  readonly token: string;
  /** Base of the REST API, without version; Discord's own by default. */
  readonly api?: string;
  readonly answer: Answer;
  readonly commands: readonly Command[];
  readonly networks: readonly Network[];
  readonly log: Log;
  /** Called once when Discord shuts Tierwatch out for good while it runs. */
  readonly fatal: (error: StartupError) => void;
  /** How long the login and each send may take; 30 s by default. */
  readonly patience?: Duration;
};

const STOP_TIMEOUT = 2 * SECOND;
/** The client waits out shorter rate limits itself; longer ones come back as `later`. */
const SHORT_WAIT = 5 * SECOND;
/** Servers in an outage hold the start up no longer than this. */
const GUILD_WAIT = 5 * SECOND;
/** https://docs.discord.com/developers/resources/message#create-message: at most 25 characters. */
const NONCE_LENGTH = 24;

/** Discord forgets a nonce after some minutes; until then a repeated send gives the message already there. */
export function createDiscord(parts: DiscordParts): Channel {
  const { token, log, patience = 30 * SECOND } = parts;
  if (token.trim() === '') throw new StartupError('DISCORD_TOKEN is empty: set it to the bot token.');
  const client = createClient(parts.api);
  const people: People = new Map();
  let phase: 'starting' | 'running' | 'over' = 'starting';

  function end(error: StartupError): void {
    if (phase !== 'running') return;
    phase = 'over';
    log.error({ platform: 'discord' }, error.message);
    parts.fatal(error);
  }

  const warn = (what: string) => (error: Error) => log.warn({ platform: 'discord', why: sayError(error, token) }, what);
  client.on(Events.Error, warn('the Discord client reports an error'));
  client.on(Events.ShardError, warn('the Discord gateway reports an error'));
  client.on(Events.Invalidated, () => end(new StartupError('Discord ended the session: start Tierwatch again.')));
  client.on(Events.ShardDisconnect, ({ code }) => end(closeError(code) ?? unrecoverable(code)));
  client.rest.on(RESTEvents.InvalidRequestWarning, ({ count }) =>
    log.warn({ platform: 'discord', count }, 'many refused requests: Discord bans at 10000 in ten minutes'),
  );
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isChatInputCommand()) void respond(parts, interaction);
  });

  return {
    platform: 'discord',
    async start() {
      try {
        const application = await login(client, token, patience);
        await registerCommands(client, application, parts);
        log.info({ platform: 'discord' }, 'Discord is connected');
        phase = 'running';
      } catch (error) {
        phase = 'over';
        await close(client);
        throw startupError(error, token);
      }
    },
    async send(to, message, key) {
      const outcome = await send(client, { chat: to.chat, message, key }, { people, token, patience });
      if (outcome.kind === 'refused') end(startupError(outcome.error, token));
      return outcome.kind === 'refused' ? outcomeOf(outcome.error, token) : outcome;
    },
    async stop() {
      phase = 'over';
      await close(client);
    },
  };
}

function createClient(api: string | undefined): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    allowedMentions: { parse: [] },
    waitGuildTimeout: GUILD_WAIT,
    rest: {
      ...(api === undefined ? {} : { api: api.replace(/\/+$/, '') }),
      retries: 1,
      invalidRequestWarningInterval: 100,
      rejectOnRateLimit: ({ retryAfter, timeToReset }) => Math.max(retryAfter, timeToReset) > SHORT_WAIT,
    },
  });
}

function unrecoverable(code: number): StartupError {
  return new StartupError(`Discord closed the gateway for good (${code}): see the Developer Portal.`);
}

/** Logs in and waits until the client is ready; gives the application's id. */
async function login(client: Client, token: string, patience: Duration): Promise<string> {
  const ready = new Promise<void>((resolve, reject) => {
    client.once(Events.ClientReady, () => resolve());
    client.login(token).catch(reject);
  });
  if ((await within(patience, ready)) === LATE)
    throw new Unreachable(`Discord did not answer within ${formatDuration(patience)}: check the network.`);
  if (client.application === null) throw new StartupError('Discord named no application: check DISCORD_TOKEN.');
  return client.application.id;
}

/** Alerts go out without commands, so only a refused token keeps the channel from starting. */
async function registerCommands(client: Client, application: string, parts: DiscordParts): Promise<void> {
  try {
    const changed = await register(client.rest, application, parts.commands, parts.networks);
    if (changed) parts.log.info({ platform: 'discord' }, 'the commands are registered anew');
  } catch (error) {
    if (isRefused(error)) throw error;
    parts.log.warn({ platform: 'discord', why: sayError(error, parts.token) }, 'the commands could not be registered');
  }
}

async function close(client: Client): Promise<void> {
  await within(
    STOP_TIMEOUT,
    client.destroy().catch(() => undefined),
  );
}

const WithId = z.object({ id: z.string() });

/** Channels of direct chats, by user id. */
type People = Map<string, string>;
type Letter = { readonly chat: string; readonly message: Message; readonly key: string };
type Sending = { readonly people: People; readonly token: string; readonly patience: Duration };
type Refused = { readonly kind: 'refused'; readonly error: unknown };

async function send(
  client: Client,
  { chat, message, key }: Letter,
  { people, token, patience }: Sending,
): Promise<SendOutcome | Refused> {
  const controller = new AbortController();
  const { signal } = controller;
  try {
    const body = {
      content: renderDiscord(message),
      nonce: key.slice(0, NONCE_LENGTH),
      enforce_nonce: true,
      allowed_mentions: { parse: [] },
      flags: MessageFlags.SuppressEmbeds,
    };
    const posting = channelOf(client, chat, people, signal).then((channel) =>
      client.rest.post(Routes.channelMessages(channel), { body, signal }),
    );
    const posted = await within(patience, posting);
    if (posted === LATE) return { kind: 'later', after: null, why: `no answer within ${formatDuration(patience)}` };
    return { kind: 'sent', message: WithId.parse(posted).id };
  } catch (error) {
    return isRefused(error) ? { kind: 'refused', error } : outcomeOf(error, token);
  } finally {
    controller.abort();
  }
}

/** `@` before a user id stands for the direct chat with that person, which Discord gives a channel when asked. */
async function channelOf(client: Client, chat: string, people: People, signal: AbortSignal): Promise<string> {
  if (!chat.startsWith('@')) return chat;
  const user = chat.slice(1);
  const known = people.get(user);
  if (known !== undefined) return known;
  const { id } = WithId.parse(await client.rest.post(Routes.userChannels(), { body: { recipient_id: user }, signal }));
  people.set(user, id);
  return id;
}

/**
 * Answers one command. The first response is due within three seconds, so it is deferred before anything else,
 * which fixes who sees the answer.
 */
async function respond(
  { answer, commands, log, token }: DiscordParts,
  interaction: ChatInputCommandInteraction,
): Promise<void> {
  try {
    const invocation = invocationOf(interaction);
    const command = commands.find((one) => one.name === invocation.command);
    const hidden = command === undefined || command.private || (command.manages && !invocation.caller.manages);
    await defer(interaction, hidden);
    const answered = await answer(invocation);
    if (answered === null) return;
    const missing = command?.manages === true && invocation.caller.manages ? missingRights(interaction) : [];
    await interaction.editReply({
      content: renderDiscord(withWarning(answered.message, missing)),
      allowedMentions: { parse: [] },
    });
  } catch (error) {
    // A 401 here speaks of the interaction's own token, which lives 15 minutes, never of the bot's.
    log.warn({ platform: 'discord', why: sayError(error, token) }, 'a command could not be answered');
  }
}

/** 40060: an earlier attempt reached Discord although its answer was lost. */
const ALREADY_ACKNOWLEDGED = 40060;

async function defer(interaction: ChatInputCommandInteraction, hidden: boolean): Promise<void> {
  try {
    await interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {});
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== ALREADY_ACKNOWLEDGED) throw error;
    // discord.js only edits what it believes to be deferred.
    interaction.deferred = true;
  }
}

function withWarning(message: Message, missing: readonly string[]): Message {
  if (missing.length === 0) return message;
  const line = `Tierwatch may not post here yet: give it ${missing.join(' and ')}.`;
  return { blocks: [...message.blocks, { kind: 'text', line }] };
}
