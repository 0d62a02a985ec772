/** Titles for items that have none. */
import { expect, test } from 'vitest';
import { plain } from '../../../../src/sources/news/reading/text.ts';
import { standIn } from '../../../../src/sources/news/reading/title.ts';
import { given, rss } from './feeds.ts';

const LONG = 'Nobody knows how many of the accelerators that were announced this year have been switched on so far.';

test('a title that can be read stays as it is', () => {
  expect(standIn('<b>A</b> &amp; B', 'Words.')).toBe('<b>A</b> &amp; B');
  expect(standIn('!?', 'Words.')).toBe('!?');
});

test.each([undefined, '', ' ', '<img src="x">', '&#8203;\u00AD'])('%j gives way to the summary', (title) => {
  expect(standIn(title, '<p>Words &amp; more.</p>')).toBe('Words &amp; more.');
});

test('a long summary is cut at the end of a word', () => {
  expect(standIn(undefined, LONG)).toBe(
    'Nobody knows how many of the accelerators that were announced this year have been switched on so…',
  );
  expect(standIn(undefined, '語'.repeat(150))).toBe(`${'語'.repeat(100)}…`);
  expect(standIn(undefined, LONG.slice(0, 100))).toBe(LONG.slice(0, 100));
});

test('what is text in the summary is text in the title', () => {
  const title = standIn(undefined, '&lt;script&gt; is a tag, &amp;amp; a reference');
  expect(plain(title ?? '', 300)).toBe('<script> is a tag, &amp; a reference');
});

test('without either there is none, and no link is made up for one', () => {
  expect(standIn(undefined, '<br>')).toBeUndefined();
  expect(given(rss('<item><guid>g-1</guid></item>')).items).toMatchObject([{ title: undefined, link: undefined }]);
});
