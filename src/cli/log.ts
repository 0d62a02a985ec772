/** The service's log: pino's JSON lines on the standard error. */
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import { StartupError } from '../core/ports.ts';
import type { Io } from './io.ts';
import { setting } from './secrets.ts';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Throws a StartupError where LOG_LEVEL names no level. */
export function createLog({ env, err }: Io): Logger {
  const level = setting(env, 'LOG_LEVEL')?.toLowerCase() ?? 'info';
  if (!LEVELS.includes(level)) throw new StartupError(`LOG_LEVEL ${level} is unknown: set one of ${LEVELS.join(', ')}`);
  const stream: DestinationStream = { write: err };
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: stdSerializers.err } },
    stream,
  );
}
