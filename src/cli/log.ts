/** The service's log: pino's JSON lines on the standard error. */
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import { StartupError } from '../core/ports.ts';
import type { Io } from './io.ts';
import { setting } from './secrets.ts';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/**
 * Whatever is logged, and whoever logs it: the secrets never reach the stream, neither as they are nor as they stand in
 * a URL. Throws a StartupError where LOG_LEVEL names no level.
 */
export function createLog({ env, err }: Pick<Io, 'env' | 'err'>, secrets: readonly string[]): Logger {
  const level = setting(env, 'LOG_LEVEL')?.toLowerCase() ?? 'info';
  if (!LEVELS.includes(level)) throw new StartupError(`LOG_LEVEL ${level} is unknown: set one of ${LEVELS.join(', ')}`);
  const forms = secrets.flatMap(formsOf);
  const stream: DestinationStream = {
    write: (line) => err(forms.reduce((text, form) => text.replaceAll(form, '[secret]'), line)),
  };
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: stdSerializers.err } },
    stream,
  );
}

/** The secret itself, as in a URL, and the half of a Telegram token that is secret. Longest first. */
function formsOf(secret: string): readonly string[] {
  const half = secret.split(':')[1];
  const forms = [secret, encodeURIComponent(secret), ...(half === undefined || half.length < 16 ? [] : [half])];
  return forms.sort((a, b) => b.length - a.length);
}
