/** Parses one YAML file and remembers where every value of it stands. */
import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';
import type { Complaint, Problem } from './problem.ts';
import { offsetInside } from './scalar.ts';
import { complainAboutSyntax, TOO_DEEP } from './syntax.ts';

export type Path = readonly PropertyKey[];

/** Which part of what a path leads to: the value, its key, or a column (from 1) inside its text. */
type Part = 'value' | 'key' | { readonly column: number };

export type YamlFile = {
  /** Absolute. */
  readonly path: string;
  readonly value: unknown;
  /** A problem at a value's place; where the path leads nowhere, at the innermost thing that exists. */
  readonly problem: (path: Path, complaint: Complaint, part?: Part) => Problem;
};

export type Parsed =
  | { readonly ok: true; readonly file: YamlFile }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Aliases that may be followed in one file; each nested one multiplies. */
const MOST_ALIASES = 100;

/** Parses YAML 1.2 text. The path is only for the problems. */
export function parseYaml(path: string, text: string): Parsed {
  const lines = new LineCounter();
  function problemAt(offset: number, complaint: Complaint): Problem {
    const { line, col } = lines.linePos(offset);
    return { file: path, line: Math.max(line, 1), column: Math.max(col, 1), ...complaint };
  }
  function failed(offset: number, complaint: Complaint): Parsed {
    return { ok: false, problems: [problemAt(offset, complaint)] };
  }

  let document: Document;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failed(0, TOO_DEEP);
  }
  const mistakes = complainAboutSyntax(document, text);
  if (mistakes.length > 0)
    return { ok: false, problems: mistakes.map(({ offset, complaint }) => problemAt(offset, complaint)) };
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return failed(0, EMPTY);
  const loop = selfReference(document);
  if (loop !== undefined) return failed(loop, SELF_REFERENCE);

  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch (error) {
    if (error instanceof RangeError) return failed(0, TOO_DEEP);
    if (!(error instanceof ReferenceError)) throw error;
    return failed(firstAlias(document), TOO_MANY_ALIASES);
  }
  function problem(at: Path, complaint: Complaint, part: Part = 'value'): Problem {
    return problemAt(offsetOf(document, text, at, part), complaint);
  }
  return { ok: true, file: { path, value, problem } };
}

const EMPTY: Complaint = {
  what: 'the file is empty',
  expected: 'YAML with at least one key',
  todo: 'fill it after the example in the shipped config directory, or remove it if it is optional',
};
const TOO_MANY_ALIASES: Complaint = {
  what: 'aliases (*name) unfold into too much',
  expected: `at most ${MOST_ALIASES} aliases, none to lists of aliases`,
  todo: 'write the values out',
};
const SELF_REFERENCE: Complaint = {
  what: 'an alias (*name) stands inside what it refers to',
  expected: 'a value that ends',
  todo: 'write the value out',
};

function selfReference(document: Document): number | undefined {
  let found: number | undefined;
  visit(document, {
    Alias(_, alias, ancestors) {
      const target = alias.resolve(document);
      if (target === undefined || !ancestors.some((ancestor) => ancestor === target)) return undefined;
      found = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

function firstAlias(document: Document): number {
  let found = 0;
  visit(document, {
    Alias(_, alias) {
      found = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return found;
}

function offsetOf(document: Document, text: string, path: Path, part: Part): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const next = child(document, node, step);
    if (next === undefined) return offset;
    const last = index === path.length - 1;
    // A key without a value has nothing to point at but itself.
    const useKey = (last && part === 'key') || startOf(next.value) === undefined || isEmpty(next.value);
    node = next.value;
    offset = (useKey ? startOf(next.key) : startOf(next.value)) ?? startOf(next.value) ?? offset;
  }
  if (typeof part !== 'object' || !isScalar(node)) return offset;
  return offsetInside(node, text, part.column) ?? offset;
}

function child(document: Document, node: unknown, step: PropertyKey): { key: unknown; value: unknown } | undefined {
  const parent = isAlias(node) ? node.resolve(document) : node;
  if (isSeq(parent)) {
    const value = parent.items[Number(step)];
    return value === undefined ? undefined : { key: value, value };
  }
  if (!isMap(parent)) return undefined;
  return parent.items.find((pair: Pair) => keyText(pair.key) === String(step));
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function isEmpty(node: unknown): boolean {
  return isScalar(node) && node.value === null && (node.source ?? '') === '';
}

function startOf(node: unknown): number | undefined {
  if (isPair(node)) return startOf(node.key);
  return (node as Node | null | undefined)?.range?.[0];
}
