/** Articles as text: one JSON object a line. */
import { type Article, NEWS_STATUSES, NEWS_TYPES, type NewsMention, type Print, Trust } from '../core/news.ts';
import type { LineReader } from './months.ts';
import type { News } from './news.ts';

/** The line of an article, newline included. */
export function writeArticle(article: Article): string {
  return `${JSON.stringify(article)}\n`;
}

/** Reads whole lines into memory, piece by piece. Throws with the line's number and what is wrong with it. */
export function articleReader(news: News): LineReader {
  let line = 1;
  return {
    read(text) {
      const lines = text.split('\n').slice(0, -1);
      news.add(lines.map((each, index) => readArticle(each, line + index)));
      line += lines.length;
    },
    finish() {},
  };
}

function readArticle(line: string, number: number): Article {
  let article: unknown;
  try {
    article = JSON.parse(line);
  } catch {
    throw new Error(`${number}: the line is no JSON`);
  }
  const wrong = flawOf(article);
  if (wrong !== undefined) throw new Error(`${number}: the line is no article: ${wrong}`);
  return article as Article;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isTextOrNull: Check = (value) => value === null || isText(value);

/** What the fields that are read later must be. Earlier versions wrote neither keys nor a fingerprint. */
const FIELDS: Readonly<Record<Exclude<keyof Article, 'events' | 'print'>, Check>> = {
  id: isText,
  keys: optional(listOf(isText)),
  feed: isText,
  outlet: isText,
  owner: isText,
  trust: oneOf(Trust.options),
  title: isText,
  summary: isTextOrNull,
  link: isTextOrNull,
  published: Number.isSafeInteger,
  uncounted: optional(isText),
};
const EVENT: Readonly<Record<keyof NewsMention, Check>> = {
  type: oneOf(NEWS_TYPES),
  network: isTextOrNull,
  status: oneOf(NEWS_STATUSES),
  confidence: optional(Number.isFinite),
  figure: optional(isText),
  because: listOf(isText),
};
const PRINT: Readonly<Record<keyof Print, Check>> = {
  terms: listOf(isText),
  shingles: listOf(Number.isSafeInteger),
  frame: optional(listOf(Number.isSafeInteger)),
};

/** What is wrong with an article as it was read; undefined where nothing is. */
function flawOf(value: unknown): string | undefined {
  if (!isRecord(value)) return 'it is no object';
  const { events, print } = value;
  if (!Array.isArray(events)) return 'events is wrong or missing';
  return (
    flawIn(value, FIELDS, '') ??
    events.map((event) => flawIn(event, EVENT, 'events.')).find((flaw) => flaw !== undefined) ??
    (print === undefined ? undefined : flawIn(print, PRINT, 'print.'))
  );
}

function flawIn(value: unknown, checks: Readonly<Record<string, Check>>, within: string): string | undefined {
  if (!isRecord(value)) return `${within.slice(0, -1)} holds what is no object`;
  for (const field in checks)
    if (checks[field]?.(value[field]) !== true) return `${within}${field} is wrong or missing`;
  return undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function listOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function oneOf(known: readonly string[]): Check {
  return (value) => known.includes(value as string);
}
