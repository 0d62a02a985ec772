/** One line of articles to classify, with its labels where it has any. */
import { z } from 'zod';
import { NEWS_STATUSES, NEWS_TYPES } from '../../core/news.ts';
import { type Instant, parseInstant } from '../../core/time.ts';
import { plain } from '../../sources/news/reading/text.ts';
import type { Label } from './score.ts';

/** As feeds are read: what is longer is never looked at. */
const TITLE = 300;
const SUMMARY = 2000;

const Line = z.looseObject({
  id: z.string().min(1).max(200),
  title: z.string(),
  summary: z.string().nullish(),
  url: z.string().nullish(),
  publisher: z.string().nullish(),
  published: z.string().nullish(),
  events: z
    .array(z.looseObject({ type: z.enum(NEWS_TYPES), network: z.string().nullable(), status: z.enum(NEWS_STATUSES) }))
    .optional(),
  story: z.string().nullish(),
  doubtful: z.boolean().optional(),
});

export type Item = {
  readonly id: string;
  /** Plain texts, clipped as those of feeds are. */
  readonly title: string;
  readonly summary: string | null;
  /** Null where the line gives no date that can be read. */
  readonly published: Instant | null;
  /** Null where the line has no `events`. */
  readonly label: Label | null;
};

/** The item, or what is wrong with the line: the end of `FILE:LINE: `. */
export function readItem(text: string): Item | { readonly problem: string } {
  const json = parsed(text);
  if (json === undefined) return { problem: 'no JSON; expected one object a line; mend the line or leave it out' };
  const line = Line.safeParse(json);
  if (!line.success) {
    const [issue] = line.error.issues;
    const place = issue?.path.join('.') ?? '';
    return {
      problem: `${place === '' ? '' : `${place}: `}${issue?.message ?? 'unreadable'}; expected {"id","title","summary","url","publisher","published"}; mend the line`,
    };
  }
  const { id, title, summary, published, events, story, doubtful } = line.data;
  return {
    id,
    title: plain(title, TITLE),
    summary: plain(summary ?? '', SUMMARY) || null,
    published: published == null ? null : (parseInstant(published) ?? null),
    label: events === undefined ? null : { id, events, story: story ?? null, doubtful: doubtful === true },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
