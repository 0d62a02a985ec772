/** Words mistakes of grammar: what stands where it cannot, and what is missing. */
import { ExpressionError, quoted } from './error.ts';
import type { Token } from './lexer.ts';

const CONDITION = 'a comparison such as gpu_utilization < 20%';
const VALUE = 'a metric, a function or a value';

/** Where a value must begin, this token stands; `before` it another one, or none. */
export function noValue(token: Token, before: Token | undefined): ExpressionError {
  const found = quoted(token.text);
  if (token.kind === 'end' && before === undefined)
    return new ExpressionError(token, 'the expression is empty', CONDITION, 'write a comparison');
  if (before?.text === '(' && token.text === ')') {
    const what = 'nothing stands between the parentheses';
    return new ExpressionError(token, what, VALUE, 'put a value there, or remove them');
  }
  if (before !== undefined && (token.kind === 'end' || token.text === ')')) {
    const joins = before.text === 'and' || before.text === 'or' || before.text === 'not';
    const what = `${token.kind === 'end' ? 'the expression ends' : 'a parenthesis closes'} after ${quoted(before.text)}`;
    return new ExpressionError(token, what, joins ? CONDITION : VALUE, `complete it, or remove ${quoted(before.text)}`);
  }
  if (token.text === ')') return new ExpressionError(token, `nothing stands before ${found}`, VALUE, `remove ${found}`);
  if (token.text === '+')
    return new ExpressionError(token, `${found} has no value before it`, VALUE, `leave ${token.text} out`);
  if (token.text === 'and' || token.text === 'or')
    return new ExpressionError(
      token,
      `${found} joins two conditions, and there is none before it`,
      CONDITION,
      `put one before it, or remove ${found}`,
    );
  return new ExpressionError(token, `unexpected ${found}`, VALUE, `put one here, or remove ${found}`);
}

/** `10% < x < 20%`: in two comparisons it says the same. */
export function chained(token: Token, first: string, middle: string, last: string): ExpressionError {
  const right = `${first} and ${middle} ${token.text} ${last}`;
  return new ExpressionError(token, 'two comparisons in a row', 'two that are joined', `did you mean ${right}?`);
}

export function tooDeep(at: number, most: number): ExpressionError {
  const what = 'the expression is nested too deeply';
  return new ExpressionError(at, what, `at most ${most} levels`, 'split it into several rules');
}

/** What opened with `open`, a parenthesis or the name of a function, is not closed where `found` stands. */
export function notClosed(open: Token, found: Token): ExpressionError {
  const called = open.kind === 'name';
  const inside = called ? `the arguments of ${open.text}` : `the parenthesis of column ${open.at}`;
  if (found.kind === 'end')
    return new ExpressionError(
      found,
      `${inside} ${called ? 'are' : 'is'} not closed`,
      'a closing parenthesis',
      'add ) where it ends',
    );
  const what = `unexpected ${quoted(found.text)} in ${inside}`;
  if (called) return new ExpressionError(found, what, 'a comma or )', 'put a comma between two arguments');
  if (found.text === ',')
    return new ExpressionError(
      found.at,
      what,
      ')',
      'write the comma inside a function, as in avg(gpu_utilization, 7d)',
    );
  return new ExpressionError(found, what, 'an operator or )', 'join the parts with `and` or `or`');
}

/** This token stands after an expression that is complete. */
export function leftOver(token: Token): ExpressionError {
  const what = `unexpected ${quoted(token.text)} after the expression`;
  if (token.text === ')')
    return new ExpressionError(token, what, 'the end: no parenthesis is open', 'remove ), or open one before it');
  if (token.text === ',')
    return new ExpressionError(
      token,
      what,
      'a comma only between the arguments of a function',
      'join conditions with `and` or `or` instead',
    );
  return new ExpressionError(token, what, 'and, or, a comparison, or the end', 'join the parts with `and` or `or`');
}
