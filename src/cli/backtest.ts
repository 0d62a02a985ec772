/** `tierwatch backtest`: what the rules would have done over recorded history, through the same tick as live. */
import type { Config } from '../config/config.ts';
import { tierName } from '../core/ladder.ts';
import type { Sample } from '../core/series.ts';
import { formatDuration, HOUR, type Instant, parseDuration, parseInstant, toIso, toMinute } from '../core/time.ts';
import { sane } from '../sources/sane.ts';
import { recorded } from '../triggers/recorded.ts';
import { every, replay, type Step } from '../triggers/replay.ts';
import { bookOf, loadFor } from './book.ts';
import { readHistory } from './history.ts';
import { type Io, UsageError } from './io.ts';
import { jsonLines } from './lines.ts';
import { createProgress } from './progress.ts';

export type BacktestOptions = {
  readonly history: readonly string[];
  readonly config?: string;
  readonly rules?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly step?: string;
  readonly json?: boolean;
};

/** More evaluations than this are refused: a mistyped step, not a wish. */
const MOST_STEPS = 2_000_000;

/** Gives the exit code: 1 where the configuration or a history file cannot be used. */
export async function runBacktest(options: BacktestOptions, io: Io): Promise<number> {
  const config = await loadFor(options.config, options.rules, io);
  const samples = await readHistory(options.history, io);
  if (config === undefined || samples === undefined) return 1;
  warnUnknown(samples, config, io);
  const range = rangeOf(options, samples);
  const steps = replay(
    bookOf(config),
    recorded(possible(samples, config, io)),
    every(range.from, range.to, range.step),
  );
  const progress = createProgress(options.json === true ? { ...io, columns: null } : io, range.from, range.to);
  const report = options.json === true ? jsonReport(io) : textReport(config, io);
  for (const step of steps) {
    report.step(step);
    progress.at(step.now);
  }
  progress.done();
  report.end(range.from, range.to, range.step);
  return 0;
}

type Range = { readonly from: Instant; readonly to: Instant; readonly step: number };

/** From the first sample (rounded down to a whole step) to the last (rounded up), every hour, unless told otherwise. */
function rangeOf(options: BacktestOptions, samples: readonly Sample[]): Range {
  const step = options.step === undefined ? HOUR : parseDuration(options.step);
  if (step === undefined || step <= 0)
    throw new UsageError(`--step ${options.step}: expected a duration such as 1h or 24h`);
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { at } of samples) [first, last] = [Math.min(first, at), Math.max(last, at)];
  const from = instantOf('--from', options.from) ?? Math.floor(first / step) * step;
  const to = instantOf('--to', options.to) ?? Math.ceil(last / step) * step;
  if (!Number.isFinite(from) || !Number.isFinite(to))
    throw new UsageError('the history holds no samples: nothing to judge');
  if (to < from) throw new UsageError(`--to ${toIso(to)} lies before --from ${toIso(from)}`);
  if ((to - from) / step > MOST_STEPS)
    throw new UsageError(`--step ${options.step ?? '1h'} gives more than ${MOST_STEPS} evaluations: widen it`);
  return { from, to, step };
}

function instantOf(option: string, text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant === undefined)
    throw new UsageError(`${option} ${text}: expected a date such as 2026-07-17 or 2026-07-17T20:00:00Z`);
  return instant;
}

function warnUnknown(samples: readonly Sample[], config: Config, io: Io): void {
  const unknown = new Set<string>();
  for (const { series } of samples) {
    const [subject = '', metric = ''] = series.split('.');
    if (!config.names.subjects.includes(subject) || !config.catalogue.has(metric)) unknown.add(series);
  }
  if (unknown.size > 0)
    io.err(
      `warning: no rule can read these series, their subject or metric is not configured: ${[...unknown].sort().join(', ')}\n`,
    );
}

/** What lies outside its metric's range is dropped, as it would be live. */
function possible(samples: readonly Sample[], config: Config, io: Io): readonly Sample[] {
  const known = samples.filter(({ series }) => config.catalogue.has(series.slice(series.indexOf('.') + 1)));
  const judged = sane({ samples: known, articles: [], dropped: [] }, config.catalogue, Number.POSITIVE_INFINITY);
  const [first] = judged.dropped;
  if (first !== undefined)
    io.err(
      `warning: ${judged.dropped.length} figures are dropped, as they would be live; the first: ${first.what} ${first.reason}\n`,
    );
  return judged.samples;
}

type Report = { step(step: Step): void; end(from: Instant, to: Instant, step: number): void };

function jsonReport(io: Io): Report {
  return {
    step: (step) => {
      for (const line of jsonLines(step)) io.out(`${line}\n`);
    },
    end: () => {},
  };
}

/** Each phase change and tier change as it happened, then what it added up to. */
function textReport(config: Config, io: Io): Report {
  const { ladder } = config.settings;
  const name = (id: string): string => config.networks.networks.find((network) => network.id === id)?.name ?? id;
  const fired = new Map<string, number>();
  const moves: string[] = [];
  return {
    step: ({ now, transitions, events }) => {
      for (const { rule, network, from, to, driver } of transitions) {
        io.out(
          `${toMinute(now)}  ${name(network).padEnd(9)}  ${rule.rule.id}: ${from} → ${to}  (${driver.verdict.says})\n`,
        );
        if (to === 'firing') fired.set(rule.rule.id, (fired.get(rule.rule.id) ?? 0) + 1);
      }
      for (const event of events) {
        if (event.kind !== 'change' || event.change.kind !== 'tier' || event.change.cause === 'start') continue;
        const { network, from, to } = event.change;
        const move = `${toMinute(now)}  ${name(network)}: ${tierName(ladder, from)} → ${tierName(ladder, to)}`;
        moves.push(move);
        io.out(`${move}\n`);
      }
    },
    end: (from, to, step) => {
      const counts = config.rules.map(({ rule }) => `  ${rule.id}: fired ${fired.get(rule.id) ?? 0} times`);
      io.out(`\n${toMinute(from)} to ${toMinute(to)}, judged every ${formatDuration(step)}\n${counts.join('\n')}\n`);
      io.out(
        moves.length === 0
          ? 'No tier moved.\n'
          : `Tiers moved ${moves.length} times:\n${moves.map((move) => `  ${move}`).join('\n')}\n`,
      );
    },
  };
}
