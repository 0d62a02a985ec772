/** What a failed call to Telegram means: try later, never again, moved, or stop altogether. */
import { GrammyError } from 'grammy';
import type { Destination } from '../../core/destination.ts';
import { type SendOutcome, StartupError, Unreachable } from '../../core/ports.ts';
import { SECOND } from '../../core/time.ts';
import { redact, sayError } from '../redact.ts';

/** Descriptions of the Bot API's 400 that are final, and whether the chat or topic is gone for good. */
const FINAL: readonly { readonly says: RegExp; readonly unsubscribe: boolean }[] = [
  { says: /chat not found|group chat was deactivated|PEER_ID_INVALID/i, unsubscribe: true },
  { says: /message thread not found|TOPIC_DELETED|topic.*deleted/i, unsubscribe: true },
  { says: /not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|TOPIC_CLOSED|CHAT_RESTRICTED/i, unsubscribe: false },
];

/** A send's failure as an outcome. Network failures and server errors are tried again. */
export function outcomeOf(error: unknown, to: Destination, token: string): SendOutcome {
  if (!(error instanceof GrammyError)) return { kind: 'later', after: null, why: sayError(error, token) };
  const { error_code: code, parameters } = error;
  const says = redact(error.description, token);
  if (parameters.migrate_to_chat_id !== undefined)
    return { kind: 'moved', to: { ...to, chat: String(parameters.migrate_to_chat_id) } };
  if (code === 403) return { kind: 'never', why: says, unsubscribe: true };
  if (code === 429) {
    const seconds = parameters.retry_after;
    return { kind: 'later', after: seconds === undefined ? null : seconds * SECOND, why: 'Telegram’s rate limit' };
  }
  const known = FINAL.find((one) => one.says.test(error.description));
  if (code === 400) return { kind: 'never', why: says, unsubscribe: known?.unsubscribe ?? false };
  return { kind: 'later', after: null, why: `Telegram says ${code}: ${says}` };
}

/** The failure that ends the channel: a refused token, another process on the same token. Undefined for the others. */
export function fatalError(error: unknown): StartupError | undefined {
  if (!(error instanceof GrammyError)) return undefined;
  switch (error.error_code) {
    case 401:
    case 404:
      return new StartupError('Telegram refuses the token: set TELEGRAM_TOKEN to the token @BotFather gave.');
    case 409:
      return new StartupError(
        'Another process polls Telegram with this TELEGRAM_TOKEN (409): stop it, or get a new token from @BotFather.',
      );
    default:
      return undefined;
  }
}

/** What a person has to do when a start or the polling fails. */
export function startupError(error: unknown, token: string): StartupError {
  if (error instanceof StartupError) return error;
  return (
    fatalError(error) ?? new Unreachable(`Telegram cannot be reached, check the network: ${sayError(error, token)}.`)
  );
}
