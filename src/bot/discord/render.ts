/** Draws a message as Discord markdown of at most 2000 characters. */
import type { Block, Line, Message, Span } from '../../core/message.ts';
import { safeUrl } from '../address.ts';
import { fitMessage, gapBetween } from '../fit.ts';
import { alignTable } from '../plain.ts';
import { spansOf } from '../tree.ts';

/** https://docs.discord.com/developers/resources/message#create-message */
const LONGEST = 2000;

/** A message's content. The title is plain text, so that an alert's first line reads the same in a push notice. */
export function renderDiscord(message: Message): string {
  return fitMessage(message, drawAll, (content) => content.length <= LONGEST) || '…';
}

function drawAll(blocks: readonly Block[]): string {
  let content = '';
  blocks.forEach((block, at) => {
    const before = blocks[at - 1];
    content += (before === undefined ? '' : gapBetween(before, block)) + draw(block);
  });
  return content.trim();
}

function draw(block: Block): string {
  switch (block.kind) {
    case 'title':
      return literal(block.text);
    case 'text':
      return drawLine(block.line);
    case 'list':
      return [...heading(block.title), ...block.items.map((item) => `- ${drawLine(item)}`)].join('\n');
    case 'facts':
      return [
        ...heading(block.title),
        ...block.rows.map(([label, value]) => `**${literal(label)}:** ${literal(value)}`),
      ].join('\n');
    case 'table':
      return ['```', ...alignTable(block.columns, block.rows).map(neutralise), '```'].join('\n');
    case 'footer':
      return `-# ${literal(block.text)}`;
  }
}

function heading(title: string | undefined): readonly string[] {
  return title === undefined || title.trim() === '' ? [] : [`**${literal(title)}**`];
}

function drawLine(line: Line): string {
  return spansOf(line).map(drawSpan).join('');
}

function drawSpan(span: Span): string {
  if (typeof span === 'string') return literal(span);
  if ('bold' in span) return span.bold.trim() === '' ? '' : `**${literal(span.bold)}**`;
  if ('code' in span) return span.code.trim() === '' ? '' : `\`${neutralise(span.code)}\``;
  const url = safeUrl(span.url);
  const label = literal(span.link);
  return url === undefined || label.trim() === '' ? label : `[${label}](<${encode(url)}>)`;
}

/** Angle brackets keep Discord from drawing a preview; nothing in the address may close them. */
function encode(url: string): string {
  return url.replace(
    /[<>()\\`*_|~[\]@]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/**
 * Raw text in which no sign is markup: emphasis, code, spoilers, headings, lists, quotes, masked links, mentions,
 * automatic links and invitations. Discord takes a backslash before any punctuation; an underscore inside a word, as
 * in gpu_utilization, is no markup and stays readable.
 */
function literal(text: string): string {
  return breakMentions(text)
    .replace(/[\\*~`|[\]<]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/^(\s*)>/, '$1\\>')
    .replace(/:(?=\/\/)/g, '\\:')
    .replace(/(discord(?:app)?\.(?:gg|com|media))\//gi, '$1\\/')
    .replace(/^(\s*)([#+-])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s)/, '$1\\$2');
}

/** Inside code backticks end the code and mentions still count for the server. */
function neutralise(text: string): string {
  return breakMentions(text).replaceAll('`', 'ˋ');
}

/** A zero-width space after the @ of what would be a mention. */
function breakMentions(text: string): string {
  return text.replace(/@(?=everyone|here)|(?<=<)@/gi, '@\u200b');
}
