/** Bodies in many charsets, and labels that lie. */
import { expect, test } from 'vitest';
import { decodeBody } from '../../../src/sources/news/charset.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function utf16(text: string, bigEndian: boolean, mark: boolean): Uint8Array {
  const units = Uint8Array.from({ length: text.length * 2 }, (_, index) => {
    const unit = text.charCodeAt(index >> 1);
    return (index % 2 === 0) === bigEndian ? unit >> 8 : unit & 255;
  });
  const bom = bigEndian ? [0xfe, 0xff] : [0xff, 0xfe];
  return Uint8Array.from([...(mark ? bom : []), ...units]);
}

test.each([
  ['UTF-8 by default', utf8('Zürich'), null, 'Zürich'],
  ['a UTF-8 mark against a wrong label', utf8('\uFEFFZürich'), 'text/xml; charset=iso-8859-1', 'Zürich'],
  ['the content type', latin1('Z\u00FCrich'), 'text/xml; charset="ISO-8859-1"', 'Zürich'],
  [
    'the content type before the declaration',
    utf8('<?xml version="1.0" encoding="iso-8859-1"?>ü'),
    'application/rss+xml;charset=UTF-8',
    '<?xml version="1.0" encoding="iso-8859-1"?>ü',
  ],
  [
    'the declaration',
    latin1('<?xml version="1.0" encoding="windows-1252"?>Z\u00FCrich'),
    'text/xml',
    '<?xml version="1.0" encoding="windows-1252"?>Zürich',
  ],
  [
    'GB2312',
    Uint8Array.from([...utf8('<?xml version="1.0" encoding="gb2312"?>'), 0xd6, 0xd0]),
    null,
    '<?xml version="1.0" encoding="gb2312"?>中',
  ],
  ['UTF-16 with a mark', utf16('<rss>é', false, true), null, '<rss>é'],
  ['UTF-16 big endian with a mark', utf16('<rss>é', true, true), 'text/xml; charset=utf-8', '<rss>é'],
  ['UTF-16 without a mark', utf16('<rss>é', false, false), null, '<rss>é'],
  [
    'a declaration of UTF-16 that is none',
    utf8('<?xml version="1.0" encoding="utf-16"?>é'),
    null,
    '<?xml version="1.0" encoding="utf-16"?>é',
  ],
  ['a label nobody knows', utf8('é'), 'text/xml; charset=klingon', 'é'],
  ['bytes that are no UTF-8', latin1('Z\u00FCrich'), null, 'Z\uFFFDrich'],
  ['nothing', new Uint8Array(), null, ''],
])('%s', (_, bytes, contentType, text) => {
  expect(decodeBody(bytes, contentType)).toBe(text);
});
