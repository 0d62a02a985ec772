/** Hacker News by Algolia: stories submitted lately that match, each told by the outlet it links to. */
import { z } from 'zod';
import { type Instant, parseInstant } from '../../../core/time.ts';
import { readBody } from '../../json.ts';
import type { Found } from '../articles.ts';
import { httpLink } from '../identity.ts';
import type { Outlets, Voice } from '../outlets.ts';
import { hitsOf } from './hits.ts';
import { nothing, type Service } from './service.ts';

const Body = z.object({ hits: z.array(z.unknown()) });
const Hit = z.object({
  objectID: z.string().regex(/^\d{1,12}$/),
  title: z.string(),
  url: z.string().nullish(),
  story_text: z.string().nullish(),
  created_at: z.string(),
});
type Hit = z.infer<typeof Hit>;

/** A text written there, by one of its users. */
const POST: Voice = { outlet: 'Hacker News', owner: 'Hacker News', trust: 'social' };
/** Titles of older pages end with their year, by the rules of the house. */
const YEAR = /[([]((?:19|20)\d{2})[)\]]\s*$/;

export const hackerNews: Service = {
  title: 'Hacker News',
  homepage: 'https://news.ycombinator.com',
  url: (query) =>
    `https://hn.algolia.com/api/v1/search_by_date?${new URLSearchParams({ query, tags: 'story', hitsPerPage: '100' })}`,
  read(reply, id, outlets) {
    const body = readBody(reply, Body);
    return body.ok ? hitsOf(body.value.hits, Hit, (hit) => foundIn(hit, outlets)) : nothing(id, body.reason);
  },
};

function foundIn(hit: Hit, outlets: Outlets): Found | string {
  const year = YEAR.exec(hit.title)?.[1];
  const submitted = parseInstant(hit.created_at);
  if (year !== undefined && submitted !== undefined && Number(year) < yearOf(submitted))
    return `is of ${year} by its title`;
  const item = { title: hit.title, guid: hit.objectID, dates: [hit.created_at] };
  const given = hit.url ?? '';
  if (given === '') {
    const link = `https://news.ycombinator.com/item?id=${hit.objectID}`;
    return { ...item, summary: hit.story_text ?? undefined, link, voice: POST };
  }
  const link = httpLink(given, undefined);
  return link === null
    ? 'its link is no http(s) address'
    : { ...item, summary: undefined, link, voice: outlets.of(link) };
}

function yearOf(instant: Instant): number {
  return new Date(instant).getUTCFullYear();
}
