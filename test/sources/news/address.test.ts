/** Addresses that mean the same page, and addresses that only look the same. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalUrl, plainHost } from '../../../src/sources/news/address.ts';

const PAGE = 'https://a.example/news/7';

describe('one page', () => {
  test.each([
    ['no scheme of its own', 'http://a.example/news/7'],
    ['the default port', 'http://a.example:80/news/7'],
    ['the other default port', 'https://a.example:443/news/7'],
    ['upper case in the host', 'https://A.Example/news/7'],
    ['www', 'https://www.a.example/news/7'],
    ['a slash at the end', 'https://a.example/news/7/'],
    ['slashes in a row', 'https://a.example//news///7'],
    ['its index', 'https://a.example/news/7/index.html'],
    ['another index', 'https://a.example/news/7/default.aspx'],
    ['a fragment', 'https://a.example/news/7#comments'],
    ['an octet that needs no escape', 'https://a.example/n%65ws/7'],
    ['a mobile host', 'https://m.a.example/news/7'],
    ['another mobile host', 'https://mobile.a.example/news/7'],
    ['an AMP host', 'https://amp.a.example/news/7'],
    ['AMP at the end', 'https://a.example/news/7/amp'],
    ['AMP at the end, with a slash', 'https://a.example/news/7/amp/'],
    ['AMP at the start', 'https://a.example/amp/news/7'],
    ['AMP as a parameter', 'https://a.example/news/7?amp=1'],
    ['AMP as a bare parameter', 'https://a.example/news/7?amp'],
    ['AMP as an output', 'https://a.example/news/7?outputType=amp'],
    ['an AMP cache', 'https://a-example.cdn.ampproject.org/c/s/a.example/news/7'],
    ['an AMP cache of the AMP page', 'https://www-a-example.cdn.ampproject.org/v/s/www.a.example/news/7/amp/?usqp=x'],
    ['an AMP cache of http', 'https://a-example.cdn.ampproject.org/c/a.example/news/7'],
    ["Google's AMP viewer", 'https://www.google.com/amp/s/amp.a.example/news/7'],
    ["Google's redirect", `https://www.google.com/url?rct=j&sa=t&url=${encodeURIComponent(PAGE)}&ct=ga`],
    ["another country's redirect", `https://google.co.uk/url?q=${encodeURIComponent(PAGE)}`],
    ["Facebook's redirect", `https://l.facebook.com/l.php?u=${encodeURIComponent(`${PAGE}?fbclid=1`)}&h=x`],
    [
      'a redirect in a redirect',
      `https://www.google.com/url?q=${encodeURIComponent(`https://out.reddit.com/t3?url=${encodeURIComponent(PAGE)}`)}`,
    ],
  ])('with %s', (_, link) => {
    expect(canonicalUrl(link)).toBe(PAGE);
  });

  test.each(
    `utm_source utm_campaign fbclid gclid gbraid msclkid mc_cid mc_eid igshid ref_src cmpid CMP cmp smid guccounter
     guce_referrer ncid sr_share spm _hsenc _hsmi mkt_tok yclid ocid soc_src soc_trk at_medium at_campaign xtor twclid`.split(
      /\s+/,
    ),
  )('with the tracking parameter %s', (name) => {
    expect(canonicalUrl(`${PAGE}?${name}=x`)).toBe(PAGE);
    expect(canonicalUrl(`${PAGE}?p=1&${name}=x&q=2`)).toBe(`${PAGE}?p=1&q=2`);
  });

  test.each([
    ['source=rss-5f1c------2', 'source=5f1c'],
    ['mod=rss_markets_main', 'mod=markets'],
    ['via=newsletter', 'via=lisbon'],
    ['ref=rss', 'ref=release-1'],
    ['ref=thedefiant.io', 'ref=123'],
    ['at_campaign=x', 'at_id=1'],
    ['mc_cid=1', 'mc_page=1'],
    ['outputType=amp', 'outputType=pdf'],
    ['amp=1', 'amp=20'],
  ])('with %s, but not with %s', (way, content) => {
    expect(canonicalUrl(`${PAGE}?${way}`)).toBe(PAGE);
    expect(canonicalUrl(`${PAGE}?${content}`)).toBe(`${PAGE}?${content}`);
  });

  test('with its parameters in another order', () => {
    expect(canonicalUrl('https://a.example/?b=2&a=1')).toBe(canonicalUrl('https://a.example/?a=1&b=2'));
    expect(canonicalUrl('https://a.example/?a')).toBe(canonicalUrl('https://a.example/?a='));
    expect(canonicalUrl('https://a.example/?q=a%20b')).toBe(canonicalUrl('https://a.example/?q=a+b'));
  });

  test('of Google News, in any language', () => {
    const link = 'https://news.google.com/rss/articles/CBMiAbc';
    expect(canonicalUrl(`${link}?oc=5&hl=en-US&gl=US&ceid=US:en`)).toBe(link);
    expect(canonicalUrl(`${PAGE}?oc=5`)).toBe(`${PAGE}?oc=5`);
  });
});

describe('another page', () => {
  test.each([
    'https://a.example/?id=7',
    'https://a.example/?p=7',
    'https://a.example/?q=7',
    'https://a.example/watch?v=7',
    'https://a.example/?article=7',
    'https://a.example/News/7',
    'https://a.example:8443/news/7',
    'https://news.ycombinator.com/item?id=7',
    'https://blog.a.example/news/7',
    'https://a.example/champ',
    'https://a.example/a%2Fb',
    'https://amp.dev/about',
    'https://google.com/search?q=https%3A%2F%2Fb.example',
  ])('%s stays as it is', (link) => {
    expect(canonicalUrl(link)).toBe(link);
  });

  test('what a redirecting page leads to is an address of the web, or the page itself is meant', () => {
    const link = 'https://google.com/url?q=javascript%3Aalert(1)';
    expect(canonicalUrl(link)).toContain('google.com/url');
    expect(canonicalUrl('https://www.google.com/amp/about')).toBe('https://google.com/about');
  });
});

test('what is no address comes back, and nothing throws or changes a second time', () => {
  expect(canonicalUrl('javascript:alert(1)')).toBe('javascript:alert(1)');
  expect(canonicalUrl('x')).toBe('x');
  const piece = fc.constantFrom('/', 'amp', '/amp/', '%', '%41', '%zz', '?', '&', '=', 'q', '#', '..', 'é', '+', 'url');
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.array(piece), (url, pieces) => {
      const once = canonicalUrl(url + pieces.join(''));
      expect(canonicalUrl(once)).toBe(once);
    }),
    { seed: 11, numRuns: 2000 },
  );
});

test('a host is the same for every device', () => {
  expect(
    ['www.a.example', 'M.a.example.', 'amp.www.a.example', 'm.co', 'www.example', 'm.co.uk', 'm.a.co.uk'].map(
      plainHost,
    ),
  ).toEqual(['a.example', 'a.example', 'a.example', 'm.co', 'www.example', 'm.co.uk', 'a.co.uk']);
});
