import { describe, expect, test } from 'vitest';
import type { Hop } from '../../../src/engine/http/exchange.ts';
import { redirect } from '../../../src/engine/http/redirect.ts';

function hop(url: string, body: string | null = null): Hop {
  return { url: new URL(url), headers: { 'x-key': 'secret' }, body, private: true };
}

function next(from: Hop, status: number, location: string) {
  const result = redirect(from, status, location);
  return result.ok ? { ...result.hop, url: result.hop.url.href } : result.why;
}

/** What is left of a request that left its origin. */
const BARE = { headers: {}, body: null, private: false };

describe('redirect', () => {
  test('within the origin everything goes along', () => {
    expect(next(hop('https://a.example/x/y'), 302, '../z?q=1')).toEqual({
      url: 'https://a.example/z?q=1',
      headers: { 'x-key': 'secret' },
      body: null,
      private: true,
    });
  });

  test.each(['https://b.example/', 'https://a.example:8443/', '//b.example/'])(
    'to %s the headers and the permission stay behind',
    (location) => {
      expect(next(hop('https://a.example/'), 302, location)).toEqual({ ...BARE, url: expect.any(String) });
    },
  );

  test('from http to https is another origin, too', () => {
    expect(next(hop('http://a.example/'), 301, 'https://a.example/')).toEqual({ ...BARE, url: expect.any(String) });
  });

  test('from https to http is refused', () => {
    expect(next(hop('https://a.example/'), 301, 'http://a.example/')).toBe('redirects from https to http');
  });

  test('back at the origin, what was dropped stays dropped', () => {
    const away = redirect(hop('https://a.example/'), 302, 'https://b.example/');
    if (!away.ok) throw new Error(away.why);
    expect(next(away.hop, 302, 'https://a.example/')).toEqual({ ...BARE, url: expect.any(String) });
  });

  test.each([301, 302, 303])('%i drops a body', (status) => {
    expect(next(hop('https://a.example/', '{}'), status, '/b')).toMatchObject({ body: null });
  });

  test.each([307, 308])('%i keeps a body within the origin and refuses it elsewhere', (status) => {
    expect(next(hop('https://a.example/', '{}'), status, '/b')).toMatchObject({ body: '{}' });
    expect(next(hop('https://a.example/', '{}'), status, 'https://b.example/')).toMatch(/with a body to another host/);
  });
});
