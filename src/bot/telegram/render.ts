/** Draws a message for Telegram: text with entities, which no text from outside can break. */
import type { MessageEntity } from 'grammy/types';
import type { Block, Line, Message, Span } from '../../core/message.ts';
import { safeUrl } from '../address.ts';
import { fitMessage, gapBetween } from '../fit.ts';
import { alignTable } from '../plain.ts';
import { spansOf } from '../tree.ts';

/** https://core.telegram.org/bots/api#sendmessage counts after entities; UTF-16 units are the careful reading. */
const LONGEST = 4096;
/** https://core.telegram.org/bots/api#messageentity: more than 100 entities are ignored. */
const MOST_ENTITIES = 100;

export type Drawing = { readonly text: string; readonly entities: MessageEntity[] };
type Style = 'bold' | 'code' | 'italic' | 'pre' | { readonly url: string };
type Piece = { readonly text: string; readonly style?: Style };

/** Offsets and lengths of the entities count UTF-16 units. */
export function renderTelegram(message: Message): Drawing {
  const drawing = fitMessage(message, drawAll, ({ text }) => text.length <= LONGEST);
  return drawing.text === '' ? { text: '…', entities: [] } : drawing;
}

function drawAll(blocks: readonly Block[]): Drawing {
  const pieces = blocks.flatMap((block, at): readonly Piece[] => {
    const before = blocks[at - 1];
    return [...(before === undefined ? [] : [{ text: gapBetween(before, block) }]), ...draw(block)];
  });
  let text = '';
  const entities: MessageEntity[] = [];
  for (const piece of pieces) {
    // Telegram trims a message, which would shift every offset.
    const part = text === '' ? piece.text.trimStart() : piece.text;
    if (piece.style !== undefined && part.trim() !== '') entities.push(entity(piece.style, text.length, part.length));
    text += part;
  }
  return { text: text.trimEnd(), entities: inside(entities, text.trimEnd().length).slice(0, MOST_ENTITIES) };
}

function entity(style: Style, offset: number, length: number): MessageEntity {
  return typeof style === 'string'
    ? { type: style, offset, length }
    : { type: 'text_link', url: style.url, offset, length };
}

function inside(entities: readonly MessageEntity[], end: number): MessageEntity[] {
  return entities.map((one) => (one.offset + one.length <= end ? one : { ...one, length: end - one.offset }));
}

function draw(block: Block): readonly Piece[] {
  switch (block.kind) {
    case 'title':
      return [{ text: breakMentions(block.text), style: 'bold' }];
    case 'text':
      return drawLine(block.line);
    case 'list':
      return joined([...heading(block.title), ...block.items.map((item) => [{ text: '• ' }, ...drawLine(item)])]);
    case 'facts':
      return joined([
        ...heading(block.title),
        ...block.rows.map(([label, value]): readonly Piece[] => [
          { text: breakMentions(`${label}:`), style: 'bold' },
          { text: ` ${breakMentions(value)}` },
        ]),
      ]);
    case 'table':
      return [{ text: alignTable(block.columns, block.rows).join('\n'), style: 'pre' }];
    case 'footer':
      return [{ text: breakMentions(block.text), style: 'italic' }];
  }
}

function heading(title: string | undefined): readonly (readonly Piece[])[] {
  return title === undefined || title.trim() === '' ? [] : [[{ text: breakMentions(title), style: 'bold' }]];
}

function joined(lines: readonly (readonly Piece[])[]): readonly Piece[] {
  return lines.flatMap((line, at) => (at === 0 ? line : [{ text: '\n' }, ...line]));
}

function drawLine(line: Line): readonly Piece[] {
  return spansOf(line).map(drawSpan);
}

function drawSpan(span: Span): Piece {
  if (typeof span === 'string') return { text: breakMentions(span) };
  if ('bold' in span) return { text: breakMentions(span.bold), style: 'bold' };
  if ('code' in span) return { text: span.code, style: 'code' };
  const url = safeUrl(span.url);
  return url === undefined ? { text: breakMentions(span.link) } : { text: span.link, style: { url } };
}

/** Telegram itself turns `@name` into a mention that notifies; a zero-width space keeps it text. */
function breakMentions(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}_])@(?=\w)/gu, '@\u200b');
}
