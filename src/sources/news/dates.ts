/** The dates of feeds: ISO-8601 and RFC 822 as publishers write them, read alike on every machine. */
import { HOUR, type Instant, parseInstant } from '../../core/time.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Offsets in hours of the zones that RFC 822 names. */
const ZONES: Readonly<Record<string, number>> = {
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ]+(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const RFC822 =
  /^(?:[a-z]+\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([a-z]{1,5}|[+-]\d{2}:?\d{2})?)?/i;

/** How far ahead of us a publisher's clock may be. */
const AHEAD = HOUR;

/** The instant the text gives, or undefined. A time without a zone, or with an unknown one, is taken as UTC. */
export function feedDate(text: string): Instant | undefined {
  const trimmed = text.trim().slice(0, 80);
  const iso = ISO.exec(trimmed);
  if (iso !== null) {
    const [, day = '', time, zone = 'Z'] = iso;
    return parseInstant(time === undefined ? day : `${day}T${time}${zone.toUpperCase()}`);
  }
  const written = RFC822.exec(trimmed);
  return written === null ? undefined : fromRfc822(written);
}

function fromRfc822(match: RegExpExecArray): Instant | undefined {
  const [, day = '', name = '', year = '', hour = '0', minute = '00', second = '00', zone = 'GMT'] = match;
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  // RFC 2822, section 4.3: two digits mean 1950 to 2049.
  const full = year.length === 4 ? year : `${Number(year) < 50 ? 20 : 19}${year}`;
  const two = (digits: string | number): string => String(digits).padStart(2, '0');
  const local = parseInstant(`${full}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}${offsetOf(zone)}`);
  return local === undefined ? undefined : local - (ZONES[zone.toUpperCase()] ?? 0) * HOUR;
}

function offsetOf(zone: string): string {
  return /^[+-]/.test(zone) ? zone : 'Z';
}

/** The first date that can be read and does not lie more than an hour ahead; undefined where there is none. */
export function publishedAt(dates: readonly (string | undefined)[], now: Instant): Instant | undefined {
  for (const text of dates) {
    const instant = text === undefined ? undefined : feedDate(text);
    if (instant !== undefined && instant <= now + AHEAD) return instant;
  }
  return undefined;
}
