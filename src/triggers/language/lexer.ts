/** Cuts an expression into tokens; literals leave here with their value in the unit they were written in. */
import { type Duration, type Instant, parseDuration, parseInstant } from '../../core/time.ts';
import { ExpressionError, quoted } from './error.ts';
import { FIGURES } from './habits/figures.ts';
import { adviceAt } from './habits/habit.ts';
import { SPELLINGS } from './habits/spellings.ts';

/** What a literal is a literal of. `plain` and `money` take the unit of what they are compared with. */
export type LiteralKind = 'plain' | 'money' | 'ratio' | 'duration' | 'instant';

export type Token = {
  readonly kind: 'literal' | 'name' | 'operator' | 'end';
  readonly text: string;
  /** Columns count from 1; `end` is the column after the last character. */
  readonly at: number;
  readonly end: number;
  readonly literal?: { readonly kind: LiteralKind; readonly value: number | Duration | Instant };
};

/** Longer rules are refused: nobody can read them, and a chat must not be able to stall the judgement. */
const MAX_LENGTH = 500;

const BIG: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, B: 1e9 };
const PATTERNS: readonly (readonly [RegExp, (text: string) => Pick<Token, 'kind' | 'literal'> | undefined])[] = [
  [/\d{4}-\d{2}-\d{2}(T[0-9:.]+(Z|[+-]\d{2}:\d{2}))?/y, instant],
  [/\$(?:\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?[kKMB]?(?![\w.,])/y, money],
  [/(?:\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?%/y, ratio],
  [/\d+(\.\d+)?(ms|s|m|h|d|w)(?![\w.])/y, duration],
  [/(?:\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?[kKMB]?(?![\w.%])/y, plain],
  [/[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)?/y, () => ({ kind: 'name' })],
  [/<=|>=|==|!=|[<>+\-*/(),]/y, () => ({ kind: 'operator' })],
];

/** Tokens of the text, closed by one of kind `end`. Throws an ExpressionError at the first thing it cannot read. */
export function tokenize(text: string): readonly Token[] {
  if (text.length > MAX_LENGTH)
    throw new ExpressionError(
      { at: MAX_LENGTH + 1, end: text.length + 1 },
      `the expression has ${text.length} characters`,
      `at most ${MAX_LENGTH}`,
      'split it into several rules',
    );
  const tokens: Token[] = [];
  let position = 0;
  while (position < text.length) {
    if (/\s/.test(text[position] ?? '')) {
      position++;
      continue;
    }
    const token = tokenAt(text, position);
    tokens.push(token);
    position = token.end - 1;
  }
  tokens.push({ kind: 'end', text: '', at: text.length + 1, end: text.length + 1 });
  return tokens;
}

const HABITS = [...FIGURES, ...SPELLINGS];

function tokenAt(text: string, position: number): Token {
  const habit = adviceAt(HABITS, text, position);
  if (habit !== undefined) throw habit;
  for (const [pattern, read] of PATTERNS) {
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match === null) continue;
    const found = read(match[0]);
    if (found !== undefined) return { ...found, text: match[0], at: position + 1, end: position + 1 + match[0].length };
    throw new ExpressionError(
      { at: position + 1, end: position + 1 + match[0].length },
      `${match[0]} is no time that there is`,
      'a day of the calendar, and a time with its zone: 2026-12-31T17:00Z',
      'mend the time, and write its zone',
    );
  }
  throw unreadable(text, position);
}

function unreadable(text: string, position: number): ExpressionError {
  const word = /^\S+/.exec(text.slice(position))?.[0] ?? '';
  return new ExpressionError(
    position + 1,
    `cannot read ${quoted(word)}`,
    'a metric, a function, or a value such as 20%, $2.50, 1.5M, 14d or 2026-12-31',
    'mend or remove it',
  );
}

function numeric(text: string): number {
  const suffix = BIG[text.at(-1) ?? ''];
  const digits = text.replace(/[$,%kKMB]/g, '');
  return Number(digits) * (suffix ?? 1);
}

function plain(text: string): Pick<Token, 'kind' | 'literal'> {
  return { kind: 'literal', literal: { kind: 'plain', value: numeric(text) } };
}

function money(text: string): Pick<Token, 'kind' | 'literal'> {
  return { kind: 'literal', literal: { kind: 'money', value: numeric(text) } };
}

function ratio(text: string): Pick<Token, 'kind' | 'literal'> {
  return { kind: 'literal', literal: { kind: 'ratio', value: Number((numeric(text) / 100).toPrecision(15)) } };
}

function duration(text: string): Pick<Token, 'kind' | 'literal'> | undefined {
  const value = parseDuration(text);
  return value === undefined ? undefined : { kind: 'literal', literal: { kind: 'duration', value } };
}

function instant(text: string): Pick<Token, 'kind' | 'literal'> | undefined {
  const value = parseInstant(text);
  return value === undefined ? undefined : { kind: 'literal', literal: { kind: 'instant', value } };
}
