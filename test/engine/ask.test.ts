import { describe, expect, it } from 'vitest';
import { catalogue } from '../../src/core/metric.ts';
import type { Source } from '../../src/core/ports.ts';
import { type Fetch, pollOnce } from '../../src/engine/ask.ts';
import { sane } from '../../src/sources/sane.ts';
import { fakeSource, setClock } from '../fakes.ts';
import { T0 } from '../world.ts';

const CATALOGUE = catalogue([{ id: 'gpu_utilization', unit: 'ratio', meaning: 'leased', range: [0, 1] }], ['h100']);

describe('an answer in pages', () => {
  const first = 'https://example.com/list';
  const reply = (url: string) => ({ bytes: new TextEncoder().encode(url), contentType: null, modified: null });
  const textOf = ({ bytes }: { readonly bytes: Uint8Array }) => new TextDecoder().decode(bytes);

  /** Follows `next` by the address asked; what the source was given of it, or why it failed. */
  async function pages(next: (url: string) => string | null, failing?: string) {
    const asked: string[] = [];
    const given: string[][] = [];
    const paged: Source = {
      ...fakeSource('mine', {}),
      requests: () => [{ url: first }],
      next: (_, { url }) => {
        const following = next(url);
        return following === null ? null : { url: following };
      },
      parse: (answer) => {
        given.push([answer, ...(answer.further ?? [])].map(textOf));
        return { samples: [], articles: [], dropped: [] };
      },
    };
    const http: Fetch = {
      fetch: async ({ url }) => {
        asked.push(url);
        return url === failing
          ? { kind: 'failed', why: 'answered 500', retryAfter: null }
          : { kind: 'ok', reply: reply(url), unchanged: false };
      },
    };
    const [polled] = await pollOnce(paged, http, sane, CATALOGUE, setClock(T0));
    return { asked, given, failed: polled?.failed };
  }

  it('is given whole, in order', async () => {
    const { given, failed } = await pages((url) => (url === first ? `${first}?2` : null));
    expect(given).toEqual([[first, `${first}?2`]]);
    expect(failed).toBeNull();
  });

  it('is not given at all where a page is missing: part of a list would pass for the whole', async () => {
    const { given, failed } = await pages((url) => (url === first ? `${first}?2` : null), `${first}?2`);
    expect(given).toEqual([]);
    expect(failed).toBe('answered 500');
  });

  it.each([
    ['another host', () => 'https://elsewhere.example/list', /^page 2 is said to be at another host$/],
    ['another scheme', () => 'http://example.com/list?2', /^page 2 is said to be at another host$/],
    ['a page again', () => first, /^page 2 is said to be one that came before$/],
    ['ever another page', (url: string) => `${url}0`, /^has more than 50 pages$/],
  ])('that names %s is refused', async (_, next, why) => {
    const { asked, given, failed } = await pages(next);
    expect(given).toEqual([]);
    expect(failed).toMatch(why);
    expect(asked.every((url) => url.startsWith('https://example.com/'))).toBe(true);
  });
});
