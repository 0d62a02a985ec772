/** Markup made plain: tags, references, invisible characters, towers of marks, length. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, plain } from '../../../../src/sources/news/reading/text.ts';

test.each([
  ['<p>Akash <b>opens</b></p>', 'Akash opens'],
  ['Q&amp;A &#8212; the &#x201C;rest&#x201d;', 'Q&A — the “rest”'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ['&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
  ['before<script>alert("x")</script> after', 'before after'],
  ['before <STYLE type="a">p { }</Style >after', 'before after'],
  ['before<script>never closed', 'before'],
  ['İİİİ <script>alert(1)</script>after', 'İİİİ after'],
  ['<svg><title>hidden</title></svg><scripts>shown</scripts>', 'shown'],
  ['a<!-- hidden -->b', 'a b'],
  ['<img alt="a > b" src=x>c', 'c'],
  ["<p class=it's>c</p> d", 'c d'],
  ['2 < 3 and 5 > 4', '2 < 3 and 5 > 4'],
  ['  one\n\ttwo  three\u2028four\u2800\u3000five ', 'one two three four five'],
  ['cut <a href="x', 'cut'],
  ['&unknown; &amp', '&unknown; &amp'],
  ['&Eacute;t&eacute; &AMP; &constructor; &zscr;', 'Été & &constructor; 𝓏'],
  ['&#xD800;&#x110000;&#0;x', '\uFFFD\uFFFD\uFFFDx'],
  ['don&#146;t, don\u0092t', 'don’t, don’t'],
  ['', ''],
])('%j becomes %j', (markup, text) => {
  expect(plain(markup, 300)).toBe(text);
});

describe('what cannot be seen goes', () => {
  test.each([
    ['an order of writing', 'a\u202Egnp.exe\u202C b\u2066c\u2069 \u200Ed\u061C', 'agnp.exe bc d'],
    ['no width', 'b\u200Bc\u200Cd\u200De\uFEFFf\u2060g\u00ADh\u180Ei', 'bcdefghi'],
    ['a letter that is blank', 'a\u115F\u1160\u3164\uFFA0\u034F\u17B4b', 'ab'],
    ['a control', 'a\u0000\u0007\u001Bb\u007F', 'ab'],
    ['tags', `a${String.fromCodePoint(0xe0001, 0xe0041, 0xe0042, 0xe007f)}b`, 'ab'],
    ['bytes in variation selectors', `a\uFE00\uFE0F${String.fromCodePoint(0xe0100, 0xe01ef)}b`, 'ab'],
    ['private use and half a pair', `a\uE000\uF8FF${String.fromCodePoint(0xf0000, 0x10fffd)}\uD800b`, 'ab'],
    ['no character at all', 'a\uFFFE\uFFFF\uFDD0\uFFF9\uFFFCb', 'ab'],
    ['any of them in references', 'a&#x202E;b&#8203;c&shy;d&zwj;e&#xE0041;f', 'abcdef'],
  ])('%s', (_, markup, text) => {
    expect(plain(markup, 300)).toBe(text);
  });
});

test('towers of marks are cut down, and what languages need stays', () => {
  expect(plain(`Z\u0335a${'\u0301'.repeat(50)}lgo`, 300)).toBe(`Z\u0335a${'\u0301'.repeat(5)}lgo`);
  expect(plain(`กิ${'\u0e49\u200b'.repeat(50)}x`, 300)).toBe(`กิ${'\u0e49'.repeat(4)}x`);
  expect(plain('\u0301\u0301abc', 300)).toBe('abc');
  for (const text of ['Việt Nam'.normalize('NFD'), 'क्षत्रिय', 'שָּׁלוֹם', 'ကြွှေ့']) expect(plain(text, 300)).toBe(text);
});

test('a text is clipped by code points, never inside one', () => {
  expect(clip('😀'.repeat(5), 5)).toBe('😀'.repeat(5));
  expect(clip('😀'.repeat(6), 5)).toBe(`${'😀'.repeat(4)}…`);
  expect(clip('one two', 5)).toBe('one…');
  expect([...plain('x'.repeat(1_000_000), 300)]).toHaveLength(300);
});

test('no text comes out long, on two lines or with anything invisible in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.integer({ min: 1, max: 50 }), (markup, limit) => {
      const text = plain(markup, limit);
      expect([...text].length).toBeLessThanOrEqual(limit);
      expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]|\p{M}{6}/u);
    }),
    { seed: 1 },
  );
});

test.each([
  ['tags left open', '<a'.repeat(500_000), `${'<a'.repeat(149)}<…`],
  ['quotes left open', '<a b="'.repeat(200_000), `${'<a b="'.repeat(49)}<a b=…`],
  ['quotes in one tag', `<a ${'"\''.repeat(500_000)}`, ''],
  ['scripts left open', '<script>'.repeat(120_000), ''],
  ['ampersands', '&#x'.repeat(300_000), `${'&#x'.repeat(99)}&#…`],
  ['spaces', `${' '.repeat(1_000_000)}x`, ''],
  ['marks', `x${'\u0301'.repeat(1_000_000)}`, `x${'\u0301'.repeat(5)}`],
])('a megabyte of %s is done with', (_, markup, text) => {
  expect(plain(markup, 300)).toBe(text);
});
