/** Who may correct Tierwatch: ids from tierwatch.yaml, never names, which anybody can take. */
import type { Platform } from '../core/destination.ts';
import type { Caller } from '../core/ports.ts';

/** Discord's are ids of users or roles, Telegram's of users. */
export type Admins = { readonly discord: readonly string[]; readonly telegram: readonly string[] };

/** Whether the caller is listed, by its own id or, in a Discord server, by a role. The terminal is the operator's. */
export function isAdmin({ platform, user, roles }: Caller, admins: Admins): boolean {
  switch (platform) {
    case 'console':
      return true;
    case 'telegram':
      return admins.telegram.includes(user);
    case 'discord':
      return [user, ...roles].some((id) => admins.discord.includes(id));
  }
}

/** What to do for whoever is not listed. */
export function missingAdmin({ platform, user, direct }: Caller): string {
  const lead = "Only Tierwatch's admins can do that.";
  // An anonymous administrator and a channel write as the chat, whose id is negative: no person can be told from it.
  if (platform === 'telegram' && user.startsWith('-'))
    return `${lead} Here you write as the chat itself: do it in your own name, or in a direct chat with me.`;
  const roles = platform === 'discord' && direct ? ' An admin by role can do it in the server.' : '';
  return `${lead} The operator lists them in tierwatch.yaml, admins: your ${NAMES[platform]} user id is ${user}.${roles}`;
}

const NAMES: Readonly<Record<Platform, string>> = { console: 'terminal', discord: 'Discord', telegram: 'Telegram' };
