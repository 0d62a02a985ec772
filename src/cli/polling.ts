/** Everything that asks sources and feeds: the client, the gate, their health, and when each is due. */
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Platform } from '../core/destination.ts';
import type { Clock, Source, Store } from '../core/ports.ts';
import { DAY, type Instant } from '../core/time.ts';
import { backfill } from '../engine/backfill.ts';
import { pollOf } from '../engine/health/course.ts';
import { createHealth } from '../engine/health.ts';
import type { Proxies } from '../engine/http/proxy.ts';
import { createHttp } from '../engine/http.ts';
import type { Judge } from '../engine/judge.ts';
import { noticeChats } from '../engine/notices.ts';
import { breather } from '../engine/pieces.ts';
import { createPoll } from '../engine/poll.ts';
import { createSchedule } from '../engine/schedule.ts';
import { intake } from '../sources/news/intake.ts';
import { sane } from '../sources/sane.ts';
import { createTrust } from '../sources/trust/gate.ts';
import { articleReader, type Polled } from './sources.ts';
import { USER_AGENT } from './user-agent.ts';

export type Polling = {
  /** Takes over what is configured and fills in the past. Before anything is judged. */
  begin(): Promise<void>;
  /** From here on sources are asked, and the record is judged, when due. */
  start(): void;
  /** Ends what is under way and starts nothing more. */
  stop(): Promise<void>;
  nextRun(source: Pick<Source, 'id'>, now: Instant): Instant;
};

export function createPolling(options: {
  readonly config: Config;
  readonly polled: Polled;
  readonly proxies: Proxies;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Platforms that can be written to. */
  readonly running: ReadonlySet<Platform>;
  readonly judge: Judge;
  /** Series that rules rest on. */
  readonly watched: ReadonlySet<string>;
  /** Called after new debts are recorded. */
  readonly owed: () => void;
}): Polling {
  const { config, polled, store, clock, log, judge, watched, owed } = options;
  const { sources, disabled } = polled;
  const { catalogue, settings } = config;
  const http = createHttp({ userAgent: USER_AGENT, clock, proxy: options.proxies });
  const schedule = createSchedule({ clock, lastRun: store.lastRun, ran: store.ran, log });
  const nextRun = (source: Pick<Source, 'id'>, now: Instant): Instant => schedule.nextRun(pollOf(source), now);
  const chats = noticeChats(settings, options.running);
  const nextTry = (source: Source): Instant => nextRun(source, clock.now());
  const health = createHealth({ store, clock, log, sources, disabled, chats, nextTry, owed });
  const trust = createTrust(sources, catalogue);
  const arrived = (): void =>
    void judge.now().catch((error: unknown) => log.error({ err: error }, 'a judgement could not be recorded'));
  const matters = (series: string): boolean => watched.has(series);
  const news = { intake, read: articleReader(config), breather };
  const poll = createPoll({ http, sane, trust, news, catalogue, store, health, clock, log, arrived, matters });
  for (const source of sources)
    schedule.add({ id: pollOf(source), every: source.every, run: (signal) => poll.run(source, signal) });
  schedule.add({ id: 'judge', every: settings.tick, run: judge.now });
  schedule.add({ id: 'expire', every: DAY, run: () => store.expire(clock.now()) });

  return {
    async begin() {
      await health.begin();
      await backfill({ sources, http, sane, catalogue, store, clock, log });
    },
    start: schedule.start,
    async stop() {
      await schedule.stop();
      await http.close();
    },
    nextRun,
  };
}
