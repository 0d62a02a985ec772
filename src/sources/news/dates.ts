/** The dates of feeds: ISO-8601 and RFC 822 as publishers write them, read alike on every machine, and which to believe. */
import { DAY, HOUR, type Instant, parseInstant, SECOND, toDay } from '../../core/time.ts';
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

/** The ways to write a day, each followed by a time or by nothing. A day of the week may stand in front. */
const DAYS: readonly RegExp[] = [
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?=[T\s]|$)/i,
  /^(?:[a-z]+\.?,?\s+)?(?<day>\d{1,2})[\s-]+(?<name>[a-z]{3})[a-z]*\.?[\s-]+(?<year>\d{4}|\d{2})(?!\d)/i,
  /^(?:[a-z]+\.?,?\s+)?(?<name>[a-z]{3})[a-z]*\.?\s+(?<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<year>\d{4})(?!\d)/i,
];
/** What `Date.toString` adds, as `GMT+0200 (Eastern European Time)`, is read up to the parenthesis. */
const TIME =
  /^[T,\s]*(?:at\s+)?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?\s*(?<half>[ap]\.?m\b\.?)?\s*(?<zone>(?:GMT|UTC?)?\s*[+-]\d{2}(?::?\d{2})?(?!\d)|[a-z]{1,5}\b)?/i;

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
  const match = DAYS.map((pattern) => pattern.exec(trimmed)).find((each) => each !== null);
  const day = dayOf(match?.groups ?? {});
  if (match === undefined || match === null || day === undefined) return undefined;
  const rest = trimmed.slice(match[0].length);
  const time = TIME.exec(rest);
  // Words after a day are passed over, as RFC 822 has it; ISO 8601 has none.
  if (time === null) return match.groups?.name === undefined && rest.trim() !== '' ? undefined : parseInstant(day);
  return atTime(day, time.groups ?? {});
}

function hyphened(_: string, year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

type Groups = Readonly<Record<string, string | undefined>>;

/** `2026-11-20` of the parts of a day; undefined where there is no such month. */
function dayOf({ year = '', month, name = '', day = '' }: Groups): string | undefined {
  // Years of two digits are none in ISO 8601, and would be taken for those of the last century.
  if (year === '' || (month !== undefined && year.startsWith('00'))) return undefined;
  // RFC 2822, section 4.3: two digits mean 1950 to 2049.
  const full = year.length === 4 ? year : `${Number(year) < 50 ? 20 : 19}${year}`;
  const number = month ?? String(MONTHS.indexOf(name.toLowerCase()) + 1);
  return number === '0' ? undefined : hyphened('', full, number, day);
}

function atTime(
  day: string,
  { hour = '', minute = '', second = '00', fraction, half, zone }: Groups,
): Instant | undefined {
  const hours = half === undefined ? Number(hour) : ofDay(Number(hour), /^p/i.test(half));
  // 24:00 is the end of a day, and a minute may have a leap second: both are instants that a clock writes otherwise.
  const isEnd = hours === 24 && Number(minute) === 0 && Number(second) === 0;
  const isLeap = second === '60';
  const written = `${String(isEnd ? 0 : hours).padStart(2, '0')}:${minute}:${isLeap ? '59' : second}`;
  const at = parseInstant(`${day}T${written}${fraction === undefined ? '' : `.${fraction}`}${offsetOf(zone)}`);
  if (at === undefined) return undefined;
  return at + (isEnd ? DAY : 0) + (isLeap ? SECOND : 0) - (ZONES[(zone ?? '').toUpperCase()] ?? 0) * HOUR;
}

/** Of a clock with two halves: 12 AM is midnight. NaN where it has no such hour. */
function ofDay(hour: number, isAfternoon: boolean): number {
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (isAfternoon ? 12 : 0);
}

function offsetOf(zone = ''): string {
  const [, sign, hours, minutes = '00'] = /([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  return sign === undefined ? 'Z' : `${sign}${hours}:${minutes}`;
}

/**
 * When an item was published, as far as that can be told; `doubt` says in words why its own date is not believed.
 * `ahead`: it is not published yet, by the only date it gives.
 */
type Published = { readonly at: Instant; readonly doubt?: string } | { readonly ahead: Instant };

/**
 * The first date that can be believed: one that can be read, is not before 1990 and no more than an hour ahead. Where
 * the best lies up to 14 hours ahead, a publisher wrote local time as GMT: the item is out, so it was published just now.
 * One further ahead, with none to be believed, is of an item still to come.
 * An address that carries a date 45 days older than what the item says is believed instead: the item is an old one.
 * @param dates as written, best first
 */
export function publishedAt(dates: readonly (string | undefined)[], link: string | null, now: Instant): Published {
  const given = dates.filter((text) => text !== undefined && text.trim() !== '');
  const read = given.flatMap((text) => feedDate(text ?? '') ?? []);
  const at = read.find((date) => date >= EARLIEST && date <= now + AHEAD) ?? inAnotherZone(read, now);
  const ahead = read.find((date) => date > now);
  if (at === undefined && ahead !== undefined) return { ahead };
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

/**
 * A date at the start of a part of the path; further on it may be what the text is about. Eight digits without words after
 * them are a number as any other.
 */
const IN_ADDRESS: readonly RegExp[] = [
  /\/(?<year>(?:19|20)\d{2})\/(?<month>0?[1-9]|1[0-2])\/(?<day>0?[1-9]|[12]\d|3[01])(?=[/.]|$)/,
  /\/(?<year>(?:19|20)\d{2})-(?<month>0[1-9]|1[0-2])-(?<day>0[1-9]|[12]\d|3[01])(?=[-_/.]|$)/,
  /\/(?<year>(?:19|20)\d{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])(?=[-_/][^/]*[a-z])/i,
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
