/** What an article reports, and who said what of it, in words. */
import type { Line, Span } from '../../../core/message.ts';
import type { Filed, Mark, NewsMention } from '../../../core/news.ts';
import type { Caller } from '../../../core/ports.ts';
import { toDay } from '../../../core/time.ts';
import { nameOf } from '../../network.ts';
import { clip } from '../../plain.ts';
import { formatAt } from '../../when.ts';
import type { World } from '../../world.ts';

const TITLE = 160;
const NAME = 60;
const REASON = 300;
const MENTIONS = 6;

/** Who is on record for a correction: ids, since names change hands. */
export function byOf({ platform, user }: Caller): string {
  return `${platform}:${user}`;
}

/** `lab training on Bittensor`, `capacity crunch (planned)`. */
export function mentionText({ type, network, status }: NewsMention, { networks }: World): string {
  const where = network === null ? '' : ` on ${clip(nameOf(networks, network), NAME)}`;
  return `${type.replaceAll('_', ' ')}${where}${status === 'done' ? '' : ` (${status.replaceAll('_', ' ')})`}`;
}

/** What an article reports, in a row. */
export function mentionsText(events: readonly NewsMention[], world: World): string {
  const shown = events.slice(0, MENTIONS).map((event) => mentionText(event, world));
  if (shown.length === 0) return 'nothing that rules ask for';
  return shown.join(', ') + (events.length > MENTIONS ? ` and ${events.length - MENTIONS} more` : '');
}

/** “Title”, linked, with its outlet and day. */
export function articleSpans({
  title,
  link,
  outlet,
  published,
}: Pick<Filed, 'title' | 'link' | 'outlet' | 'published'>): readonly Span[] {
  const label = clip(title, TITLE);
  const name = link === null ? label : { link: label, url: link };
  return ['“', name, `” (${clip(outlet, NAME)}, ${toDay(published)}).`];
}

/** Who marked an article as wrong, when and why, and how that is taken back. */
export function markedLine({ article, by, at, reason }: Mark): Line {
  const why = reason === null ? '' : `: ${clip(reason, REASON)}`;
  return [`It is marked as wrong, by ${by} at ${formatAt(at)}${why}. `, ...undoSpans(article)];
}

/** How a correction is taken back. */
export function undoSpans(id: string): readonly Span[] {
  return ['To take that back: ', { code: `/evidence_undo ${id}` }];
}
