/** The Telegram channel: typed commands in by long polling, messages out. */
import { Api, Bot, type Context } from 'grammy';
import type { Chat, Message as TelegramMessage } from 'grammy/types';
import type { Destination } from '../../core/destination.ts';
import type { Message } from '../../core/message.ts';
import { type Answer, type Caller, type Channel, type SendOutcome, StartupError } from '../../core/ports.ts';
import { type Duration, SECOND } from '../../core/time.ts';
import type { Command } from '../command.ts';
import { within } from '../deadline.ts';
import type { Log } from '../log.ts';
import { redact, sayError } from '../redact.ts';
import { fatalError, outcomeOf, startupError } from './outcome.ts';
import { renderTelegram } from './render.ts';
import { readCommand, type Typed } from './typed.ts';

type TelegramParts = {
  readonly token: string;
  /** Base of the Bot API; Telegram's own by default. */
  readonly apiRoot?: string;
  readonly answer: Answer;
  readonly commands: readonly Command[];
  readonly log: Log;
  /** Called once when Telegram shuts Tierwatch out for good while it runs. */
  readonly fatal: (error: StartupError) => void;
  /** How long the start and each send may take; 30 s by default. */
  readonly patience?: Duration;
};

const POLL_SECONDS = 25;
/** Longer than a poll, far shorter than grammY's 500 s: a dead connection is noticed. */
const CALL_SECONDS = 40;
const STOP_TIMEOUT = 2 * SECOND;

export function createTelegram(parts: TelegramParts): Channel {
  const { token, apiRoot, log, patience = 30 * SECOND } = parts;
  if (token.trim() === '') throw new StartupError('TELEGRAM_TOKEN is empty: set it to the token @BotFather gave.');
  const root = apiRoot === undefined ? {} : { apiRoot: apiRoot.replace(/\/+$/, '') };
  const bot = new Bot(token, { client: { timeoutSeconds: CALL_SECONDS, ...root } });
  // Every call but the polling goes through this one, which gives up, and aborts the request, after `patience`.
  const api = new Api(token, { timeoutSeconds: patience / SECOND, ...root });
  let phase: 'starting' | 'running' | 'over' = 'starting';
  let polling: Promise<void> = Promise.resolve();

  function end(error: StartupError): void {
    if (phase !== 'running') return;
    phase = 'over';
    log.error({ platform: 'telegram' }, error.message);
    parts.fatal(error);
  }

  reportPolling(bot, log, token);
  bot.on(['message:text', 'channel_post:text'], (context) => respond(parts, api, bot.botInfo.username, context));
  bot.on('my_chat_member', ({ myChatMember }) => {
    log.info({ platform: 'telegram', status: myChatMember.new_chat_member.status }, 'a chat changed its membership');
  });
  // Without a handler one failing update would end the polling.
  bot.catch(({ error }) => log.warn({ platform: 'telegram', why: sayError(error, token) }, 'an update failed'));

  return {
    platform: 'telegram',
    async start() {
      try {
        bot.botInfo = await api.getMe();
        await nameCommands(api, parts);
      } catch (error) {
        phase = 'over';
        throw startupError(error, token);
      }
      phase = 'running';
      polling = bot
        .start({
          timeout: POLL_SECONDS,
          drop_pending_updates: false,
          allowed_updates: ['message', 'channel_post', 'my_chat_member'],
        })
        .catch((error: unknown) => end(startupError(error, token)));
      log.info({ platform: 'telegram' }, 'Telegram is connected');
    },
    async send(to, message) {
      const { outcome, error } = await send(api, to, message, token);
      const fatal = fatalError(error);
      if (fatal !== undefined) end(fatal);
      return outcome;
    },
    async stop() {
      phase = 'over';
      const stopped = bot.stop().catch((error: unknown) => {
        log.info({ platform: 'telegram', why: sayError(error, token) }, 'the last poll was not confirmed');
      });
      await within(STOP_TIMEOUT, Promise.all([stopped, polling]));
    },
  };
}

/** Sets the commands of the menu where they changed. Alerts go out without it, unless the token is refused. */
async function nameCommands(api: Api, { commands, log, token }: TelegramParts): Promise<void> {
  const wanted = commands.map(({ name, description }) => ({ command: name, description }));
  try {
    // Not knowing the present menu is no reason to leave it be, unless the token is refused.
    const present = await api.getMyCommands().catch((error: unknown) => {
      if (fatalError(error) !== undefined) throw error;
      return [];
    });
    const known = present.map(({ command, description }) => ({ command, description }));
    if (JSON.stringify(known) !== JSON.stringify(wanted)) await api.setMyCommands(wanted);
  } catch (error) {
    const fatal = fatalError(error);
    if (fatal !== undefined) throw fatal;
    log.warn({ platform: 'telegram', why: sayError(error, token) }, 'the command menu could not be set');
  }
}

/** Says once that polling fails, and once that it works again. */
function reportPolling(bot: Bot, log: Log, token: string): void {
  let failing = false;
  function report(why: string | null): void {
    if (why !== null && !failing) log.warn({ platform: 'telegram', why }, 'polling Telegram fails');
    if (why === null && failing) log.info({ platform: 'telegram' }, 'polling Telegram works again');
    failing = why !== null;
  }
  bot.api.config.use(async (call, method, payload, signal) => {
    if (method !== 'getUpdates') return call(method, payload, signal);
    try {
      const result = await call(method, payload, signal);
      report(result.ok ? null : redact(`${result.error_code}: ${result.description}`, token));
      return result;
    } catch (error) {
      if (signal?.aborted !== true) report(sayError(error, token));
      throw error;
    }
  });
}

async function respond(parts: TelegramParts, api: Api, username: string, context: Context): Promise<void> {
  const { answer, commands, log, token } = parts;
  const message = context.msg;
  const typed = readCommand(message?.text ?? '');
  if (message === undefined || typed === null || !isForUs(typed, message.chat, commands, username)) return;
  const asks = commands.some((one) => one.name === typed.command && one.manages);
  const caller = await callerOf(api, message, asks, parts);
  const answered = await answer({
    command: typed.command,
    input: { kind: 'typed', text: typed.text },
    caller,
    update: context.update.update_id,
  });
  if (answered === null) return;
  const { outcome } = await send(api, caller.destination, answered.message, token);
  if (outcome.kind !== 'sent') log.warn({ platform: 'telegram', outcome: outcome.kind }, 'an answer was not delivered');
}

/** In a group with several bots an unknown command without an address is somebody else's. */
function isForUs(typed: Typed, chat: Chat, commands: readonly Command[], username: string): boolean {
  if (typed.bot !== null) return typed.bot.toLowerCase() === username.toLowerCase();
  return chat.type === 'private' || commands.some((command) => command.name === typed.command);
}

async function callerOf(api: Api, message: TelegramMessage, asks: boolean, parts: TelegramParts): Promise<Caller> {
  const { chat, from, sender_chat: sender } = message;
  const direct = chat.type === 'private';
  const thread = message.is_topic_message === true ? (message.message_thread_id ?? null) : null;
  return {
    platform: 'telegram',
    user: String(sender?.id ?? from?.id ?? chat.id),
    roles: [],
    destination: { platform: 'telegram', chat: String(chat.id), thread: thread === null ? null : String(thread) },
    direct,
    manages: direct || chat.type === 'channel' || (asks && (await manages(api, message, parts))),
  };
}

/** An anonymous administrator writes as the group itself; anyone else is looked up. In doubt: no. */
async function manages(api: Api, { chat, from, sender_chat: sender }: TelegramMessage, { log, token }: TelegramParts) {
  if (sender !== undefined) return sender.id === chat.id;
  if (from === undefined) return false;
  try {
    const member = await api.getChatMember(chat.id, from.id);
    return member.status === 'creator' || member.status === 'administrator';
  } catch (error) {
    log.warn({ platform: 'telegram', why: sayError(error, token) }, 'a member could not be looked up');
    return false;
  }
}

type Sending = { readonly outcome: SendOutcome; readonly error?: unknown };

async function send(api: Api, to: Destination, message: Message, token: string): Promise<Sending> {
  try {
    const { text, entities } = renderTelegram(message);
    const thread = to.thread === null ? {} : { message_thread_id: Number(to.thread) };
    const options = { entities, link_preview_options: { is_disabled: true }, ...thread };
    const sent = await api.sendMessage(to.chat, text, options);
    return { outcome: { kind: 'sent', message: String(sent.message_id) } };
  } catch (error) {
    return { outcome: outcomeOf(error, to, token), error };
  }
}
