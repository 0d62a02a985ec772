/** What was read of an article, for people and for programs. */
import type { Terminal } from '../../bot/console/render.ts';
import { clipWidth, plain } from '../../bot/plain.ts';
import { isFact, type NewsMention } from '../../core/news.ts';
import { formatValue } from '../../core/units.ts';
import type { Read } from '../../sources/news/lexicon/classifier.ts';
import { paint } from '../terminal.ts';
import type { Item } from './item.ts';

/** An article with what was read of it, and the story it was put into. */
export type Classified = { readonly item: Item; readonly read: Read; readonly story: string };

const QUOTES = 4;
const QUOTE = 60;

/** One JSON object. */
export function jsonLine({ item, read, story }: Classified): string {
  const { networks, events, silent } = read;
  return `${JSON.stringify({ id: item.id, networks, events, story, ...(silent === null ? {} : { silent }) })}\n`;
}

/** The title, beneath it each event with the words that convinced, and the story where it has others. */
export function textLines({ item, read, story }: Classified, others: number, terminal: Terminal): readonly string[] {
  const { width } = terminal;
  const head = clipWidth(`${plain(item.id)}  ${item.title}`, width);
  const nothing = read.silent === null ? 'reports nothing' : `reports nothing: ${read.silent}`;
  const events = read.events.map((event) => clipWidth(eventLine(event), width));
  const told = others === 0 ? [] : [`  story ${plain(story)}, with ${others} more`];
  return [
    paint(head, 'bold', terminal),
    ...(events.length === 0 ? [paint(`  ${nothing}`, 'dim', terminal)] : []),
    ...events.map((line, index) =>
      paint(line, isFact((read.events[index] as NewsMention).status) ? 'green' : 'yellow', terminal),
    ),
    ...told,
  ];
}

function eventLine({ type, network, status, confidence, figure, because }: NewsMention): string {
  const words = because.slice(0, QUOTES).map((word) => `“${clipWidth(word, QUOTE)}”`);
  return [
    `  ${type.replaceAll('_', ' ')}`,
    network ?? 'the market',
    status.replace('_', ' '),
    ...(confidence === undefined ? [] : [formatValue(confidence, 'ratio')]),
    ...(figure === undefined ? [] : [`figure ${figure}`]),
    words.join(' '),
  ].join(' · ');
}
