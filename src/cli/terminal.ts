/** What commands may assume of the terminal they write to. */
import type { Terminal } from '../bot/console/render.ts';
import type { Io } from './io.ts';

const WIDEST = 120;
/** Where there is no terminal: wide enough for a file, narrow enough for a mail. */
const USUAL = 100;

/** Lines longer than 120 columns are hard to read; colour only on a terminal, and not where NO_COLOR is set. */
export function terminalOf({ columns, env }: Pick<Io, 'columns' | 'env'>): Terminal {
  return { width: Math.min(columns ?? USUAL, WIDEST), colour: columns !== null && env.NO_COLOR === undefined };
}

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;
export type Paint = keyof typeof CODES;

/** The text in a colour, or as it is where the terminal has none. */
export function paint(text: string, how: Paint, { colour }: Pick<Terminal, 'colour'>): string {
  return colour ? `\u001b[${CODES[how]}m${text}\u001b[0m` : text;
}
