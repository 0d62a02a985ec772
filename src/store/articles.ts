/** Articles as text: one JSON object a line. */
import type { Article } from '../core/news.ts';
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
  if (!isArticle(article)) throw new Error(`${number}: the line is no article`);
  return article;
}

/** Earlier versions wrote neither keys nor a fingerprint. */
function isArticle(value: unknown): value is Article {
  if (typeof value !== 'object' || value === null) return false;
  const { id, published, events, keys = [], print = { terms: [], shingles: [] } } = value as Partial<Article>;
  const isTold = Array.isArray(keys) && Array.isArray(print.terms) && Array.isArray(print.shingles);
  return isTold && typeof id === 'string' && Number.isSafeInteger(published) && Array.isArray(events);
}
