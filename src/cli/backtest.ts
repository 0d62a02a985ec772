/** `tierwatch backtest`: what the rules would have done over recorded history, through the same tick as live. */
import { recorded } from '../triggers/replay/recorded.ts';
import type { Step } from '../triggers/replay/replay.ts';
import { judge } from './backtest/judge.ts';
import { type RangeOptions, rangeOf } from './backtest/range.ts';
import { usable } from './backtest/usable.ts';
import { bookOf, loadFor } from './book.ts';
import { readHistory } from './history.ts';
import type { Io } from './io.ts';
import { jsonLines } from './lines.ts';

export type BacktestOptions = RangeOptions & {
  readonly history: readonly string[];
  readonly config?: string;
  readonly rules?: readonly string[];
  /** Rule files to judge with a second time. */
  readonly compare?: readonly string[];
  /** Directory for pictures. */
  readonly png?: string;
  readonly json?: boolean;
};

/** Gives the exit code: 1 where the configuration or a history file cannot be used. */
export async function runBacktest(options: BacktestOptions, io: Io): Promise<number> {
  const config = await loadFor(options.config, options.rules, io);
  const edited = options.compare === undefined ? null : await loadFor(options.config, options.compare, io);
  const samples = await readHistory(options.history, io);
  if (config === undefined || edited === undefined || samples === undefined) return 1;
  const range = rangeOf(options, samples);
  const taken = usable(samples, config, io);
  const history = { files: options.history, samples: taken.length, evidence: recorded(taken), range };
  const writeJson = (step: Step): void => {
    for (const line of jsonLines(step)) io.out(`${line}\n`);
  };
  // Lines alone need nothing added up, so they load nothing that adds up or draws.
  if (options.json === true && edited === null && options.png === undefined) {
    judge(bookOf(config), history, { ...io, columns: null }, { step: writeJson });
    return 0;
  }
  const { tell } = await import('./backtest/tell.ts');
  const { compare = [], png } = options;
  await tell(
    { config, edited, editedFiles: compare, history, png, json: options.json === true ? writeJson : null },
    io,
  );
  return 0;
}
