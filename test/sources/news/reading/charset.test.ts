/** Bodies in many charsets, labels that lie, and names of charsets that no standard has. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBody } from '../../../../src/sources/news/reading/charset.ts';
import { decoderFor } from '../../../../src/sources/news/reading/labels.ts';
import { given, item, rss } from './feeds.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Each unit in so many bytes, the largest first or last. */
function wide(units: readonly number[], size: 2 | 4, bigEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(units.length * size));
  for (const [index, unit] of units.entries())
    if (size === 2) view.setUint16(index * 2, unit, !bigEndian);
    else view.setUint32(index * 4, unit, !bigEndian);
  return new Uint8Array(view.buffer);
}

const utf16 = (text: string, bigEndian: boolean): Uint8Array =>
  wide(
    Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)),
    2,
    bigEndian,
  );
const utf32 = (text: string, bigEndian: boolean): Uint8Array =>
  wide(
    Array.from(text, (letter) => letter.codePointAt(0) ?? 0),
    4,
    bigEndian,
  );

function declaring(charset: string, ...bytes: readonly number[]): Uint8Array {
  return Uint8Array.from([...utf8(`<?xml version="1.0" encoding="${charset}"?>`), ...bytes]);
}

test.each([
  ['UTF-8 by default', utf8('Zürich'), null, 'Zürich'],
  ['UTF-8, whatever the content type says', utf8('Zürich'), 'text/xml; charset=iso-8859-1', 'Zürich'],
  ['UTF-8, whatever the declaration says', declaring('windows-1251', ...utf8('Zürich')), null, 'Zürich'],
  ['a mark of UTF-8, with bytes that are none', Uint8Array.from([...utf8('\uFEFFZ'), 0xfc]), null, 'Z\uFFFD'],
  ['the content type', latin1('Z\u00FCrich'), 'text/xml; charset="ISO-8859-1"', 'Zürich'],
  ['the content type before the declaration', declaring('koi8-r', 0xcf, 0xe4), "text/xml;charset='windows-1251'", 'Пд'],
  [
    'the declaration where the content type is plainly wrong',
    declaring('koi8-r', 0xcf),
    'text/xml; charset=utf-8',
    'о',
  ],
  ['the declaration where nobody knows the content type', declaring('koi8-r', 0xcf), 'text/xml; charset=klingon', 'о'],
  ['windows-1252 without any label', latin1('Z\u00FCrich'), null, 'Zürich'],
  ['UTF-16 with a mark', utf16('\uFEFF<rss>é', false), null, '<rss>é'],
  ['UTF-16 big endian with a mark', utf16('\uFEFF<rss>é', true), 'text/xml; charset=utf-8', '<rss>é'],
  ['UTF-16 without a mark', utf16('<rss>é', false), null, '<rss>é'],
  ['UTF-16 big endian without a mark, blanks first', utf16('\n <rss>é', true), null, '\n <rss>é'],
  ['UTF-16 of one letter', utf16('\uFEFFa', false), null, 'a'],
  ['UTF-32 with a mark', utf32('\uFEFF<rss>é😀', false), null, '<rss>é😀'],
  ['UTF-32 big endian with a mark', utf32('\uFEFF<rss>é😀', true), null, '<rss>é😀'],
  ['UTF-32 without a mark', utf32('<rss>😀', false), 'text/xml', '<rss>😀'],
  ['UTF-32 with what is no letter', wide([0x3c, 0x110000, 0xd800, 0x61], 4, true), null, '<\uFFFD\uFFFDa'],
  ['a declaration of UTF-16 that is none', declaring('utf-16', 0xfc), null, 'ü'],
  ['nothing', new Uint8Array(), null, ''],
  ['a single byte', Uint8Array.from([0x61]), null, 'a'],
])('%s', (_, bytes, contentType, text) => {
  expect(decodeBody(bytes, contentType).replace(/^<\?xml.*?\?>/, '')).toBe(text);
});

test.each([
  ['gb2312', [0xd6, 0xd0, 0xb9, 0xfa], '中国'],
  ['GB18030', [0xd6, 0xd0, 0x81, 0x30, 0x81, 0x32], '中\u0082'],
  ['Shift_JIS', [0x93, 0xfa, 0x96, 0x7b], '日本'],
  ['EUC-JP', [0xc6, 0xfc, 0xcb, 0xdc], '日本'],
  ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42], '日本'],
  ['EUC-KR', [0xc7, 0xd1, 0xb1, 0xb9], '한국'],
  ['Big5', [0xa4, 0xa4, 0xb0, 0xea], '中國'],
  ['KOI8-R', [0xed, 0xc9, 0xd2], 'Мир'],
  ['windows-1251', [0xcc, 0xe8, 0xf0], 'Мир'],
  ['windows-1250', [0xb9, 0xe6], 'ąć'],
  ['iso-8859-2', [0xb1, 0xe6], 'ąć'],
  ['windows-1253', [0xe1, 0xe2], 'αβ'],
])('%s', (label, bytes, text) => {
  expect(decodeBody(declaring(label, ...bytes), null)).toMatch(new RegExp(`>${text}$`));
  expect(decodeBody(Uint8Array.from(bytes), `application/rss+xml; charset=${label}`)).toBe(text);
});

test.each([
  ['UTF8', 'utf-8'],
  ['utf8mb4', 'utf-8'],
  ['latin-1', 'windows-1252'],
  ['ISO8859_15', 'iso-8859-15'],
  ['iso-8859-1-windows', 'windows-1252'],
  ['ANSI', 'windows-1252'],
  ['win-1251', 'windows-1251'],
  ['CP-1250', 'windows-1250'],
  ['ansi_1252', 'windows-1252'],
  ['shift-jis', 'shift_jis'],
  ['CP932', 'shift_jis'],
  ['EUC_KR', 'euc-kr'],
  ['cp949', 'euc-kr'],
  ['GB-2312', 'gbk'],
  ['koi8r', 'koi8-r'],
  ['unicode', 'utf-16le'],
])('%s is %s', (label, encoding) => {
  expect(decoderFor(label)?.encoding).toBe(encoding);
});

test('nobody knows Klingon', () => {
  expect(decoderFor('klingon')).toBeUndefined();
  expect(decoderFor('x-user-defined')).toBeUndefined();
});

describe('bytes that were UTF-8 once', () => {
  test('are UTF-8 still where one letter of many is spoilt, and where they end in the middle of one', () => {
    const spoilt = Uint8Array.from([...utf8('Zürich, Köln, Genève: é'), 0xfc, 0x20]);
    expect(decodeBody(spoilt, 'text/xml; charset=iso-8859-1')).toBe('Zürich, Köln, Genève: é\uFFFD ');
    expect(decodeBody(utf8('Zürich 日').subarray(0, -1), null)).toBe('Zürich \uFFFD');
  });

  test('are those of their label where they never were', () => {
    const korean = Uint8Array.from([0xc7, 0xd1, 0xb1, 0xb9, 0xbe, 0xee, 0x20, 0xc2, 0xa5]);
    expect(decodeBody(korean, 'text/xml; charset=euc-kr')).toMatch(/^한국어 /);
  });
});

test('a feed in UTF-16 is a feed', () => {
  expect(given(utf16(`\uFEFF${rss(item('Zürich'))}`, true)).titles).toEqual(['Zürich']);
});

test('no bytes make decoding throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.string({ maxLength: 20 }), (bytes, label) => {
      expect(typeof decodeBody(bytes, `text/xml; charset=${label}`)).toBe('string');
    }),
    { seed: 3 },
  );
});
