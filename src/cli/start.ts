/** `tierwatch start`: builds the ports, puts the rooms together, and runs until told to stop. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { announce } from '../bot/alerts.ts';
import { commands } from '../bot/commands/index.ts';
import { createDispatch } from '../bot/dispatch.ts';
import { announceNotice } from '../bot/notices.ts';
import type { World } from '../bot/world.ts';
import type { Config } from '../config/config.ts';
import { type Platform, TERMINAL } from '../core/destination.ts';
import type { Channel, Clock, Store } from '../core/ports.ts';
import { SECOND } from '../core/time.ts';
import { isCorrection } from '../engine/correction.ts';
import { createDeliver } from '../engine/deliver.ts';
import type { Proxies } from '../engine/http/proxy.ts';
import { createJudge } from '../engine/judge.ts';
import { openStore } from '../store/open.ts';
import { standings } from '../triggers/judge/standings.ts';
import { seriesOf } from '../triggers/rule/reads.ts';
import { articlesOf } from './articles.ts';
import { bookOf, loadFor } from './book.ts';
import { channelsFor } from './channels.ts';
import { type Ending, ending } from './ending.ts';
import type { Io } from './io.ts';
import { createLog } from './log.ts';
import { leastPaces } from './paces.ts';
import { createPolling } from './polling.ts';
import { proxiesOf, proxyPasswords } from './proxies.ts';
import { type Access, accessOf, setting } from './secrets.ts';
import { isPolled, keysOf, type Polled, pagesOf, sourceStandings, sourcesOf, stepOf, unfed } from './sources.ts';

export type StartOptions = { readonly config?: string; readonly data?: string };

/** Whatever hangs, the process is gone after this. */
const STOP_WITHIN = 9 * SECOND;
/** How long the end waits for messages that are being sent. */
const SEND_WITHIN = 4 * SECOND;
const clock: Clock = { now: () => Date.now() };

/** Runs until SIGTERM or SIGINT (exit code 0), or until a platform refuses the token (1). */
export async function runStart(options: StartOptions, io: Io): Promise<number> {
  const end = ending();
  const [access, keys, proxies] = [accessOf(io), keysOf(io), proxiesOf(io)];
  const tokens = [access.discord, access.telegram].filter((token) => token !== undefined);
  const log = createLog(io, [...tokens, ...keys.values(), ...proxyPasswords(proxies)]);
  const config = await loadFor(options.config, undefined, io, leastPaces());
  if (config === undefined) return 1;
  const dir = options.data ?? setting(io.env, 'TIERWATCH_DATA') ?? join(io.cwd, 'data');
  const polled = sourcesOf(config, keys);
  const store = await openStore({
    dir,
    retention: config.settings.retention,
    step: stepOf(polled),
    live: isPolled(polled),
    now: clock.now(),
    report: (line) => log.warn({ dir }, line),
  });
  // What rejects at a distance (a socket of a library, a timer) is logged; the facts are safe on disk either way.
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception: stopping');
    process.exit(1);
  });
  try {
    return await serve({ config, polled, access, proxies, store, log, io, end });
  } finally {
    await store.close();
    log.info({}, 'stopped');
  }
}

type Parts = {
  readonly config: Config;
  readonly polled: Polled;
  readonly access: Access;
  readonly proxies: Proxies;
  readonly store: Store;
  readonly log: Logger;
  readonly io: Io;
  readonly end: Ending;
};

async function serve(parts: Parts): Promise<number> {
  const { config, polled, store, log } = parts;
  const book = bookOf(config);
  const { ladder, timezone } = config.settings;
  const { end } = parts;
  const pages = pagesOf(config);
  const articles = articlesOf(config, store);
  const world = (): World => {
    const now = clock.now();
    return {
      now,
      ladder,
      networks: book.networks,
      state: store.state(),
      admins: config.settings.admins,
      pages,
      standings: (network) => standings(book, network, store.state(), store.evidence(), now),
      sources: () => sourceStandings(polled, store, (source) => polling.nextRun(source, now)),
      articles,
    };
  };
  const commit: Store['commit'] = (events) =>
    events.some(isCorrection) ? judge.correct(events) : store.commit(events);
  const answer = createDispatch({ commands, world, commit, log });
  const channels = await channelsFor({
    ...parts,
    networks: book.networks,
    answer,
    fatal: end.fail,
    reached: () => deliver.wake(),
  });
  const running = new Set<Platform>(channels.keys());
  const deliver = createDeliver({
    store,
    channels,
    announce: (changes) => announce(changes, ladder, book.networks, timezone, pages),
    notify: (notice) => announceNotice(notice, timezone),
    clock,
    log,
  });
  const judge = createJudge({
    book,
    store,
    clock,
    every: config.settings.tick,
    lookback: config.settings.retention,
    running,
    log,
    owed: deliver.wake,
  });
  const polling = createPolling({
    ...parts,
    clock,
    running,
    judge,
    watched: seriesOf(book.cells),
    owed: deliver.wake,
  });

  const opened: Channel[] = [];
  async function begin(): Promise<void> {
    for (const channel of channels.values()) {
      opened.push(channel);
      await channel.start();
    }
    if (running.has('console')) await subscribeTerminal(store);
    // What fills in the past comes before the record is judged.
    await polling.begin();
    await judge.start();
    greet(parts, channels);
    polling.start();
    deliver.wake();
  }

  try {
    const ready = begin();
    ready.catch(() => {});
    await Promise.race([ready, end.comes]);
    return await end.comes;
  } finally {
    const late = setTimeout(() => {
      log.error({}, 'did not stop in time; what was recorded is safe');
      process.exit(1);
    }, STOP_WITHIN);
    await polling.stop();
    await judge.stop();
    // A platform that does not answer is not waited for: what it is owed stays owed, under the same key.
    await Promise.race([deliver.stop(), sleep(SEND_WITHIN, undefined, { ref: false })]);
    await Promise.allSettled(opened.map((channel) => channel.stop()));
    clearTimeout(late);
  }
}

/** The terminal needs no asking: whoever runs Tierwatch without tokens wants to see it work. */
async function subscribeTerminal(store: Store): Promise<void> {
  if (store.state().subscriptions.get(`${TERMINAL.platform}/${TERMINAL.chat}`) !== undefined) return;
  await store.commit([
    { kind: 'subscribed', subscription: { destination: TERMINAL, networks: 'all', by: 'operator', at: clock.now() } },
  ]);
}

function greet({ config, polled, io, log }: Parts, channels: ReadonlyMap<Platform, Channel>): void {
  const names = [...channels.keys()].join(', ');
  const rules = bookOf(config).rules.length;
  const { sources, disabled } = polled;
  log.info({ networks: config.networks.networks.length, rules, sources: sources.length, channels: names }, 'watching');
  for (const { id, why } of disabled) log.info({ source: id, why }, 'source is disabled');
  for (const { rule, doubt } of unfed(config, polled)) log.warn({ rule: rule.rule.id }, `${doubt.what}; ${doubt.todo}`);
  if (!channels.has('console')) return;
  io.out(
    `Tierwatch watches ${config.networks.networks.length} networks with ${rules} rules over ${sources.length} sources. Alerts appear here.\n`,
  );
  io.out(
    'To post to chats set DISCORD_TOKEN or TELEGRAM_TOKEN (or DISCORD_TOKEN_FILE, TELEGRAM_TOKEN_FILE; a .env file is read) and start again.\n\n',
  );
}
