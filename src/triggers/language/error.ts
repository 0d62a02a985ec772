/** A mistake in an expression, with the place and what to do about it. */

/** Where something stands: its first column, from 1, and the one after its last. */
export type Extent = { readonly at: number; readonly end: number };

export class ExpressionError extends Error {
  override name = 'ExpressionError';
  /** Counts from 1. */
  readonly column: number;
  /** The column after what is wrong; null where only its beginning is known. */
  readonly end: number | null;
  readonly expected: string;
  readonly todo: string;
  /** The mistake itself stands in the expression of a derived series, and is told there. */
  readonly elsewhere: boolean;

  constructor(place: number | Extent, what: string, expected: string, todo: string, elsewhere = false) {
    super(what);
    this.column = typeof place === 'number' ? place : place.at;
    this.end = typeof place === 'number' ? null : place.end;
    this.expected = expected;
    this.todo = todo;
    this.elsewhere = elsewhere;
  }
}

/** Derived series that rest on one another in a circle. */
export class CircleError extends ExpressionError {
  override name = 'CircleError';
  /** The series at which the circle closes. */
  readonly closes: string;

  constructor(path: readonly string[]) {
    const [closes = ''] = path;
    const what = `${closes} is derived from itself: ${path.join(' → ')}`;
    super(1, what, 'derived series without a circle', 'take one of them out of the circle');
    this.closes = closes;
  }
}

/** A function called with the wrong arguments. */
export function usage(name: string, given: number, column: number, form: string, example: string): ExpressionError {
  const what = `${name} is called with ${given === 0 ? 'no' : given} argument${given === 1 ? '' : 's'}`;
  return new ExpressionError(column, what, form, `for example write ${example}`);
}

/** Text of the expression as a message repeats it: cut short, and with nothing in it that a screen would obey or hide. */
export function quoted(text: string): string {
  const shown = JSON.stringify(text.length > 30 ? `${text.slice(0, 29)}…` : text);
  return shown.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (hidden) => codePoint(hidden));
}

/** `U+200B`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
