/** A mistake in an expression, with the place and what to do about it. */

export class ExpressionError extends Error {
  override name = 'ExpressionError';
  /** Counts from 1. */
  readonly column: number;
  readonly expected: string;
  readonly todo: string;

  constructor(column: number, what: string, expected: string, todo: string) {
    super(what);
    this.column = column;
    this.expected = expected;
    this.todo = todo;
  }
}

/** A function called with the wrong arguments. */
export function usage(name: string, given: number, column: number, form: string, example: string): ExpressionError {
  const what = `${name} is called with ${given} argument${given === 1 ? '' : 's'}`;
  return new ExpressionError(column, what, form, `write ${example}`);
}
