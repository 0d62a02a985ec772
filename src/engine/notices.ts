/** Who hears of a notice, and the debts that it makes. */
import { type Destination, type Platform, TERMINAL } from '../core/destination.ts';
import type { Event } from '../core/events.ts';
import type { Notice } from '../core/notice.ts';
import type { Settings } from '../core/settings.ts';
import type { Instant } from '../core/time.ts';
import { deliveryId } from './outbox.ts';

/**
 * The chats that hear of notices: those the owner names, else every admin in a direct chat, and the terminal where it
 * is a channel. Only platforms that run.
 */
export function noticeChats(
  { admins, notices }: Pick<Settings, 'admins' | 'notices'>,
  running: ReadonlySet<Platform>,
): readonly Destination[] {
  const chats = notices ?? { discord: admins.discord.map((user) => `@${user}`), telegram: admins.telegram };
  const named = (['discord', 'telegram'] as const).flatMap((platform) =>
    [...new Set(chats[platform])].map((chat): Destination => ({ platform, chat, thread: null })),
  );
  return [...named, TERMINAL].filter(({ platform }) => running.has(platform));
}

/** A notice and what is owed for it, to be committed together with the facts it tells. */
export function oweNotice(notice: Notice, chats: readonly Destination[], now: Instant): readonly Event[] {
  const debts = chats.map((destination): Event => {
    const id = deliveryId({ notice: notice.id }, destination);
    const delivery = { id, destination, changes: [], notice: notice.id, at: now, attempts: 0, notBefore: now };
    return { kind: 'owed', delivery, reason: 'a notice to admins' };
  });
  return [{ kind: 'notice', notice }, ...debts];
}
