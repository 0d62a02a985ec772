/** What a failed call to Discord means: try later, never again, or stop altogether. */
import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { type SendOutcome, StartupError, Unreachable } from '../../core/ports.ts';
import { sayError } from '../redact.ts';

const NO_PERSON =
  'nobody has this user id, a role for example has no direct messages: name a channel under notices in tierwatch.yaml';
const CLOSED = 'this person takes no direct messages from Tierwatch';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const REASONS: Readonly<Record<string, { readonly why: string; readonly unsubscribe: boolean }>> = {
  10003: { why: 'the channel is gone (10003)', unsubscribe: true },
  10004: { why: 'the server is gone, or Tierwatch was removed from it (10004)', unsubscribe: true },
  10013: { why: `${NO_PERSON} (10013)`, unsubscribe: false },
  50001: { why: 'Tierwatch does not see the channel (50001): give it View Channel', unsubscribe: false },
  50007: { why: `${CLOSED} (50007)`, unsubscribe: false },
  50013: {
    why: 'Tierwatch may not write there (50013): give it Send Messages, or Send Messages in Threads',
    unsubscribe: false,
  },
  50033: { why: `${NO_PERSON} (50033)`, unsubscribe: false },
  50083: { why: 'the thread is archived (50083)', unsubscribe: false },
  50278: { why: `${CLOSED}, which shares no server with them (50278)`, unsubscribe: false },
};

const BAD_TOKEN = 'Discord refuses the token: set DISCORD_TOKEN to the bot token of the Developer Portal.';

/** True where Discord no longer takes the token; the client forgets it after the first such answer. */
export function isRefused(error: unknown): boolean {
  if (error instanceof DiscordAPIError || error instanceof HTTPError) return error.status === 401;
  if (!(error instanceof Error)) return false;
  if ('code' in error && error.code === 'TokenInvalid') return true;
  return error.message === 'Authentication failed' || error.message.startsWith('Expected token to be set');
}

/** A send's failure as an outcome. Whatever is not known to be final is tried again. */
export function outcomeOf(error: unknown, token: string): SendOutcome {
  if (error instanceof RateLimitError)
    return { kind: 'later', after: Math.max(0, Math.ceil(error.retryAfter)), why: 'Discord’s rate limit' };
  if (isRefused(error)) return { kind: 'later', after: null, why: 'Discord refuses the token' };
  if (!(error instanceof DiscordAPIError)) return { kind: 'later', after: null, why: sayError(error, token) };
  const known = REASONS[error.code];
  if (known !== undefined) return { kind: 'never', ...known };
  const final = error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429;
  const why = `Discord says ${error.status}, code ${error.code}: ${sayError(error, token)}`;
  return final ? { kind: 'never', why, unsubscribe: false } : { kind: 'later', after: null, why };
}

/** What a person has to do when a start fails. */
export function startupError(error: unknown, token: string): StartupError {
  if (error instanceof StartupError) return error;
  if (isRefused(error)) return new StartupError(BAD_TOKEN);
  if (error instanceof Error && /intents/i.test(error.message)) return new StartupError(BAD_INTENTS);
  return new Unreachable(`Discord cannot be reached, check the network: ${sayError(error, token)}.`);
}

const BAD_INTENTS =
  'Discord refuses the gateway intents: Tierwatch asks for Guilds only; check the bot in the Developer Portal.';

/** Gateway close codes after which discord.js does not reconnect; undefined for the others. */
export function closeError(code: number): StartupError | undefined {
  switch (code) {
    case 4004:
      return new StartupError(BAD_TOKEN);
    case 4010:
    case 4011:
      return new StartupError('Discord asks for sharding: Tierwatch runs one shard, up to 2500 servers.');
    case 4012:
      return new StartupError('Discord no longer speaks this gateway version: update Tierwatch.');
    case 4013:
    case 4014:
      return new StartupError(BAD_INTENTS);
    default:
      return undefined;
  }
}
