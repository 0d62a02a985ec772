/** Walks a message tree: cleans its texts, measures them, cuts them. */
import type { Block, Line, Span } from '../core/message.ts';
import { clip, lengthOf, plain } from './plain.ts';

/** The blocks with every text made plain. */
export function clean(blocks: readonly Block[]): readonly Block[] {
  return blocks.map(cleanBlock);
}

function cleanBlock(block: Block): Block {
  switch (block.kind) {
    case 'title':
    case 'footer':
      return { ...block, text: plain(block.text) };
    case 'text':
      return { ...block, line: cleanLine(block.line) };
    case 'list':
      return { ...block, ...cleanTitle(block.title), items: block.items.map(cleanLine) };
    case 'facts':
      return {
        ...block,
        ...cleanTitle(block.title),
        rows: block.rows.map(([label, value]) => [plain(label), plain(value)] as const),
      };
    case 'table':
      return {
        ...block,
        columns: block.columns.map((column) => ({ ...column, title: plain(column.title) })),
        rows: block.rows.map((row) => row.map(plain)),
      };
  }
}

function cleanTitle(title: string | undefined): { readonly title?: string } {
  return title === undefined ? {} : { title: plain(title) };
}

function cleanLine(line: Line): Line {
  return spansOf(line).map((span) => withText(span, plain(textOf(span))));
}

/** A line as spans. */
export function spansOf(line: Line): readonly Span[] {
  return typeof line === 'string' ? [line] : line;
}

/** What a reader sees of a span. */
function textOf(span: Span): string {
  if (typeof span === 'string') return span;
  if ('bold' in span) return span.bold;
  return 'code' in span ? span.code : span.link;
}

function withText(span: Span, text: string): Span {
  if (typeof span === 'string') return text;
  if ('bold' in span) return { bold: text };
  return 'code' in span ? { code: text } : { ...span, link: text };
}

/** Code points in the blocks; each item, row and block counts one more, so that empty ones count too. */
export function sizeOf(blocks: readonly Block[]): number {
  return sum(blocks, blockSize);
}

function blockSize(block: Block): number {
  switch (block.kind) {
    case 'title':
    case 'footer':
      return 1 + lengthOf(block.text);
    case 'text':
      return 1 + lineSize(block.line);
    case 'list':
      return titleSize(block.title) + sum(block.items, lineSize);
    case 'facts':
      return titleSize(block.title) + sum(block.rows, rowSize);
    case 'table':
      return rowSize(block.columns.map((column) => column.title)) + sum(block.rows, rowSize);
  }
}

const titleSize = (title: string | undefined): number => 1 + lengthOf(title ?? '');
const lineSize = (line: Line): number => 1 + sum(spansOf(line), (span) => lengthOf(textOf(span)));
const rowSize = (row: readonly string[]): number => 1 + sum(row, lengthOf);

function sum<T>(items: readonly T[], size: (item: T) => number): number {
  return items.reduce((total, item) => total + size(item), 0);
}

/** The first `budget` code points, in reading order; the text where the cut falls ends with `…`. */
export function cut(blocks: readonly Block[], budget: number): readonly Block[] {
  return cutAll(blocks, budget, blockSize, cutBlock);
}

/** Whole items while they fit, then one cut item, then nothing. Whatever is left out leaves a `…` behind. */
function cutAll<T>(
  items: readonly T[],
  budget: number,
  sizeOne: (item: T) => number,
  cutOne: (item: T, left: number) => T,
): readonly T[] {
  const kept: T[] = [];
  let left = budget;
  for (const [at, item] of items.entries()) {
    const size = sizeOne(item);
    const fits = at === items.length - 1 ? size <= left : size < left;
    if (left > 0) kept.push(fits ? item : cutOne(item, Math.min(left, size - 1)));
    if (!fits) break;
    left -= size;
  }
  return kept;
}

function cutBlock(block: Block, left: number): Block {
  switch (block.kind) {
    case 'title':
    case 'footer':
      return { ...block, text: clip(block.text, left - 1) };
    case 'text':
      return { ...block, line: cutLine(block.line, left) };
    case 'list':
      return { ...block, items: cutAll(block.items, left - titleSize(block.title), lineSize, cutLine) };
    case 'facts':
      return { ...block, rows: cutAll(block.rows, left - titleSize(block.title), rowSize, cutFact) };
    case 'table': {
      const heads = rowSize(block.columns.map((column) => column.title));
      return { ...block, rows: cutAll(block.rows, left - heads, rowSize, () => ['…']) };
    }
  }
}

function cutLine(line: Line, left: number): Line {
  return cutAll(
    spansOf(line),
    left - 1,
    (span) => lengthOf(textOf(span)),
    (span, rest) => withText(span, clip(textOf(span), rest)),
  );
}

function cutFact([label, value]: readonly [string, string], left: number): readonly [string, string] {
  return [label, clip(value, Math.max(1, left - 1 - lengthOf(label)))];
}
