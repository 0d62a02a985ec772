/** Takes secrets out of what libraries say before it is logged: their errors quote whole URLs. */

/** `123456:AAE…` as it stands in a Telegram URL or alone. */
const TELEGRAM_TOKEN = /\d{5,}:[A-Za-z0-9_-]{30,}/g;
/** A Discord interaction token in a webhook URL, and a bot token. */
const DISCORD_WEBHOOK = /(\/(?:webhooks|interactions)\/\d+\/)[^/\s"']+/g;
const DISCORD_TOKEN = /[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/g;

const LONGEST = 300;

/** The text without the token, in one line, at most 300 characters. */
export function redact(text: string, token: string): string {
  const plain = token === '' ? text : text.replaceAll(token, '<token>');
  return plain
    .replace(TELEGRAM_TOKEN, '<token>')
    .replace(DISCORD_TOKEN, '<token>')
    .replace(DISCORD_WEBHOOK, '$1<token>')
    .replace(/\s+/g, ' ')
    .slice(0, LONGEST);
}

/** What an error says, its cause included, redacted. Fields such as a request's body are left out on purpose. */
export function sayError(error: unknown, token: string): string {
  if (!(error instanceof Error)) return redact(String(error), token);
  const inner = 'error' in error ? error.error : error.cause;
  const tail = inner instanceof Error ? `: ${codeOf(inner)}${inner.message}` : '';
  return redact(`${error.name}: ${codeOf(error)}${error.message}${tail}`, token);
}

function codeOf(error: Error): string {
  return 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? `${error.code} ` : '';
}
