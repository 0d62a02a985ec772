/** GDELT DOC 2.0: pages of the last three days, in the world's news, that match; titles and dates only. */
import { z } from 'zod';
import { readPiece } from '../../figures.ts';
import { readJson } from '../../json.ts';
import type { Found } from '../articles.ts';
import { httpLink } from '../identity.ts';
import type { Outlets } from '../outlets.ts';
import { clip, plain } from '../reading/text.ts';
import { hitsOf } from './hits.ts';
import { nothing, type Service } from './service.ts';

/** Without a match it answers `{}`. */
const Body = z.object({ articles: z.array(z.unknown()).optional() });
const Hit = z.object({ url: z.string(), title: z.string(), seendate: z.string() });
type Hit = z.infer<typeof Hit>;

const SEEN = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

export const gdelt: Service = {
  title: 'GDELT',
  homepage: 'https://www.gdeltproject.org',
  url: (query) =>
    `https://api.gdeltproject.org/api/v2/doc/doc?${new URLSearchParams({
      query,
      mode: 'ArtList',
      format: 'json',
      sort: 'DateDesc',
      timespan: '3d',
      maxrecords: '100',
    })}`,
  read(reply, id, outlets) {
    const json = readJson({ ...reply, bytes: mended(reply.bytes) });
    // A query that it does not take, and being asked too often, it answers with 200 and a sentence.
    if (!json.ok) return nothing(id, json.reason === NO_JSON ? `it answered: ${said(reply.bytes)}` : json.reason);
    const body = readPiece(Body, json.value);
    return body.ok ? hitsOf(body.value.articles ?? [], Hit, (hit) => foundIn(hit, outlets)) : nothing(id, body.reason);
  },
};

const NO_JSON = 'the body is not JSON';

/** Backslashes and control characters in titles come as they are, which JSON forbids: one title would cost all. */
function mended(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder()
    .decode(bytes)
    .replace(/\\(["\\/bfnrtu])|\\/g, (whole, letter) => (letter === undefined ? '\\\\' : whole))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    .replace(/[\u0000-\u001f]/g, ' ');
  return new TextEncoder().encode(text);
}

function said(bytes: Uint8Array): string {
  return clip(plain(new TextDecoder().decode(bytes.subarray(0, 1000)), 160), 160);
}

function foundIn({ url, title, seendate }: Hit, outlets: Outlets): Found | string {
  const link = httpLink(url, undefined);
  if (link === null) return 'its link is no http(s) address';
  const dates = [seendate.replace(SEEN, '$1-$2-$3T$4:$5:$6Z')];
  return { title: joined(title), summary: undefined, link, guid: undefined, dates, voice: outlets.of(link) };
}

/** Its titles come in pieces: `Nvidia ' s H100 , explained`. */
function joined(title: string): string {
  return title
    .replace(/ (['’]) (?=(?:s|t|re|ve|ll|d|m)\b)/gi, '$1')
    .replace(/ +(?=[,.:;!?%)](?:\s|$))/g, '')
    .replace(/([($]) +/g, '$1');
}
