/** Instants and durations: milliseconds inside, ISO-8601 UTC and `14d` at the edges. */
import { z } from 'zod';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/** Milliseconds. */
export type Duration = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const UNITS: Readonly<Record<string, Duration>> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };
const DURATION = /^(\d+(?:\.\d+)?)(ms|s|m|h|d|w)$/;

/** Reads `15m`, `36h`, `14d`, `2w`; undefined for anything else. */
export function parseDuration(text: string): Duration | undefined {
  const match = DURATION.exec(text.trim());
  const factor = UNITS[match?.[2] ?? ''];
  return match === null || factor === undefined ? undefined : Math.round(Number(match[1]) * factor);
}

/** Writes a duration with at most two parts: `14d`, `1d 6h`, `45s`. */
export function formatDuration(duration: Duration): string {
  const sign = duration < 0 ? '-' : '';
  let rest = Math.abs(duration);
  const parts: string[] = [];
  for (const [name, size] of [
    ['d', DAY],
    ['h', HOUR],
    ['m', MINUTE],
    ['s', SECOND],
  ] as const) {
    if (rest < size) continue;
    if (parts.length === 2) break;
    parts.push(`${Math.floor(rest / size)}${name}`);
    rest %= size;
  }
  return parts.length === 0 ? '0s' : sign + parts.join(' ');
}

/** ISO-8601 in UTC without empty milliseconds: `2026-07-17T20:07:00Z`. */
export function toIso(instant: Instant): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/** The UTC day: `2026-07-17`. */
export function toDay(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** Minute precision for people: `2026-07-17 20:07 UTC`. */
export function toMinute(instant: Instant): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2}))?$/;

/**
 * Reads `2026-12-31` (midnight UTC) or a date and time with a zone; undefined for anything else,
 * impossible calendar dates such as 2026-02-30 included. A time without a zone is refused: it would mean
 * another instant on every machine.
 */
export function parseInstant(text: string): Instant | undefined {
  const match = ISO.exec(text.trim());
  if (match === null) return undefined;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '0', zone = 'Z'] = match;
  const millis = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    millis,
  );
  const back = new Date(local);
  if (back.getUTCMonth() !== Number(month) - 1 || back.getUTCDate() !== Number(day)) return undefined;
  if (back.getUTCHours() !== Number(hour) || back.getUTCMinutes() !== Number(minute)) return undefined;
  const offset = zoneOffset(zone);
  return offset === undefined ? undefined : local - offset;
}

function zoneOffset(zone: string): Duration | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}

/** A duration as an owner writes it in YAML: `15m`. */
export const DurationText = z
  .string({ error: 'expected a duration such as 15m, 36h or 14d' })
  .regex(DURATION, { error: 'expected a duration such as 15m, 36h or 14d' })
  .transform((text): Duration => parseDuration(text) ?? Number.NaN);
