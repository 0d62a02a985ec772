/** A habit from another language: how to recognise it, and what to advise. */
import { ExpressionError, quoted } from '../error.ts';

/** What is wrong, what was expected, what to do. */
export type Advice = readonly [what: string, expected: string, todo: string];
/** Sticky, and advised on with what it found and its groups. No advice: it is right as it stands. */
export type Habit = readonly [pattern: RegExp, advise: (...found: string[]) => Advice | undefined];

/** The advice of the first habit that fits the text at `position` (from 0). */
export function adviceAt(habits: readonly Habit[], text: string, position: number): ExpressionError | undefined {
  for (const [pattern, advise] of habits) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    const advice = match === null ? undefined : advise(...Array.from(match, (found) => found ?? ''));
    const end = position + 1 + (match?.[0].trimEnd().length ?? 0);
    if (advice !== undefined) return new ExpressionError({ at: position + 1, end }, ...advice);
  }
  return undefined;
}

export function cannotRead(text: string): string {
  return `cannot read ${quoted(text)}`;
}

/** Another word or sign for one of our operators. */
export function operator(right: string): (written: string) => Advice {
  const kind = ['< <= > >= == !=', '+ - * /'].find((all) => all.split(' ').includes(right)) ?? 'and, or, not';
  return (written) => [`${quoted(written)} is no operator here`, `one of ${kind}`, `write ${right}`];
}
