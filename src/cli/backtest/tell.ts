/** Judges a history, once more where an edit is compared, and tells what came of it: a report, lines, pictures. */
import type { Config } from '../../config/config.ts';
import { isTold } from '../../engine/outbox.ts';
import { type Backtest, gather } from '../../triggers/replay/backtest.ts';
import type { Step } from '../../triggers/replay/replay.ts';
import { bookOf } from '../book.ts';
import type { Io } from '../io.ts';
import { type History, judge } from './judge.ts';

export type Told = {
  readonly config: Config;
  /** The same configuration with other rules, to compare with. */
  readonly edited: Config | null;
  readonly editedFiles: readonly string[];
  readonly history: History;
  /** Directory for pictures. */
  readonly png: string | undefined;
  /** Writes what happened as JSON lines; null where the report is for people. */
  readonly json: ((step: Step) => void) | null;
};

export async function tell({ config, edited, editedFiles, history, png, json }: Told, io: Io): Promise<void> {
  const { evidence, range } = history;
  // Programs read the lines: no progress between them.
  const quiet = json === null ? io : { ...io, columns: null };
  const run = (by: Config, also: ((step: Step) => void) | null): Backtest => {
    const book = bookOf(by);
    const gathering = gather(book, evidence, range, isTold);
    const step = (one: Step): void => {
      gathering.step(one);
      also?.(one);
    };
    judge(book, history, quiet, { step, seen: gathering.seen });
    return gathering.result();
  };
  const drawing = png === undefined ? null : await import('./pictures.ts');
  if (drawing !== null && png !== undefined) await drawing.makeDirectory(png, io);
  const before = run(config, json);
  if (json === null) {
    const { reportText } = await import('./report.ts');
    io.out(reportText(before, config, history, io));
  }
  if (edited !== null) {
    const { compare } = await import('../../triggers/replay/compare.ts');
    const { comparisonJson, comparisonText } = await import('./comparison.ts');
    const difference = compare(before, run(edited, null));
    if (json === null) io.out(`\n${comparisonText(difference, range, config, editedFiles, io)}`);
    else for (const line of comparisonJson(difference)) io.out(`${line}\n`);
  }
  if (drawing !== null && png !== undefined)
    await drawing.drawPictures(before, config, evidence, png, json !== null, io);
}
