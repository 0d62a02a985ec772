/** Builds the syntax tree of an expression, by precedence climbing. */
import { ExpressionError } from './error.ts';
import { type LiteralKind, type Token, tokenize } from './lexer.ts';

type Place = { readonly at: number; readonly end: number };
export type Literal = Place & {
  readonly kind: 'literal';
  readonly literal: LiteralKind;
  readonly value: number;
  readonly text: string;
};
/** A bare word: a metric, `subject.metric`, a news type, `now`. */
type Name = Place & { readonly kind: 'name'; readonly name: string };
export type Call = Place & { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] };
type Unary = Place & { readonly kind: 'unary'; readonly op: 'not' | '-'; readonly of: Node };
export type Binary = Place & {
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
    if (depth > MAX_DEPTH)
      throw new ExpressionError(
        peek().at,
        'the expression is nested too deeply',
        `at most ${MAX_DEPTH} levels`,
        'split it into several rules',
      );
    let left = prefix(depth);
    for (;;) {
      const token = peek();
      const binds = POWER[token.text];
      if (binds === undefined || token.kind === 'literal' || binds <= power) return left;
      take();
      if (binds === 4 && isComparison(left))
        throw new ExpressionError(token.at, 'two comparisons in a row', 'one comparison', 'join them with `and`');
      const right = expression(binds, depth + 1);
      left = { kind: 'binary', op: token.text, left, right, at: left.at, end: right.end };
    }
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
      const end = close(token, 'to close the parenthesis');
      // The parentheses belong to what is quoted of it in sentences.
      return { ...inner, at: token.at, end: end.end };
    }
    if (token.kind === 'name' && token.text !== 'and' && token.text !== 'or')
      return peek().text === '('
        ? call(token, depth)
        : { kind: 'name', name: token.text, at: token.at, end: token.end };
    throw new ExpressionError(
      token.at,
      token.kind === 'end' ? 'the expression ends too early' : `unexpected ${JSON.stringify(token.text)}`,
      'a metric, a function call or a value',
      token.kind === 'end' ? 'complete the expression' : 'put a value here or remove it',
    );
  }

  function call(name: Token, depth: number): Node {
    take();
    const args: Node[] = [];
    while (peek().text !== ')' && peek().kind !== 'end') {
      args.push(expression(0, depth + 1));
      if (peek().text !== ',') break;
      take();
    }
    const end = close(name, `to close ${name.text}(`);
    return { kind: 'call', name: name.text, args, at: name.at, end: end.end };
  }

  function close(open: Token, why: string): Token {
    const token = take();
    if (token.text === ')') return token;
    const found = token.kind === 'end' ? 'the expression ends' : `unexpected ${JSON.stringify(token.text)}`;
    throw new ExpressionError(token.at, `${found} inside what opened in column ${open.at}`, ')', `add ) ${why}`);
  }

  const tree = expression(0, 0);
  const rest = peek();
  if (rest.kind !== 'end')
    throw new ExpressionError(
      rest.at,
      `unexpected ${JSON.stringify(rest.text)} after the expression`,
      'and, or, a comparison, or the end',
      'join the parts with `and` or `or`',
    );
  return tree;
}

function isComparison(node: Node): boolean {
  return node.kind === 'binary' && POWER[node.op] === 4;
}
