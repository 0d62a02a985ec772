/** `/evidence_add`: a report that no feed brought counts as well. Its address is kept, and nothing is fetched. */
import { z } from 'zod';
import { type Line, says } from '../../../core/message.ts';
import {
  type Addition,
  type Article,
  type Filed,
  NEWS_STATUSES,
  NEWS_TYPES,
  type NewsMention,
} from '../../../core/news.ts';
import type { Caller } from '../../../core/ports.ts';
import { type Instant, parseInstant } from '../../../core/time.ts';
import { defineCommand, type Problem, type Reply } from '../../command.ts';
import { clip } from '../../plain.ts';
import { formatAt } from '../../when.ts';
import type { World } from '../../world.ts';
import { bare, LONGEST_LINK, linkOf } from './link.ts';
import { mentionOf } from './mention.ts';
import { outcomeBlocks, standOf } from './outcome.ts';
import { needText, oneOfWords, someText } from './text.ts';
import { articleSpans, byOf, markedLine, mentionText, undoSpans } from './words.ts';

/** What admins add comes from no feed. */
const FEED = 'admin';
const MOST = { network: 60, date: 40, outlet: 80, title: 300 } as const;
const UNCOUNTED = 200;
const SHOWN = 60;

export const add = defineCommand({
  name: 'evidence_add',
  description: 'Admins: add a report by its link; it counts as any other',
  example: (network) => `/evidence_add https://example.com/a lab_training ${network}`,
  private: true,
  admin: true,
  args: () =>
    z.strictObject({
      link: needText('link', LONGEST_LINK, 'Give the link of the report.', 'Link of the report; it is not fetched'),
      type: oneOfWords(NEWS_TYPES, 'Say what it reports.').describe('What it reports'),
      network: someText('network', MOST.network, 'Which network, or other:name; none for news of the market'),
      status: oneOfWords(NEWS_STATUSES, 'Say how far it is.').default('done').describe('How far it is (default: done)'),
      date: someText('date', MOST.date, 'When it was published, such as 2026-07-17 (default: now)'),
      outlet: someText('outlet', MOST.outlet, 'Who reports it (default: the host of the link)'),
      title: someText('title', MOST.title, 'Its headline (default: the link)'),
    }),
  run({ link: said, type, network, status, date, outlet, title }, caller, world): Reply | Problem {
    const { articles } = world;
    if (articles === undefined) return { problem: 'No articles are kept here.' };
    const link = linkOf(bare(said));
    if (typeof link !== 'string') return link;
    const mention = mentionOf(type, network, status, world.networks);
    if ('problem' in mention) return mention;
    const dated = date === undefined ? undefined : dateOf(date, world.now);
    if (typeof dated === 'object') return dated;
    const known = articles.find(link);
    const filing = articles.filing(link, { title, outlet });
    if (filing === undefined)
      return { problem: `${clip(link, SHOWN)} is a site's front page: give the link of the report itself.` };
    const line = alreadySaid(known?.id ?? filing.id, known, mention, world);
    if (line !== undefined) return { message: says(line), events: [] };
    const article =
      known === undefined
        ? { ...filing, link, title: title ?? clip(link, MOST.title), summary: null, published: dated ?? world.now }
        : { ...articles.filing(link, known), ...toldBy(known, dated) };
    return added(article, known, mention, caller, world);
  },
});

type Told = Omit<Article, 'feed' | 'events'>;

/** Of an article that is known what it said itself holds, but for a date that was in doubt. */
function toldBy(
  { id, link, title, summary, published, outlet, owner, trust, uncounted }: Filed,
  dated?: Instant,
): Told {
  const at = uncounted === undefined ? published : (dated ?? published);
  return { id, link, title, summary, published: at, outlet, owner, trust };
}

function dateOf(text: string, now: Instant): Instant | Problem {
  const date = parseInstant(text);
  const shown = `“${clip(text, MOST.date)}”`;
  if (date === undefined)
    return {
      problem: `${shown} is no date such as 2026-07-17 or 2026-07-17T20:00:00Z. A text of several words goes in quotes: title="…".`,
    };
  if (date > now) return { problem: `${shown} is yet to come: a report has been published.` };
  return date < 0 ? { problem: `${shown} is before 1970.` } : date;
}

/** Why there is nothing to add; undefined where there is. */
function alreadySaid(id: string, known: Filed | undefined, mention: NewsMention, world: World): Line | undefined {
  const { marks, additions } = world.state;
  const mark = marks.get(id);
  if (mark !== undefined) return markedLine(mark);
  const what = mentionText(mention, world);
  const addition = additions.get(id);
  if (addition?.article.events.some((one) => isSame(one, mention)) === true)
    return [`${addition.by} added that at ${formatAt(addition.at)}: ${what}. `, ...undoSpans(id)];
  // What was left out for a doubt of the program's, such as being there before the feed was first read, counts by a person's word.
  if (known === undefined || known.uncounted !== undefined || !known.events.some((one) => isSame(one, mention)))
    return undefined;
  return ['That is known: ', ...articleSpans(known), ` It reports ${what} already.`];
}

function isSame(one: NewsMention, other: NewsMention): boolean {
  return isAlike(one, other) && one.status === other.status;
}

function isAlike(one: NewsMention, other: NewsMention): boolean {
  return one.type === other.type && one.network === other.network;
}

/** An addition stands for the whole article: what that reports and counts already stays, unless it is the same event with another status. */
function added(about: Told, known: Filed | undefined, mention: NewsMention, caller: Caller, world: World): Reply {
  const earlier = known?.uncounted === undefined ? (known?.events ?? []) : [];
  const events = [...earlier.filter((one) => !isAlike(one, mention)), mention];
  const addition: Addition = { article: { ...about, feed: FEED, events }, at: world.now, by: byOf(caller) };
  const lines: readonly Line[] = [
    ['Added: ', ...articleSpans(about), ` It reports ${mentionText(mention, world)}, and counts as any other report.`],
    ...(known === undefined ? [] : [knownLine(known)]),
    undoSpans(about.id),
  ];
  const blocks = lines.map((line) => ({ kind: 'text', line }) as const);
  const before = standOf([mention], about.link, world);
  return {
    message: { blocks },
    events: [{ kind: 'added', addition }],
    after: (later) => ({ blocks: [...blocks, ...outcomeBlocks(before, standOf([mention], about.link, later), later)] }),
  };
}

function knownLine({ uncounted }: Filed): Line {
  const why = uncounted === undefined ? '' : ` So far it did not count: ${clip(uncounted, UNCOUNTED)}.`;
  return `That article is known: its headline and outlet are its own.${why}`;
}
