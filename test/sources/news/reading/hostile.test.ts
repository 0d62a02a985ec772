/**
 * Bodies made to hurt, each as large as a body may be: one way of reading them in more than the time they are long
 * would take longer than a test may. What they give is of less interest than that they give it.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { given, item, rss } from './feeds.ts';

const SIZE = 4 * 1024 * 1024 - 1000;

/** The piece over and over, up to the size of a body or a part of it. */
function filled(piece: string, share = 1): string {
  return piece.repeat(Math.floor((SIZE * share) / piece.length));
}

function many(write: (index: number) => string): string {
  let text = '';
  for (let index = 0; text.length < SIZE - 100; index += 1) text += write(index);
  return text;
}

const ONE = item('a');
const rdf = (content: string): string =>
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">${content}</rdf:RDF>`;

describe('gives its one item', () => {
  test.each([
    ['comments', () => rss(filled('<!---->'), ONE)],
    ['comments left open', () => rss(ONE, filled('<!-- '))],
    ['one long comment', () => rss(`<!--${filled('- ')}-->`, ONE)],
    ['instructions', () => rss(filled('<?a?>'), ONE)],
    ['instructions left open', () => rss(ONE, filled('<?a>'))],
    ['instructions left open before one that is not', () => rss(ONE, filled('<?a>'), '<?b?>')],
    ['document types', () => rss(ONE, filled('<!doctype [>'))],
    ['sections', () => rss(item('a', `<guid>${filled('<![CDATA[x]]>')}</guid>`))],
    ['sections left open', () => rss(item('a', `<guid>${filled('<![CDATA[')}</guid>`))],
    ['sections that end at the very end', () => rss(ONE, `${filled('</item><![CDATA[')}]]>`)],
    ['ampersands', () => rss(item('a', `<guid>${filled('&')}</guid>`))],
    ['references', () => rss(item('a', `<guid>${filled('&amp;')}</guid>`))],
    ['a million attributes', () => rss(`<item ${filled('a="1" ')}>`, ONE.slice(6))],
    ['attributes of different names', () => rss(`<item ${many((index) => `a${index}="" `)}>`, ONE.slice(6))],
    ['attributes without values', () => rss(`<item ${filled('a ')}>`, ONE.slice(6))],
    ['one long attribute', () => rss(`<item ${filled('a')}>`, ONE.slice(6))],
    ['blanks in a tag', () => rss(`<item${filled(' ')}>`, ONE.slice(6))],
    ['quotes left open', () => rss(ONE, filled('<a b="'))],
    ['quotes of two kinds', () => rss(ONE, filled(`<a b="><a b='>`))],
    ['namespaces', () => rss(`<item ${many((index) => `xmlns:a${index}="b${index}" `)}>`, ONE.slice(6))],
    [
      'a namespace that changes',
      () =>
        rss(
          ONE,
          many((index) => `<a xmlns:dc="b${index}"/>`),
        ),
    ],
    [
      'elements of different names',
      () =>
        rss(
          item(
            'a',
            many((index) => `<a${index}/>`),
          ),
        ),
    ],
    ['the same field', () => rss(item('a', filled('<title>x</title>')))],
    ['links', () => rss(item('a', filled('<atom:link href="https://b.example/" rel="self"/>')))],
    ['authors', () => rss(item('a', `<author>${filled('<name')}</author>`))],
    ['a nest', () => rss(item('a', filled('<b>')))],
    ['a nest that is closed', () => rss(item('a', `${filled('<b>', 0.4)}${filled('</b>', 0.5)}`))],
    ['a nest of fields', () => rss(item('a', filled('<guid>')))],
    ['ends', () => rss(ONE, filled('</a>'))],
    ['"<"', () => rss(ONE, filled('<'))],
    ['">"', () => rss(ONE, filled('>'))],
    ['lengths', () => rss(item('a', filled('<length>4294967295</length>')))],
    [
      'a table of contents that names one item over and over',
      () =>
        rdf(
          `<channel><items>${filled('<rdf:li resource="a"/>', 0.9)}</items></channel>${item('a').replace('>', ' rdf:about="a">')}`,
        ),
    ],
    [
      'XHTML with a prefix that is half of it',
      () =>
        `<feed>${item('a', `<content type="xhtml"><${filled('p', 0.3)}:div>${filled('<p>', 0.3)}</content>`).replaceAll('item>', 'entry>')}</feed>`,
    ],
  ])('among %s', (_, body) => {
    const { titles } = given(body());
    expect(titles).toEqual(['a']);
  });
});

describe('is refused', () => {
  test.each([
    ['tags', () => filled('<a>'), 'not RSS, Atom, RDF or JSON Feed'],
    ['tags left open', () => filled('<a '), 'not RSS, Atom, RDF or JSON Feed'],
    ['roots left open', () => filled('<rss '), 'not RSS, Atom, RDF or JSON Feed'],
    ['versions', () => `<rss ${filled('version=')}`, 'not RSS, Atom, RDF or JSON Feed'],
    ['document types left open', () => filled('<!doctype '), 'not RSS, Atom, RDF or JSON Feed'],
    ['pages', () => filled('<html '), 'an HTML page, not a feed'],
    ['items left open', () => rss(filled('<item')), /^broken XML/],
    ['words', () => filled('word '), 'neither XML nor JSON'],
    ['blanks', () => filled(' '), 'empty body'],
    ['a nest of JSON left open', () => `{"title":"G","items":${filled('[')}`, 'broken JSON'],
  ])('a body of %s', (_, body, reason) => {
    expect(given(body()).reason).toMatch(reason);
  });

  const laughs = 'bcdefgh'
    .split('')
    .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefg'[index]};`.repeat(10)}">`)
    .join('');

  test.each([
    ['a billion laughs', `<!DOCTYPE rss [<!ENTITY a "haha">${laughs}]>${rss(item('&h;'))}`],
    ['an entity of the file system', `<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss(item('&x;'))}`],
    [
      'an entity of the network',
      `<?xml version="1.0"?><!doctype rss [<!entity x PUBLIC "" "https://evil.example/">]>${rss(item('&x;'))}`,
    ],
    ['many entities', `<!DOCTYPE rss [${many((index) => `<!ENTITY a${index} "x">`)}]>${rss(ONE)}`],
  ])('%s', (_, body) => {
    expect(given(body).reason).toBe('declares XML entities (<!ENTITY>), refused');
  });
});

test('entities of HTML, and sets of them that are named, are declared for nothing and do no harm', () => {
  const set = '<!ENTITY % HTMLlat1 PUBLIC "-//W3C//ENTITIES Latin 1 for XHTML//EN" "xhtml-lat1.ent"> %HTMLlat1;';
  const body = `<!DOCTYPE rss [ ${set} <!ENTITY nbsp "evil">\n]\n>${rss(item('a', '<guid>x&nbsp;y</guid>'))}`;
  expect(given(body).items).toMatchObject([{ title: 'a', guid: 'x\u00a0y' }]);
});

test('an item that writes about an entity declaration is an item', () => {
  const about = '<description><![CDATA[Write <!ENTITY x "y"> in a <!DOCTYPE>]]></description>';
  expect(given(rss(item('a', about)))).toMatchObject({ titles: ['a'], forgiven: null });
});

test('elements deeper than any feed has them are read forgivingly', () => {
  const deep = (levels: number) => given(rss(item('a', `${'<b>'.repeat(levels)}${'</b>'.repeat(levels)}`)));
  expect(deep(400)).toMatchObject({ titles: ['a'], forgiven: null });
  expect(deep(600)).toMatchObject({ titles: ['a'], forgiven: 'line 1: elements more than 500 deep' });
});

test('of one item no more is read than any item has', () => {
  const [read] = given(
    rss(item('a', `<guid>${'x'.repeat(200_000)}</guid>${'<pubDate>x</pubDate>'.repeat(1000)}`)),
  ).items;
  expect(read?.guid).toHaveLength(100_000);
  expect(read?.dates.length).toBeLessThan(200);
  const [tagged] = given(rss(item('b', '<category>x</category>'.repeat(100)))).items;
  expect(tagged?.categories).toHaveLength(20);
});

test('of more items than any feed has, ten thousand are read and the others counted', () => {
  const read = (body: string) => {
    const { items, left } = given(body);
    return { items: items.length, left };
  };
  expect(read(rss('<item><title>x</title></item>'.repeat(10_002)))).toEqual({ items: 10_000, left: 2 });
  expect(read(rss('<item><title>x'.repeat(10_002)))).toEqual({ items: 10_000, left: 2 });
  expect(read('<rss><channel><item><title>x'.concat('<item><title>x'.repeat(10_001)))).toEqual({
    items: 10_000,
    left: 1,
  });
  expect(read(`{"title":"G","items":[${'{},'.repeat(10_001)}{}]}`)).toEqual({ items: 10_000, left: 2 });
  expect(given(rss(filled('<item><title>x'))).items).toHaveLength(10_000);
});

test('names of what every object has are names like any other', () => {
  const odd = '<__proto__><title>x</title></__proto__><constructor>y</constructor><toString/>';
  expect(given(rss(item('a', odd)))).toMatchObject({ titles: ['a'], forgiven: null });
  expect({}).not.toHaveProperty('title');
});

test('no body makes reading throw', () => {
  const pieces = fc.constantFrom(
    ...['<rss version="2.0">', '<channel>', '<item>', '<title>', '</title>', '</item>', '<feed>', '<entry>', '</rss>'],
    ...['<![CDATA[', ']]>', '<!--', '-->', '<?', '?>', '<!DOCTYPE rss [', ']>', '<', '>', '</', '"', "'", '&', ';'],
    ...[
      '{"title":"G","items":[',
      '<link href="',
      '"/>',
      '/>',
      '<content type="xhtml">',
      '<source>',
      'x',
      '\u0000',
      ' ',
    ],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), fc.uint8Array({ maxLength: 20 }), (parts, tail) => {
      const head = new TextEncoder().encode(parts.join(''));
      const { items, reason } = given(Uint8Array.from([...head, ...tail]));
      expect(items.length === 0 || reason === null).toBe(true);
    }),
    { seed: 7, numRuns: 3000 },
  );
});
