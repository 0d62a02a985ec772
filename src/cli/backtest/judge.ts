/** Runs a book of rules over recorded evidence, with progress on a terminal. */
import type { Evidence } from '../../core/ports.ts';
import type { Range } from '../../triggers/replay/course.ts';
import { every, replay, type Step } from '../../triggers/replay/replay.ts';
import type { Book } from '../../triggers/rule/book.ts';
import type { Seen } from '../../triggers/rule/evaluate.ts';
import type { Io } from '../io.ts';
import { createProgress } from '../progress.ts';

/** What is judged, and when. */
export type History = {
  /** As typed. */
  readonly files: readonly string[];
  /** How many it holds. */
  readonly samples: number;
  readonly evidence: Evidence;
  readonly range: Range;
};

/** Steps between two looks at the clock. */
const GLANCE = 64;

/** `step` is called only where something happened. */
export function judge(
  book: Book,
  { evidence, range: { from, to, step } }: Pick<History, 'evidence' | 'range'>,
  io: Pick<Io, 'columns' | 'err'>,
  listener: { readonly step: (step: Step) => void; readonly seen?: Seen },
): void {
  const progress = createProgress(io, from, to);
  let count = 0;
  for (const judged of replay(book, evidence, every(from, to, step), listener.seen)) {
    if (judged.events.length > 0 || judged.transitions.length > 0) listener.step(judged);
    if (count++ % GLANCE === 0) progress.at(judged.now);
  }
  progress.done();
}
