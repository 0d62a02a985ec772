/** Finds the command in a message's text. */

export type Typed = {
  readonly command: string;
  /** The bot it is addressed to, where one is named. */
  readonly bot: string | null;
  /** What follows on the same line. */
  readonly text: string;
};

const COMMAND = /^\/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{1,64}))?(?:[^\S\n]+([^\n]*))?(?:\n|$)/;

/** Null for text that is no command. `/start`, which Telegram sends for a new chat, asks for help. */
export function readCommand(text: string): Typed | null {
  const match = COMMAND.exec(text);
  if (match === null) return null;
  const command = (match[1] ?? '').toLowerCase();
  if (command === 'start') return { command: 'help', bot: match[2] ?? null, text: '' };
  return { command, bot: match[2] ?? null, text: match[3] ?? '' };
}
