/** Builds the syntax tree of an expression, by precedence climbing. */
import { ExpressionError, type Extent } from './error.ts';
import { chained, leftOver, notClosed, noValue, tooDeep } from './grammar.ts';
import { adviceAt } from './habits/habit.ts';
import { functionHere, phrases, smallLetters } from './habits/phrases.ts';
import { type LiteralKind, type Token, tokenize } from './lexer.ts';

export type Literal = Extent & {
  readonly kind: 'literal';
  readonly literal: LiteralKind;
  readonly value: number;
  readonly text: string;
};
/** A bare word: a metric, `subject.metric`, a news type, `now`. */
export type Name = Extent & { readonly kind: 'name'; readonly name: string };
export type Call = Extent & { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] };
type Unary = Extent & { readonly kind: 'unary'; readonly op: 'not' | '-'; readonly of: Node };
export type Binary = Extent & {
  readonly kind: 'binary';
  readonly op: string;
  readonly left: Node;
  readonly right: Node;
};
export type Node = Literal | Name | Call | Unary | Binary;

/** Binding power; a higher one binds tighter. */
const POWER: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '==': 4,
  '!=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
};
const NOT_POWER = 3;
const MINUS_POWER = 7;
const MAX_DEPTH = 30;

/** The tree of the text. Throws an ExpressionError with the column of the first mistake. */
export function parse(text: string): Node {
  const tokens = tokenize(text);
  let position = 0;
  const peek = (): Token => tokens[Math.min(position, tokens.length - 1)] as Token;
  const take = (): Token => {
    const token = peek();
    position++;
    return token;
  };

  function expression(power: number, depth: number): Node {
    if (depth > MAX_DEPTH) throw tooDeep(peek().at, MAX_DEPTH);
    let left = prefix(depth);
    for (;;) {
      const token = peek();
      const binds = POWER[token.text];
      if (binds === undefined && token.kind === 'name') throw nameAfter(left, token);
      if (binds === undefined || token.kind === 'literal' || binds <= power) return left;
      take();
      const right = expression(binds, depth + 1);
      // Parentheses make a value of it, and that is told where it is used as one.
      if (binds === 4 && left.kind === 'binary' && POWER[left.op] === 4 && left.at === left.left.at)
        throw chained(token, textOf(left), textOf(left.right), textOf(right));
      left = { kind: 'binary', op: token.text, left, right, at: left.at, end: right.end };
    }
  }

  function textOf({ at, end }: Extent): string {
    return text.slice(at - 1, end - 1);
  }

  /** Where a name follows a complete value, an operator is missing, or it is written in words. */
  function nameAfter(left: Node, token: Token): ExpressionError {
    return adviceAt(phrases(textOf(left)), text, token.at - 1) ?? leftOver(token);
  }

  function prefix(depth: number): Node {
    const token = take();
    if (token.kind === 'literal' && token.literal !== undefined)
      return {
        kind: 'literal',
        literal: token.literal.kind,
        value: token.literal.value,
        text: token.text,
        at: token.at,
        end: token.end,
      };
    if (token.text === 'not') {
      const of = expression(NOT_POWER, depth + 1);
      return { kind: 'unary', op: 'not', of, at: token.at, end: of.end };
    }
    if (token.text === '-') {
      const of = expression(MINUS_POWER, depth + 1);
      return { kind: 'unary', op: '-', of, at: token.at, end: of.end };
    }
    if (token.text === '(') {
      const inner = expression(0, depth + 1);
      const end = close(token);
      // The parentheses belong to what is quoted of it in sentences.
      return { ...inner, at: token.at, end: end.end };
    }
    if (token.text === 'NOT') throw new ExpressionError(token, ...smallLetters(token.text));
    if (token.kind === 'name' && token.text !== 'and' && token.text !== 'or')
      return peek().text === '('
        ? call(token, depth)
        : { kind: 'name', name: token.text, at: token.at, end: token.end };
    throw noValue(token, tokens[position - 2]);
  }

  function call(name: Token, depth: number): Node {
    take();
    const args: Node[] = [];
    while (peek().text !== ')' && peek().kind !== 'end') {
      args.push(expression(0, depth + 1));
      if (peek().text !== ',') break;
      take();
    }
    const { end } = close(name);
    const known = functionHere(name.text);
    if (known === undefined) return { kind: 'call', name: name.text, args, at: name.at, end };
    throw new ExpressionError(name, `unknown function ${name.text}`, known, `did you mean ${known}(…)?`);
  }

  function close(open: Token): Token {
    const token = take();
    if (token.text !== ')') throw notClosed(open, token);
    return token;
  }

  const tree = expression(0, 0);
  const rest = peek();
  if (rest.kind !== 'end') throw leftOver(rest);
  return tree;
}
