/** Reads an article: what it reports by its words, and the fingerprint of its text. */
import type { Article } from '../../core/news.ts';
import type { Classify } from './lexicon/classifier.ts';
import { printOf } from './print.ts';

/** It takes milliseconds a text, and so is done for new articles only, one after the other. */
export function readerOf(classify: Classify): (article: Article) => Article {
  return (article) => {
    const { title, summary } = article;
    return { ...article, events: classify({ title, summary }).events, print: printOf(title, summary) };
  };
}
