/** Draws a message as plain lines for a terminal, wrapped at its width. */
import type { Block, Line, Message, Span } from '../../core/message.ts';
import { safeUrl } from '../address.ts';
import { gapBetween } from '../fit.ts';
import { alignTable, clipWidth, widthOf } from '../plain.ts';
import { clean, spansOf } from '../tree.ts';

export type Terminal = {
  /** Columns; longer lines are wrapped, table rows clipped. */
  readonly width: number;
  /** ANSI colours; off where the output is no terminal. */
  readonly colour: boolean;
};
type Style = 'plain' | 'bold' | 'dim' | 'code';
type Piece = { readonly text: string; readonly style: Style };

const CODES: Readonly<Record<Style, string>> = { plain: '', bold: '\u001b[1m', dim: '\u001b[2m', code: '\u001b[36m' };
const RESET = '\u001b[0m';

export function renderConsole(message: Message, terminal: Terminal = { width: 100, colour: false }): string {
  const blocks = clean(message.blocks);
  return blocks
    .map((block, at) => {
      const before = blocks[at - 1];
      return (before === undefined ? '' : gapBetween(before, block)) + draw(block, terminal).join('\n');
    })
    .join('');
}

function draw(block: Block, terminal: Terminal): readonly string[] {
  switch (block.kind) {
    case 'title':
      return wrap([{ text: block.text, style: 'bold' }], '', '', terminal);
    case 'text':
      return wrap(pieces(block.line), '', '', terminal);
    case 'list':
      return [
        ...heading(block.title, terminal),
        ...block.items.flatMap((item) => wrap(pieces(item), '  - ', '    ', terminal)),
      ];
    case 'facts':
      return [...heading(block.title, terminal), ...facts(block.rows, terminal)];
    case 'table':
      return alignTable(block.columns, block.rows).map((line) => clipWidth(line, terminal.width));
    case 'footer':
      return wrap([{ text: block.text, style: 'dim' }], '', '', terminal);
  }
}

function heading(title: string | undefined, terminal: Terminal): readonly string[] {
  return title === undefined ? [] : wrap([{ text: title, style: 'bold' }], '', '', terminal);
}

const WIDEST_LABEL = 24;

function facts(rows: readonly (readonly [string, string])[], terminal: Terminal): readonly string[] {
  const clipped = rows.map(([label, value]) => [clipWidth(label, WIDEST_LABEL), value] as const);
  const widest = Math.max(0, ...clipped.map(([label]) => widthOf(label)));
  return clipped.flatMap(([label, value]) => {
    const lead = `  ${label}${' '.repeat(widest - widthOf(label))}  `;
    return wrap([{ text: value, style: 'plain' }], lead, ' '.repeat(widest + 4), terminal);
  });
}

function pieces(line: Line): readonly Piece[] {
  return spansOf(line).map(drawSpan);
}

function drawSpan(span: Span): Piece {
  if (typeof span === 'string') return { text: span, style: 'plain' };
  if ('bold' in span) return { text: span.bold, style: 'bold' };
  if ('code' in span) return { text: span.code, style: 'code' };
  const url = safeUrl(span.url);
  return { text: url === undefined || url === span.link ? span.link : `${span.link} (${url})`, style: 'plain' };
}

/** Breaks between words; a word longer than a line stands alone on one, uncut. */
function wrap(line: readonly Piece[], first: string, rest: string, terminal: Terminal): readonly string[] {
  const lines: string[] = [];
  let [text, width] = [first, widthOf(first)];
  let gap = '';
  for (const word of wordsOf(line)) {
    const size = word.reduce((total, piece) => total + widthOf(piece.text), 0);
    if (gap !== '' && width + 1 + size > terminal.width) {
      lines.push(text);
      [text, width, gap] = [rest, widthOf(rest), ''];
    }
    text += gap + word.map((piece) => paint(piece, terminal)).join('');
    width += gap.length + size;
    gap = ' ';
  }
  return [...lines, text.trimEnd()];
}

/** Words between spaces; one may consist of pieces of different styles. */
function wordsOf(line: readonly Piece[]): readonly (readonly Piece[])[] {
  const words: Piece[][] = [[]];
  for (const { text, style } of line)
    text.split(' ').forEach((part, at) => {
      if (at > 0) words.push([]);
      if (part !== '') words.at(-1)?.push({ text: part, style });
    });
  return words.filter((word) => word.length > 0);
}

function paint({ text, style }: Piece, terminal: Terminal): string {
  return terminal.colour && style !== 'plain' ? CODES[style] + text + RESET : text;
}
