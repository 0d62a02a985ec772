/** Where a message can go: a Discord channel, thread or DM; a Telegram chat or topic; the terminal. */

const PLATFORMS = ['console', 'discord', 'telegram'] as const;
export type Platform = (typeof PLATFORMS)[number];

export type Destination = {
  readonly platform: Platform;
  /** Channel or chat id, as text: Discord's ids do not fit a number. `@` and a Discord user id: the direct chat with that person. */
  readonly chat: string;
  /** A Telegram topic (`message_thread_id`); null elsewhere. */
  readonly thread: string | null;
};

/** The destination as a key: `telegram/-1001/7`. */
export function keyOf(destination: Destination): string {
  const { platform, chat, thread } = destination;
  return thread === null ? `${platform}/${chat}` : `${platform}/${chat}/${thread}`;
}

/** The one destination of the console channel. */
export const TERMINAL: Destination = { platform: 'console', chat: 'terminal', thread: null };
