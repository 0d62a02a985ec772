/** Markup made plain: tags, references, invisible characters, length. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clip, plain } from '../../../src/sources/news/text.ts';

test.each([
  ['<p>Akash <b>opens</b></p>', 'Akash opens'],
  ['Q&amp;A &#8212; the &#x201C;rest&#x201d;', 'Q&A — the “rest”'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ['&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
  ['before<script>alert("x")</script> after', 'before after'],
  ['before <STYLE type="a">p { }</Style >after', 'before after'],
  ['before<script>never closed', 'before'],
  ['a<!-- hidden -->b', 'a b'],
  ['2 < 3 and 5 > 4', '2 < 3 and 5 > 4'],
  ['a\u202Egnp.exe\u202C b\u200Bc\uFEFF d\u0000e\u00AD', 'agnp.exe bc de'],
  ['a&#x202E;b&#8203;c', 'abc'],
  ['&#xD800;&#x110000; &#9999999;x', '&#x110000; &#9999999;x'],
  ['  one\n\ttwo  three\u2028four ', 'one two three four'],
  ['cut <a href="x', 'cut'],
  ['&unknown; &amp', '&unknown; &amp'],
  ['&Eacute;t&eacute; &AMP; &constructor;', 'Été & &constructor;'],
  ['don&#146;t, don\u0092t', 'don’t, don’t'],
  ['', ''],
])('%j becomes %j', (markup, text) => {
  expect(plain(markup, 300)).toBe(text);
});

test('a text is clipped by code points, never inside one', () => {
  expect(clip('😀'.repeat(5), 5)).toBe('😀'.repeat(5));
  expect(clip('😀'.repeat(6), 5)).toBe(`${'😀'.repeat(4)}…`);
  expect([...plain('x'.repeat(1_000_000), 300)]).toHaveLength(300);
});

test('no text comes out long, on two lines or with anything invisible in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 1, max: 50 }), (markup, limit) => {
      const text = plain(markup, limit);
      expect([...text].length).toBeLessThanOrEqual(limit);
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u);
    }),
    { seed: 1 },
  );
});

test.each([
  ['tags left open', '<a'.repeat(500_000)],
  ['scripts left open', '<script>'.repeat(120_000)],
  ['ampersands', '&#x'.repeat(300_000)],
  ['spaces', `${' '.repeat(1_000_000)}x`],
])('a megabyte of %s costs no time', (_, markup) => {
  const start = performance.now();
  plain(markup, 300);
  expect(performance.now() - start).toBeLessThan(1000);
});
