/** `tierwatch demo`: recorded figures and reports, judged day by day with a simulated clock, told as in chat. */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { announce } from '../bot/alerts.ts';
import { tiers } from '../bot/commands/tiers.ts';
import { renderConsole, type Terminal } from '../bot/console/render.ts';
import type { Config } from '../config/config.ts';
import { TERMINAL } from '../core/destination.ts';
import { NEWS_STATUSES, NEWS_TYPES, type NewsEvent } from '../core/news.ts';
import type { Evidence } from '../core/ports.ts';
import type { Sample } from '../core/series.ts';
import { apply, type State } from '../core/state.ts';
import { DAY, type Instant, parseInstant, toDay } from '../core/time.ts';
import { decide, isTold } from '../engine/outbox.ts';
import { parseHistory } from '../sources/history.ts';
import { emptyState } from '../store/tables.ts';
import { standings } from '../triggers/judge/standings.ts';
import { recorded } from '../triggers/replay/recorded.ts';
import { every, replay } from '../triggers/replay/replay.ts';
import { bookOf, loadFor } from './book.ts';
import { type Io, UsageError } from './io.ts';
import { jsonLines } from './lines.ts';

export type DemoOptions = {
  readonly config?: string;
  readonly from?: string;
  readonly to?: string;
  /** Simulated days a second; 0 for no pauses. */
  readonly speed?: string;
  readonly json?: boolean;
};

/** The whole record passes in about five seconds. */
const USUAL_SPEED = 250;
const FOLDER = new URL('../../demo/', import.meta.url);

/** One dated public report, as `demo/news.yaml` lists them. */
const Report = z.strictObject({
  at: z.string(),
  type: z.enum(NEWS_TYPES),
  network: z.string().nullable(),
  status: z.enum(NEWS_STATUSES),
  outlet: z.string(),
  owner: z.string(),
  title: z.string(),
  link: z.httpUrl(),
});
const Reports = z.strictObject({ reports: z.array(Report) });

/** Gives the exit code. */
export async function runDemo(options: DemoOptions, io: Io): Promise<number> {
  const config = await loadFor(options.config, undefined, io);
  if (config === undefined) return 1;
  const { samples, news } = await readRecord();
  const evidence = recorded(samples, news);
  const range = rangeOf(options, samples);
  const pace = paceOf(options, io);
  const show = options.json === true ? null : theatre(config, io);
  const within = ({ at }: { readonly at: Instant }): boolean => at >= range.from && at <= range.to;
  show?.opens(range.from, range.to, samples.filter(within).length, news.filter(within).length);
  let state = emptyState();
  let shown = range.from;
  for (const step of replay(bookOf(config), evidence, every(range.from, range.to, DAY))) {
    for (const event of step.events) state = apply(state, event);
    if (show === null) {
      for (const line of jsonLines(step)) io.out(`${line}\n`);
      continue;
    }
    const changes = step.events.flatMap((event) =>
      event.kind === 'change' && told(event.change) ? [event.change] : [],
    );
    if (changes.length > 0 && pace > 0) await sleep(((step.now - shown) / DAY / pace) * 1000);
    if (changes.length > 0) shown = step.now;
    for (const change of changes)
      show.alert(announce([change], config.settings.ladder, config.networks.networks), change.at);
  }
  show?.closes(worldAt(config, state, evidence, range.to));
  return 0;
}

/** The demo's one subscriber is the terminal, subscribed to everything. */
function told(change: Parameters<typeof isTold>[0]): boolean {
  const subscription = { destination: TERMINAL, networks: 'all' as const, by: 'terminal', at: 0 };
  return isTold(change) && decide(change, subscription, new Set([TERMINAL.platform])).send;
}

/** The figures and reports that are shipped with the program. */
export async function readRecord(): Promise<{ samples: readonly Sample[]; news: readonly NewsEvent[] }> {
  const text = (name: string): Promise<string> => readFile(fileURLToPath(new URL(name, FOLDER)), 'utf8');
  const histories = [await text('prices.csv'), await text('networks.csv')].map(parseHistory);
  const bad = histories.flatMap((history) => history.bad);
  if (bad.length > 0) throw new Error(`the shipped record is damaged: ${JSON.stringify(bad[0])}`);
  const { reports } = Reports.parse(parseYaml(await text('news.yaml')));
  const news = reports.map(
    (report): NewsEvent => ({ ...report, at: parseInstant(report.at) ?? Number.NaN, because: [] }),
  );
  return { samples: histories.flatMap((history) => history.samples), news };
}

function rangeOf(options: DemoOptions, samples: readonly Sample[]): { readonly from: Instant; readonly to: Instant } {
  const times = samples.map(({ at }) => at);
  const day = (name: '--from' | '--to', text: string | undefined, usual: Instant): Instant => {
    const instant = text === undefined ? usual : parseInstant(text);
    if (instant === undefined) throw new UsageError(`${name} ${text}: expected a date such as 2024-06-01`);
    return Math.floor(instant / DAY) * DAY;
  };
  const from = day('--from', options.from, Math.min(...times));
  const to = day('--to', options.to, Math.max(...times) + DAY);
  if (to < from) throw new UsageError(`--to ${toDay(to)} lies before --from ${toDay(from)}`);
  if (to - from > 50 * 366 * DAY) throw new UsageError('the range spans more than 50 years: the record holds three');
  return { from, to };
}

/** Days a second; without a terminal nobody is watching, so there are no pauses. */
function paceOf(options: DemoOptions, io: Io): number {
  if (options.speed === undefined) return io.columns === null ? 0 : USUAL_SPEED;
  const speed = /^\d+(\.\d+)?$/.test(options.speed) ? Number(options.speed) : Number.NaN;
  if (!Number.isFinite(speed))
    throw new UsageError(`--speed ${options.speed}: expected days a second such as 100, or 0 for no pauses`);
  return speed;
}

type Theatre = {
  opens(from: Instant, to: Instant, samples: number, reports: number): void;
  alert(message: ReturnType<typeof announce>, at: Instant): void;
  closes(world: Parameters<typeof tiers.run>[2]): void;
};

function theatre(config: Config, io: Io): Theatre {
  const terminal: Terminal = {
    width: Math.min(io.columns ?? 100, 120),
    colour: io.columns !== null && io.env.NO_COLOR === undefined,
  };
  const rule = '─'.repeat(Math.min(terminal.width, 72));
  let alerts = 0;
  return {
    opens: (from, to, samples, reports) => {
      const rules = config.rules.filter((one) => one.rule.enabled).length;
      io.out(
        `Tierwatch demo: ${samples} recorded figures and ${reports} public reports, ${toDay(from)} to ${toDay(to)},\n`,
      );
      io.out(
        `judged once a day by ${rules} rules, from today's starting tiers. Each alert reads as it would in chat.\n\n`,
      );
    },
    alert: (message, at) => {
      alerts++;
      io.out(`${rule}\n${toDay(at)}\n${renderConsole(message, terminal)}\n\n`);
    },
    closes: (world) => {
      const caller = {
        platform: 'console',
        user: 'terminal',
        roles: [],
        destination: TERMINAL,
        direct: true,
        manages: true,
      } as const;
      const board = tiers.run({}, caller, world);
      io.out(`${rule}\n${alerts} alerts. The board on the last day of the record:\n\n`);
      if ('message' in board) io.out(`${renderConsole(board.message, terminal)}\n`);
      io.out('\nFigures and sources: demo/README.md. Rules: config/rules. Watch the live sources: npm start\n');
    },
  };
}

function worldAt(config: Config, state: State, evidence: Evidence, now: Instant): Parameters<typeof tiers.run>[2] {
  const book = bookOf(config);
  return {
    now,
    ladder: book.ladder,
    networks: book.networks,
    state,
    admins: config.settings.admins,
    pages: new Map(),
    standings: (network) => standings(book, network, state, evidence, now),
  };
}
