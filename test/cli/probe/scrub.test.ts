import { describe, expect, it } from 'vitest';
import { scrubber, secretsIn } from '../../../src/cli/probe/scrub.ts';

const KEY = 'sk_live/9f+8e7=d6 c5b4a3';
const scrub = scrubber([KEY, 'p"w']);

describe('a known secret', () => {
  it.each([
    ['as it is', KEY],
    ['in a URL', encodeURIComponent(KEY)],
    ['in a URL, written otherwise', encodeURIComponent(KEY).toLowerCase()],
    ['in a form', encodeURIComponent(KEY).replaceAll('%20', '+')],
    ['in JSON with its slashes escaped', KEY.replaceAll('/', '\\/')],
    ['in base64', Buffer.from(KEY).toString('base64')],
    ['in base64 for URLs', Buffer.from(KEY).toString('base64url')],
    ['behind a user name in base64', Buffer.from(`:${KEY}`).toString('base64')],
    ['behind a longer one', Buffer.from(`me:${KEY}`).toString('base64')],
    ['between others', Buffer.from(`abc:${KEY}:def`).toString('base64')],
  ])('%s leaves nothing of it in a text or a body', (_, form) => {
    for (const clean of [scrub.text(`a ${form} b`), Buffer.from(scrub.body(Buffer.from(`a ${form} b`))).toString()]) {
      expect(clean).toContain('[removed]');
      expect(clean).toMatch(/^a .* b$/);
      for (const part of ['sk_live', '9f+8e7', '9f%2b8e7', Buffer.from(KEY).toString('base64').slice(4, 20)])
        expect(clean.toLowerCase()).not.toContain(part.toLowerCase());
    }
  });

  it('of a Telegram token goes by its second half alone, too', () => {
    const token = '123456789:AAF-0123456789abcdefghijkl';
    expect(scrubber([token]).text(`bot${token} ${token.split(':')[1]}`)).toBe('bot[removed] [removed]');
  });

  it('too short to be one is left alone', () => {
    expect(scrub.text('p"w')).toBe('p"w');
  });

  it('leaves every other byte as it was', () => {
    const bytes = Buffer.from([0, 255, 254, 128, 195, 40, ...Buffer.from(KEY), 10, 0]);
    expect([...scrub.body(bytes)]).toEqual([0, 255, 254, 128, 195, 40, ...Buffer.from('[removed]'), 10, 0]);
    expect([...scrub.body(bytes.subarray(0, 6))]).toEqual([0, 255, 254, 128, 195, 40]);
  });
});

describe('a secret nobody knows', () => {
  it('goes out of addresses by the name of its parameter', () => {
    const url = 'https://a.example/v1?api_key=a&X-Token=b&client_secret=c&sig=d&x=1&vs=usd#e';
    expect(scrubber([]).url(url)).toBe(
      'https://a.example/v1?api_key=[removed]&X-Token=[removed]&client_secret=[removed]&sig=[removed]&x=1&vs=usd#e',
    );
  });

  it('is found in parameters and headers, so that it goes out of bodies as well', () => {
    const headers = { authorization: 'Bearer abcdefgh12', 'X-API-Key': 'ijklmnop34', accept: 'application/json' };
    expect(secretsIn('https://a.example/?apikey=qrstuvwx56&token=short&page_token_count=123456789', headers)).toEqual([
      'qrstuvwx56',
      'abcdefgh12',
      'ijklmnop34',
    ]);
    expect(secretsIn('no url')).toEqual([]);
  });
});
