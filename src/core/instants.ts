/** Reads and writes many instants quickly: the rows of a file mostly share their days. */
import { DAY, HOUR, type Instant, MINUTE, parseInstant, SECOND, toDay, toIso } from './time.ts';

const ZERO = 0x30;

/**
 * Reads the instant between two places of a text, as `parseInstant` would. `2026-11-03T10:00:00Z` is cut by hand and
 * its day is parsed once; any other form goes the usual way.
 */
export function instantReader(): (text: string, start: number, end: number) => Instant | undefined {
  const days = new Map<string, Instant>();

  function dayOf(date: string): Instant | undefined {
    const known = days.get(date);
    if (known !== undefined) return known;
    const day = parseInstant(date);
    if (day !== undefined) days.set(date, day);
    return day;
  }

  return (text, start, end) => {
    if (end - start !== 20 || text[start + 10] !== 'T' || text[end - 1] !== 'Z')
      return parseInstant(text.slice(start, end));
    if (text[start + 13] !== ':' || text[start + 16] !== ':') return undefined;
    const day = dayOf(text.slice(start, start + 10));
    const hour = twoDigits(text, start + 11);
    const minute = twoDigits(text, start + 14);
    const second = twoDigits(text, start + 17);
    if (day === undefined || !(hour < 24 && minute < 60 && second < 60)) return undefined;
    return day + hour * HOUR + minute * MINUTE + second * SECOND;
  };
}

/** NaN where a character is no digit. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** Writes instants as `toIso` would; the day that was written last is not worked out again. */
export function instantWriter(): (instant: Instant) => string {
  let start = Number.NaN;
  let day = '';
  return (instant) => {
    if (instant % SECOND !== 0) return toIso(instant);
    if (!(instant >= start && instant < start + DAY)) {
      start = Math.floor(instant / DAY) * DAY;
      day = toDay(start);
    }
    const seconds = (instant - start) / SECOND;
    return `${day}T${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}Z`;
  };
}

const TWO = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

function two(number: number): string {
  return TWO[number] as string;
}
