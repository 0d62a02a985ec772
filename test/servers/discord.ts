/** A local Discord: REST v10 and a gateway, as strict as the real one where Tierwatch touches it. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';

type PostedMessage = {
  readonly id: string;
  readonly channel: string;
  readonly content: string;
  readonly nonce: string | null;
  readonly enforceNonce: boolean;
  readonly allowedMentions: unknown;
  readonly flags: number;
};

type DiscordReply = {
  readonly content: string;
  readonly ephemeral: boolean;
  readonly allowedMentions: unknown;
};

type DiscordRequest = { readonly method: string; readonly path: string; readonly status: number | null };

/** How the next requests to paths that contain `on` fail; for ever unless `times` is given. */
type DiscordFailure = {
  readonly on: string;
  readonly times?: number;
} & (
  | { readonly kind: 'status'; readonly status: number; readonly code?: number; readonly retryAfter?: number }
  /** No answer at all. */
  | { readonly kind: 'hang' }
  /** The connection is cut before anything is saved. */
  | { readonly kind: 'cut' }
  /** A message is saved, then the connection is cut. */
  | { readonly kind: 'lose' }
);

type DiscordWhere = {
  /** Null: a direct chat. */
  readonly guild?: string | null;
  readonly channel?: string;
  readonly user?: string;
  readonly roles?: readonly string[];
  /** The member's rights, as bits. */
  readonly permissions?: bigint;
  /** Tierwatch's own rights there, as bits; all of them by default. */
  readonly appPermissions?: bigint;
};

export type DiscordServer = {
  /** For `createDiscord({ api })`. */
  readonly api: string;
  readonly token: string;
  readonly application: string;
  /** Gives a slash command and waits for the reply. Rejects where Discord's own menu would not offer it. */
  interact(command: string, options?: Readonly<Record<string, string>>, where?: DiscordWhere): Promise<DiscordReply>;
  /** Messages posted to channels, oldest first; one nonce within a channel counts once. */
  messages(): readonly PostedMessage[];
  /** The registered global commands. */
  commands(): readonly unknown[];
  /** The channel of the direct chat with a person. */
  directOf(user: string): string;
  requests(): readonly DiscordRequest[];
  identifies(): number;
  resumes(): number;
  fail(failure: DiscordFailure): void;
  /** Forgets every failure. */
  heal(): void;
  /** The token is no longer taken, from now on. */
  revoke(): void;
  /** Closes every gateway connection with this code. */
  closeGateway(code: number): void;
  close(): Promise<void>;
};

export const MANAGE_CHANNELS = 1n << 4n;
export const MANAGE_GUILD = 1n << 5n;
const EVERYTHING = (1n << 50n) - 1n;

const GUILD = '700000000000000001';
const CHANNEL = '700000000000000002';
const USER = '700000000000000003';
const APPLICATION = '700000000000000004';
const ROLE = '700000000000000005';

const Body = z.looseObject({
  content: z.string().optional(),
  nonce: z.string().max(25).optional(),
  enforce_nonce: z.boolean().optional(),
  allowed_mentions: z.unknown(),
  flags: z.number().default(0),
});
const Recipient = z.looseObject({ recipient_id: z.string().regex(/^\d{15,21}$/) });
const Callback = z.looseObject({ type: z.number(), data: z.looseObject({ flags: z.number().default(0) }).optional() });
const Frame = z.looseObject({ op: z.number(), d: z.unknown() });
const Identify = z.looseObject({ token: z.string(), intents: z.number() });
const Resume = z.looseObject({ token: z.string(), session_id: z.string(), seq: z.number() });
const Registered = z.array(
  z.looseObject({
    name: z.string().regex(/^[-_\p{Ll}\p{N}]{1,32}$/u),
    description: z.string().min(1).max(100),
    options: z
      .array(
        z.looseObject({
          name: z.string().regex(/^[-_\p{Ll}\p{N}]{1,32}$/u),
          description: z.string().min(1).max(100),
          required: z.boolean().default(false),
          choices: z
            .array(z.looseObject({ name: z.string().min(1).max(100), value: z.string() }))
            .max(25)
            .optional(),
        }),
      )
      .max(25)
      .default([]),
  }),
);

type Pending = {
  deferred: boolean;
  ephemeral: boolean;
  readonly born: number;
  readonly resolve: (reply: DiscordReply) => void;
};

type Dispatched = { readonly op: 0; readonly t: string; readonly s: number; readonly d: unknown };

/** Listens on a free port of 127.0.0.1. */
export async function startDiscord(
  options: { readonly token?: string; readonly refuseIntents?: boolean; readonly commands?: readonly unknown[] } = {},
): Promise<DiscordServer> {
  const token = options.token ?? 'MTE4NzY1NDMyMTA5ODc2NTQzMjEw.GaBcDe.local-test-token-0123456789abcdefghij';
  let valid = true;
  let nextId = 800_000_000_000_000_000n;
  let failures: { failure: DiscordFailure; left: number }[] = [];
  let commands: readonly unknown[] = options.commands ?? [];
  const messages: PostedMessage[] = [];
  const requests: { method: string; path: string; status: number | null }[] = [];
  const pending = new Map<string, Pending>();
  const sockets = new Set<WebSocket>();
  const dispatched: Dispatched[] = [];
  const counts = { identify: 0, resume: 0 };

  const newId = (): string => String(++nextId);
  const server: Server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });
  const gateway = new WebSocketServer({ server });
  gateway.on('connection', onConnection);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(pathname).replace(/^\/api\/v10/, '');
    const method = request.method ?? 'GET';
    const entry = { method, path, status: null as number | null };
    requests.push(entry);
    const text = await readBody(request);
    const body: unknown = text === '' ? undefined : JSON.parse(text);

    function reply(status: number, json?: unknown, headers: Readonly<Record<string, string>> = {}): void {
      entry.status = status;
      // A 204 with a content type makes the client parse nothing as JSON.
      response.writeHead(status, { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...headers });
      response.end(json === undefined ? undefined : JSON.stringify(json));
    }
    const refuse = (status: number, code: number, message: string) => reply(status, { message, code });

    const failure = nextFailure(path);
    if (failure?.kind === 'hang') return;
    if (failure?.kind === 'cut') return void response.destroy();
    if (failure?.kind === 'status') {
      if (failure.status !== 429) return refuse(failure.status, failure.code ?? 0, `Failure ${failure.status}`);
      const seconds = failure.retryAfter ?? 1;
      return reply(
        429,
        { message: 'You are being rate limited.', retry_after: seconds, global: false },
        { 'retry-after': String(seconds), 'x-ratelimit-scope': 'user' },
      );
    }

    const callback = /^\/interactions\/(\d+)\/([^/]+)\/callback$/.exec(path);
    if (callback !== null && method === 'POST') return onCallback(callback[2] ?? '', body, reply, refuse);
    const original = /^\/webhooks\/\d+\/([^/]+)\/messages\/@original$/.exec(path);
    if (original !== null && method === 'PATCH') return onEdit(original[1] ?? '', body, reply, refuse);

    if (!valid || request.headers.authorization !== `Bot ${token}`) return refuse(401, 0, '401: Unauthorized');
    if (path === '/gateway/bot')
      return reply(200, {
        url: `ws://127.0.0.1:${port}`,
        shards: 1,
        session_start_limit: { total: 1000, remaining: 999, reset_after: 86_400_000, max_concurrency: 1 },
      });
    if (path === '/users/@me') return reply(200, botUser());
    if (path === '/applications/@me' || path === '/oauth2/applications/@me') return reply(200, application());
    if (path === `/applications/${APPLICATION}/commands` && method === 'GET') return reply(200, commands);
    if (path === `/applications/${APPLICATION}/commands` && method === 'PUT') return onCommands(body, reply, refuse);
    if (path === '/users/@me/channels' && method === 'POST') {
      const recipient = Recipient.safeParse(body).data?.recipient_id;
      if (recipient === undefined) return refuse(400, 50035, 'Invalid Form Body');
      if (recipient === ROLE) return refuse(400, 50033, 'Invalid Recipient(s)');
      return reply(200, { id: directOf(recipient), type: 1, recipients: [person(recipient)] });
    }
    const posting = /^\/channels\/([^/]+)\/messages$/.exec(path);
    if (posting !== null && method === 'POST') {
      const posted = post(posting[1] ?? '', body);
      if (posted === undefined) return refuse(400, 50035, 'Invalid Form Body');
      if (failure?.kind === 'lose') return void response.destroy();
      return reply(200, { id: posted.id, channel_id: posted.channel, content: posted.content, nonce: posted.nonce });
    }
    refuse(404, 0, '404: Not Found');
  }

  type Reply = (status: number, json?: unknown) => void;
  type Refuse = (status: number, code: number, message: string) => void;

  function nextFailure(path: string): DiscordFailure | undefined {
    const found = failures.find(({ failure, left }) => left > 0 && path.includes(failure.on));
    if (found !== undefined) found.left--;
    return found?.failure;
  }

  function post(channel: string, body: unknown): PostedMessage | undefined {
    const parsed = Body.safeParse(body);
    if (!parsed.success) return undefined;
    const {
      content = '',
      nonce = null,
      enforce_nonce: enforce = false,
      allowed_mentions: mentions,
      flags,
    } = parsed.data;
    if (content.trim() === '' || Array.from(content).length > 2000) return undefined;
    const before = enforce && nonce !== null && messages.find((one) => one.channel === channel && one.nonce === nonce);
    if (before) return before;
    const message = { id: newId(), channel, content, nonce, enforceNonce: enforce, allowedMentions: mentions, flags };
    messages.push(message);
    return message;
  }

  function onCommands(body: unknown, reply: Reply, refuse: Refuse) {
    const parsed = Registered.safeParse(body);
    if (!parsed.success) return refuse(400, 50035, 'Invalid Form Body');
    commands = parsed.data.map((command) => ({
      id: newId(),
      application_id: APPLICATION,
      version: newId(),
      default_member_permissions: null,
      nsfw: false,
      integration_types: [0],
      ...command,
      // The real one leaves defaults out of its answers.
      options: command.options.map(({ required, ...option }) => (required ? { ...option, required } : option)),
    }));
    reply(200, commands);
  }

  function onCallback(interactionToken: string, body: unknown, reply: Reply, refuse: Refuse) {
    const waiting = pending.get(interactionToken);
    if (waiting === undefined || Date.now() - waiting.born > 3000) return refuse(404, 10062, 'Unknown interaction');
    if (waiting.deferred) return refuse(400, 40060, 'Interaction has already been acknowledged.');
    const { type, data } = Callback.parse(body);
    if (type !== 5) return refuse(400, 50035, 'Only deferred replies are spoken here');
    waiting.deferred = true;
    waiting.ephemeral = ((data?.flags ?? 0) & 64) !== 0;
    reply(204);
  }

  function onEdit(interactionToken: string, body: unknown, reply: Reply, refuse: Refuse) {
    const waiting = pending.get(interactionToken);
    if (waiting === undefined || !waiting.deferred) return refuse(404, 10015, 'Unknown Webhook');
    const parsed = Body.safeParse(body);
    if (
      !parsed.success ||
      (parsed.data.content ?? '').trim() === '' ||
      Array.from(parsed.data.content ?? '').length > 2000
    )
      return refuse(400, 50035, 'Invalid Form Body');
    const content = parsed.data.content ?? '';
    reply(200, { id: newId(), channel_id: CHANNEL, content, author: botUser(), timestamp: new Date(0).toISOString() });
    waiting.resolve({ content, ephemeral: waiting.ephemeral, allowedMentions: parsed.data.allowed_mentions });
  }

  function onConnection(socket: WebSocket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    const tell = (frame: unknown): void => socket.send(JSON.stringify(frame));
    tell({ op: 10, d: { heartbeat_interval: 41_250 }, s: null, t: null });
    socket.on('message', (data) => {
      const { op, d } = Frame.parse(JSON.parse(String(data)));
      if (op === 1) return tell({ op: 11, d: null, s: null, t: null });
      if (op === 2) return onIdentify(socket, Identify.parse(d));
      if (op === 6) return onResume(socket, Resume.parse(d));
    });
  }

  function onIdentify(socket: WebSocket, identify: z.infer<typeof Identify>) {
    counts.identify++;
    if (!valid || identify.token !== token) return socket.close(4004, 'Authentication failed.');
    if (options.refuseIntents === true || identify.intents !== 1) return socket.close(4014, 'Disallowed intent(s).');
    dispatch(
      'READY',
      {
        v: 10,
        user: botUser(),
        guilds: [{ id: GUILD, unavailable: true }],
        session_id: 'session',
        resume_gateway_url: `ws://127.0.0.1:${port}`,
        application: { id: APPLICATION, flags: 0 },
        shard: [0, 1],
      },
      [socket],
    );
    dispatch('GUILD_CREATE', guild(), [socket]);
  }

  function onResume(socket: WebSocket, resume: z.infer<typeof Resume>) {
    counts.resume++;
    if (!valid || resume.token !== token) return socket.close(4004, 'Authentication failed.');
    for (const frame of dispatched.filter((frame) => frame.s > resume.seq)) socket.send(JSON.stringify(frame));
    dispatch('RESUMED', {}, [socket]);
  }

  function dispatch(event: string, data: unknown, to: Iterable<WebSocket> = sockets): void {
    const frame: Dispatched = { op: 0, t: event, s: dispatched.length + 1, d: data };
    dispatched.push(frame);
    for (const socket of to) socket.send(JSON.stringify(frame));
  }

  function offered(command: string, picked: Readonly<Record<string, string>>): string | undefined {
    const definition = Registered.parse(commands).find((one) => one.name === command);
    if (definition === undefined) return `/${command} is not registered`;
    const missing = definition.options.find((option) => option.required && !(option.name in picked));
    if (missing !== undefined) return `${missing.name} is required`;
    for (const [name, value] of Object.entries(picked)) {
      const option = definition.options.find((one) => one.name === name);
      if (option === undefined) return `/${command} has no option ${name}`;
      if (option.choices !== undefined && !option.choices.some((choice) => choice.value === value))
        return `${value} is no choice of ${name}`;
    }
    return undefined;
  }

  function interact(
    command: string,
    picked: Readonly<Record<string, string>> = {},
    where: DiscordWhere = {},
  ): Promise<DiscordReply> {
    const wrong = offered(command, picked);
    if (wrong !== undefined) return Promise.reject(new Error(wrong));
    const interactionToken = `interaction-${newId()}`;
    const guildId = where.guild === undefined ? GUILD : where.guild;
    const channel = where.channel ?? CHANNEL;
    const author = { ...person(where.user ?? USER) };
    const rights = String(where.permissions ?? 0n);
    return new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error(`/${command} was not answered within 5 s`)), 5000).unref();
      pending.set(interactionToken, { deferred: false, ephemeral: false, born: Date.now(), resolve });
      dispatch('INTERACTION_CREATE', {
        id: newId(),
        application_id: APPLICATION,
        type: 2,
        token: interactionToken,
        version: 1,
        channel_id: channel,
        channel: { id: channel, type: guildId === null ? 1 : 0, permissions: rights },
        ...(guildId === null
          ? { user: author }
          : { guild_id: guildId, member: { ...member(author), roles: where.roles ?? [], permissions: rights } }),
        app_permissions: String(where.appPermissions ?? EVERYTHING),
        locale: 'en-US',
        entitlements: [],
        authorizing_integration_owners: {},
        context: guildId === null ? 1 : 0,
        attachment_size_limit: 10_485_760,
        data: {
          id: newId(),
          name: command,
          type: 1,
          options: Object.entries(picked).map(([name, value]) => ({ name, type: 3, value })),
        },
      });
    });
  }

  return {
    api: `http://127.0.0.1:${port}/api`,
    token,
    application: APPLICATION,
    interact,
    messages: () => [...messages],
    commands: () => [...commands],
    directOf,
    requests: () => [...requests],
    identifies: () => counts.identify,
    resumes: () => counts.resume,
    fail(failure) {
      failures.push({ failure, left: failure.times ?? Number.POSITIVE_INFINITY });
    },
    heal() {
      failures = [];
    },
    revoke() {
      valid = false;
    },
    closeGateway(code) {
      for (const socket of sockets) socket.close(code);
    },
    async close() {
      for (const socket of sockets) socket.terminate();
      gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function directOf(user: string): string {
  return String(BigInt(user) + 100_000_000_000_000_000n);
}

function person(id: string) {
  return { id, username: `user${id.slice(-2)}`, discriminator: '0', global_name: null, avatar: null, public_flags: 0 };
}

function botUser() {
  return { ...person(APPLICATION), username: 'tierwatch', bot: true, verified: true, mfa_enabled: true, flags: 0 };
}

function application() {
  return {
    id: APPLICATION,
    name: 'Tierwatch',
    description: '',
    bot_public: true,
    flags: 0,
    verify_key: '',
    icon: null,
  };
}

function member(user: ReturnType<typeof person>) {
  return {
    user,
    roles: [],
    joined_at: new Date(0).toISOString(),
    deaf: false,
    mute: false,
    flags: 0,
    permissions: '0',
  };
}

function guild() {
  return {
    id: GUILD,
    name: 'Local',
    icon: null,
    owner_id: USER,
    region: 'local',
    afk_timeout: 60,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    premium_tier: 0,
    nsfw_level: 0,
    system_channel_flags: 0,
    preferred_locale: 'en-US',
    features: [],
    emojis: [],
    stickers: [],
    roles: [
      {
        id: GUILD,
        name: '@everyone',
        permissions: '0',
        position: 0,
        color: 0,
        hoist: false,
        managed: false,
        mentionable: false,
      },
      {
        id: ROLE,
        name: 'Watchers',
        permissions: '0',
        position: 1,
        color: 0,
        hoist: false,
        managed: false,
        mentionable: false,
      },
    ],
    channels: [{ id: CHANNEL, type: 0, name: 'alerts', position: 0, permission_overwrites: [] }],
    members: [member(botUser())],
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    member_count: 2,
    large: false,
    unavailable: false,
    joined_at: new Date(0).toISOString(),
  };
}
