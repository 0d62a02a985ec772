/** Where conditions ask for news: the calls of `news()` in them, and the types of news that a rule counts. */
import type { Rule } from '../../core/rule.ts';
import { type Call, type Node, parse } from '../language/parser.ts';

/** A compiled rule will do. */
type Written = { readonly rule: Pick<Rule, 'when' | 'clear'> };

/** The calls of `news()`, left to right. */
export function newsCalls(node: Node): readonly Call[] {
  switch (node.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'unary':
      return newsCalls(node.of);
    case 'binary':
      return [...newsCalls(node.left), ...newsCalls(node.right)];
    case 'call':
      return node.name === 'news' ? [node] : [];
  }
}

/** What stands third in a call of `news()`: `claimed`, where plans and rumours count too. */
export function claimedIn({ args }: Call): Node | undefined {
  return args[2];
}

/** The types of news that a rule counts, in what makes it fire and in what ends it. */
export function newsTypes({ rule: { when, clear } }: Written): ReadonlySet<string> {
  const calls = [when, ...(clear === undefined ? [] : [clear])].flatMap((text) => newsCalls(parse(text)));
  return new Set(calls.flatMap(({ args: [type] }) => (type?.kind === 'name' ? [type.name] : [])));
}

/** Whether plans and rumours can make the rule fire. */
export function readsClaims({ rule }: Written): boolean {
  return newsCalls(parse(rule.when)).some((call) => claimedIn(call) !== undefined);
}
