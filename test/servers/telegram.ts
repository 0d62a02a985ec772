/** A local Telegram Bot API: long polling with offsets, sending, members, the command menu. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

type SentMessage = {
  readonly id: number;
  readonly chat: string;
  readonly thread: number | null;
  readonly text: string;
  readonly entities: readonly { readonly type: string; readonly offset: number; readonly length: number }[];
  readonly previewDisabled: boolean;
};

/** How the next calls of a method fail; for ever unless `times` is given. */
type TelegramFailure = { readonly method: string; readonly times?: number } & (
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly description: string;
      readonly parameters?: { readonly retry_after?: number; readonly migrate_to_chat_id?: number };
    }
  /** No answer at all. */
  | { readonly kind: 'hang' }
  /** The connection is cut. */
  | { readonly kind: 'cut' }
  /** A page of HTML instead of JSON, as a gateway in trouble gives. */
  | { readonly kind: 'html' }
);

type TelegramWhere = {
  readonly chat?: number;
  readonly type?: 'private' | 'group' | 'supergroup' | 'channel';
  readonly user?: number;
  /** A topic's id. */
  readonly thread?: number;
  /** Written as this chat: an anonymous administrator, or a linked channel. */
  readonly senderChat?: number;
};

export type TelegramServer = {
  /** For `createTelegram({ apiRoot })`. */
  readonly apiRoot: string;
  readonly token: string;
  readonly username: string;
  /** Puts a message into a chat; gives its update id. */
  type(text: string, where?: TelegramWhere): number;
  /** Types, waits until the bot has confirmed the update, and gives what it sent meanwhile. */
  ask(text: string, where?: TelegramWhere): Promise<readonly SentMessage[]>;
  /** Gives an update again, as after a crash before its confirmation; resolves when it is confirmed. */
  repeat(update: number): Promise<void>;
  sent(): readonly SentMessage[];
  /** What `getChatMember` says of a user; `member` by default. */
  setMember(chat: number, user: number, status: 'creator' | 'administrator' | 'member' | 'left'): void;
  menu(): readonly { readonly command: string; readonly description: string }[];
  /** Methods called so far, in order. */
  calls(): readonly string[];
  fail(failure: TelegramFailure): void;
  heal(): void;
  /** The token is no longer taken, from now on. */
  revoke(): void;
  close(): Promise<void>;
};

const USERNAME = 'tierwatch_test_bot';
const BOT = { id: 5_000_000_001, is_bot: true, first_name: 'Tierwatch', username: USERNAME };

const Entity = z.looseObject({ type: z.string(), offset: z.int().min(0), length: z.int().min(1) });
const SendMessage = z.looseObject({
  chat_id: z.union([z.string(), z.number()]).transform(String),
  text: z.string(),
  message_thread_id: z.int().optional(),
  entities: z.array(Entity).default([]),
  link_preview_options: z.looseObject({ is_disabled: z.boolean().default(false) }).optional(),
});
const GetUpdates = z.looseObject({
  offset: z.int().default(0),
  limit: z.int().default(100),
  timeout: z.int().default(0),
});
const GetChatMember = z.looseObject({ chat_id: z.union([z.string(), z.number()]).transform(String), user_id: z.int() });
const SetMyCommands = z.looseObject({
  commands: z
    .array(
      z.strictObject({
        command: z.string().regex(/^[a-z0-9_]{1,32}$/),
        description: z.string().min(1).max(256),
      }),
    )
    .max(100),
});

type Update = { readonly update_id: number; readonly [kind: string]: unknown };
type Poll = { readonly offset: number; readonly limit: number; readonly give: (status: number, body: unknown) => void };

/** Listens on a free port of 127.0.0.1. Update ids start at `firstUpdate`. */
export async function startTelegram(
  options: { readonly token?: string; readonly firstUpdate?: number } = {},
): Promise<TelegramServer> {
  const token = options.token ?? '5000000001:AALocalTestToken-0123456789_abcdefgh';
  let valid = true;
  let nextUpdate = options.firstUpdate ?? 1000;
  let nextMessage = 1;
  let updates: Update[] = [];
  let confirmed = 0;
  let poll: Poll | undefined;
  let menu: readonly { readonly command: string; readonly description: string }[] = [];
  let failures: { failure: TelegramFailure; left: number }[] = [];
  const history = new Map<number, Update>();
  const sent: SentMessage[] = [];
  const calls: string[] = [];
  const members = new Map<string, string>();
  const waiting: { readonly after: number; readonly resolve: () => void }[] = [];

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, presented, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    calls.push(method);
    const text = await readBody(request);
    const body: unknown = text === '' ? {} : JSON.parse(text);
    function give(status: number, json: unknown): void {
      if (response.writableEnded || response.destroyed) return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(json));
    }
    if (!valid || presented !== token) return give(401, refusal(401, 'Unauthorized'));
    const failure = nextFailure(method);
    switch (failure?.kind) {
      case 'hang':
        return;
      case 'cut':
        return void response.destroy();
      case 'html':
        response.writeHead(502, { 'content-type': 'text/html' });
        return void response.end('<html>Bad Gateway</html>');
      case 'error':
        return give(failure.code, refusal(failure.code, failure.description, failure.parameters));
    }
    if (method === 'getUpdates') return onPoll(body, give, response);
    const result = call(method, body);
    if ('result' in result) give(200, { ok: true, result: result.result });
    else give(400, refusal(400, result.description));
  }

  function nextFailure(method: string): TelegramFailure | undefined {
    const found = failures.find(({ failure, left }) => left > 0 && failure.method === method);
    if (found !== undefined) found.left--;
    return found?.failure;
  }

  function call(method: string, body: unknown): { result: unknown } | { description: string } {
    switch (method) {
      case 'getMe':
        return { result: { ...BOT, can_join_groups: true, can_read_all_group_messages: false } };
      case 'deleteWebhook':
        return { result: true };
      case 'getMyCommands':
        return { result: menu };
      case 'setMyCommands':
        menu = SetMyCommands.parse(body).commands;
        return { result: true };
      case 'getChatMember': {
        const { chat_id: chat, user_id: user } = GetChatMember.parse(body);
        return { result: { user: { id: user }, status: members.get(`${chat}/${user}`) ?? 'member' } };
      }
      case 'sendMessage':
        return onSend(SendMessage.parse(body));
      default:
        return { description: `Bad Request: ${method} is not spoken here` };
    }
  }

  function onSend(body: z.infer<typeof SendMessage>): { result: unknown } | { description: string } {
    const { text, entities } = body;
    if (text.trim() === '') return { description: 'Bad Request: message text is empty' };
    if (Array.from(text).length > 4096) return { description: 'Bad Request: message is too long' };
    if (entities.some(({ offset, length }) => offset + length > text.length))
      return { description: "Bad Request: can't parse entities" };
    const message: SentMessage = {
      id: nextMessage++,
      chat: body.chat_id,
      thread: body.message_thread_id ?? null,
      text,
      entities,
      previewDisabled: body.link_preview_options?.is_disabled ?? false,
    };
    sent.push(message);
    const chat = { id: Number(message.chat), type: 'private' };
    return { result: { message_id: message.id, date: 0, chat, from: BOT, text } };
  }

  function onPoll(body: unknown, give: Poll['give'], response: ServerResponse) {
    const { offset, limit, timeout } = GetUpdates.parse(body);
    poll?.give(409, refusal(409, 'Conflict: terminated by other getUpdates request'));
    updates = updates.filter((update) => update.update_id >= offset);
    confirmed = Math.max(confirmed, offset - 1);
    for (const one of waiting.splice(0)) {
      if (confirmed >= one.after) one.resolve();
      else waiting.push(one);
    }
    const mine: Poll = { offset, limit, give };
    poll = mine;
    response.on('close', () => {
      if (poll === mine) poll = undefined;
    });
    if (updates.length > 0 || timeout === 0) return serve();
    setTimeout(() => {
      if (poll === mine) serve();
    }, timeout * 1000).unref();
  }

  function serve(): void {
    const current = poll;
    poll = undefined;
    current?.give(200, { ok: true, result: updates.slice(0, current.limit) });
  }

  function push(update: Update): void {
    updates.push(update);
    if (poll !== undefined) serve();
  }

  function type(text: string, where: TelegramWhere = {}): number {
    const update = messageUpdate(nextUpdate++, nextMessage++, text, where);
    history.set(update.update_id, update);
    push(update);
    return update.update_id;
  }

  function whenConfirmed(after: number): Promise<void> {
    return new Promise((resolve) => {
      if (confirmed >= after) resolve();
      else waiting.push({ after, resolve });
    });
  }

  return {
    apiRoot: `http://127.0.0.1:${port}`,
    token,
    username: USERNAME,
    type,
    async ask(text, where) {
      const before = sent.length;
      await whenConfirmed(type(text, where));
      return sent.slice(before);
    },
    async repeat(id) {
      const update = history.get(id);
      if (update === undefined) throw new Error(`No update ${id} was given.`);
      confirmed = Math.min(confirmed, id - 1);
      push(update);
      await whenConfirmed(id);
    },
    sent: () => [...sent],
    setMember(chat, user, status) {
      members.set(`${chat}/${user}`, status);
    },
    menu: () => menu,
    calls: () => [...calls],
    fail(failure) {
      failures.push({ failure, left: failure.times ?? Number.POSITIVE_INFINITY });
    },
    heal() {
      failures = [];
    },
    revoke() {
      valid = false;
      poll?.give(401, refusal(401, 'Unauthorized'));
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function refusal(code: number, description: string, parameters?: object): object {
  return { ok: false, error_code: code, description, ...(parameters === undefined ? {} : { parameters }) };
}

function messageUpdate(update: number, id: number, text: string, where: TelegramWhere): Update {
  const { chat = 42, type = 'private', user = 7, thread, senderChat } = where;
  const length = /^\/\S+/.exec(text)?.[0].length;
  const message = {
    message_id: id,
    date: 0,
    chat: { id: chat, type, ...(type === 'private' ? { first_name: 'Ada' } : { title: 'Watchers' }) },
    ...(type === 'channel' ? {} : { from: { id: user, is_bot: false, first_name: 'Ada' } }),
    ...(senderChat === undefined ? {} : { sender_chat: { id: senderChat, type: 'supergroup', title: 'Watchers' } }),
    ...(thread === undefined ? {} : { message_thread_id: thread, is_topic_message: true }),
    text,
    ...(length === undefined ? {} : { entities: [{ type: 'bot_command', offset: 0, length }] }),
  };
  return { update_id: update, [type === 'channel' ? 'channel_post' : 'message']: message };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
