/** The dates of feeds: ISO-8601 and RFC 822 as publishers write them, read alike on every machine, and which to believe. */
import { DAY, HOUR, type Instant, parseInstant, toDay } from '../../core/time.ts';
import { clip, plain } from './reading/text.ts';

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
/** The zone furthest ahead of UTC. Local time there, written as GMT, lies no further ahead of us. */
const FURTHEST_ZONE = 14 * HOUR;
/** There was no web before: an older date is an empty field, or a clock that was never set. */
const EARLIEST = Date.UTC(1990, 0, 1);
/** Addresses carry the day a page was made; within this time a text may be made well before it is published. */
const LATEST_PUBLISHING = 45 * DAY;

/** `2026/7/1 10:00:00`: with the year first, slashes mean what hyphens do. */
const SLASHED = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?!\d)/;

/** The instant the text gives, or undefined. A time without a zone, or with an unknown one, is taken as UTC. */
export function feedDate(text: string): Instant | undefined {
  const trimmed = text.trim().slice(0, 80).replace(SLASHED, hyphened);
  const iso = ISO.exec(trimmed);
  if (iso !== null) {
    const [, day = '', time, zone = 'Z'] = iso;
    // Years of two digits are none in ISO 8601, and would be taken for those of the last century.
    if (day.startsWith('00')) return undefined;
    return parseInstant(time === undefined ? day : `${day}T${time}${zone.toUpperCase()}`);
  }
  const written = RFC822.exec(trimmed);
  return written === null ? undefined : fromRfc822(written);
}

function hyphened(_: string, year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
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

/** When an item was published, as far as that can be told; `doubt` says in words why its own date is not believed. */
export type Published = { readonly at: Instant; readonly doubt?: string };

/**
 * The first date that can be believed: one that can be read, is not before 1990 and no more than an hour ahead. Where
 * the best lies up to 14 hours ahead, a publisher wrote local time as GMT: the item is out, so it was published just now.
 * An address that carries a date 45 days older than what the item says is believed instead: the item is an old one.
 * @param dates as written, best first
 */
export function publishedAt(dates: readonly (string | undefined)[], link: string | null, now: Instant): Published {
  const given = dates.filter((text) => text !== undefined && text.trim() !== '');
  const read = given.flatMap((text) => feedDate(text ?? '') ?? []);
  const at = read.find((date) => date >= EARLIEST && date <= now + AHEAD) ?? inAnotherZone(read, now);
  if (at === undefined) return { at: now, doubt: doubtOf(given[0], read[0]) };
  const address = link === null ? undefined : dateInAddress(link);
  if (address === undefined || at - address.at <= LATEST_PUBLISHING) return { at };
  return { at: address.at, doubt: `says it is of ${toDay(at)}, and its address of ${address.text}` };
}

function inAnotherZone(dates: readonly Instant[], now: Instant): Instant | undefined {
  return dates.some((date) => date > now && date <= now + FURTHEST_ZONE) ? now : undefined;
}

function doubtOf(text: string | undefined, read: Instant | undefined): string {
  if (text === undefined) return 'gives no date';
  if (read !== undefined) return `gives no date that can be believed (${toDay(read)})`;
  return `gives no date that can be read (${clip(plain(text, 40), 40)})`;
}

/** A date at the start of a part of the path; further on it may be what the text is about. */
const IN_ADDRESS: readonly RegExp[] = [
  /\/(?<year>(?:19|20)\d{2})\/(?<month>0?[1-9]|1[0-2])\/(?<day>0?[1-9]|[12]\d|3[01])(?=[/.]|$)/,
  /\/(?<year>(?:19|20)\d{2})-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])(?=[-_/.]|$)/,
  /\/(?<year>(?:19|20)\d{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])(?=[-_/]|$)/,
  /\/(?<year>(?:19|20)\d{2})\/(?<month>0?[1-9]|1[0-2])(?=\/|$)/,
];

/** The day or month the address names, to its end; undefined where it names none. */
function dateInAddress(link: string): { readonly at: Instant; readonly text: string } | undefined {
  const path = URL.canParse(link) ? new URL(link).pathname : '';
  const groups = IN_ADDRESS.map((pattern) => pattern.exec(path)?.groups).find((each) => each !== undefined);
  const [year, month] = [Number(groups?.year), Number(groups?.month)];
  if (!(year >= 1990)) return undefined;
  const written = `${year}-${String(month).padStart(2, '0')}`;
  // The day 0 of a month is the last one before it.
  if (groups?.day === undefined) return { at: Date.UTC(year, month, 0) + DAY - 1, text: written };
  const day = parseInstant(`${written}-${groups.day.padStart(2, '0')}`);
  return day === undefined ? undefined : { at: day + DAY - 1, text: toDay(day) };
}
