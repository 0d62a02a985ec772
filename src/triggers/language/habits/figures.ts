/** Dates, durations, amounts and numbers as they are written elsewhere. */
import { parseInstant } from '../../../core/time.ts';
import { type Advice, cannotRead, type Habit } from './habit.ts';

const NUMBER = String.raw`\d+(?:\.\d+)?`;
const DATE = 'a date such as 2026-12-31 or 2026-12-31T17:00Z';

/** Tried where a figure may begin. */
export const FIGURES: readonly Habit[] = [
  [/(\d{4})-(\d{1,2})-(\d{1,2})(?![\dT])(?! +\d{1,2}:)/y, date],
  [/(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)/y, date],
  [/(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)/y, (all, day, month, year) => date(all, year, month, day)],
  [/(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/y, slashedDate],
  [/(\d{4}-\d{2}-\d{2})(?:T| +)(\d{1,2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?(?![\d.:])/y, time],
  [
    /\d{1,2}(?::\d{2})?\s*[ap]m\b|\d{1,2}:\d{2}/iy,
    (all) => [`${all} is a time of day without its day`, DATE, 'write the day, the time and the zone in one'],
  ],
  [/[€£¥]/y, (sign) => [cannotRead(sign), 'an amount in USD such as $2.50', 'convert it to USD and write it with $']],
  [
    new RegExp(String.raw`\$(?:\s+|\s*(-)\s*)(${NUMBER}[kKMB]?)`, 'y'),
    (all, minus, figure) => [cannotRead(all), 'the amount directly after $', `write ${minus}$${figure}`],
  ],
  [/\$(?!\d)/y, () => ['$ has no amount after it', 'an amount such as $2.50', 'write the amount directly after $']],
  [
    new RegExp(String.raw`(\$${NUMBER}[kKMB]?)\s*(?:/|per\b|an?\b)\s*(?:gpu[-\s]*)?(?:hours?|hrs?|h|days?|d)\b`, 'iy'),
    (all, amount) => [`${all} names a unit`, 'the amount alone, in the unit of the other side', `write ${amount}`],
  ],
  [
    new RegExp(String.raw`(${NUMBER})\s*(?:\$|(?:usd|dollars?)\b)`, 'iy'),
    (all, figure) => [cannotRead(all), '$ before the amount', `write $${figure}`],
  ],
  [
    new RegExp(String.raw`(${NUMBER})(?:\s+%|\s*(?:percent|per cent|pct)\b)`, 'iy'),
    (all, figure) => [cannotRead(all), '% directly after a number', `write ${figure}%`],
  ],
  [new RegExp(String.raw`(\$?)(${NUMBER})\s*([a-z]+)\b`, 'iy'), numberAndWord],
  [
    /\d+(?:ms|[smhdw])(?:\d+(?:ms|[smhdw]))+\b/y,
    (all) => [`${all} has several units`, 'one number and one unit', 'write it in the smallest of them, such as 36h'],
  ],
  [/(\$?)(\d[\d.]*(?:,[\d.]*\d)+)(%?)/y, commas],
  [/\d+(?:\.\d+)?e[+-]?\d+\b/iy, exponent],
  [
    /\d+(?:_\d+)+/y,
    (all) => [cannotRead(all), 'commas between groups of three, or none', `write ${all.replaceAll('_', '')}`],
  ],
  [/\.\d+/y, (all) => [cannotRead(all), 'a digit before the point', `write 0${all}`]],
];

function date(written = '', year = '', month = '', day = ''): Advice | undefined {
  const right = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (parseInstant(right) === undefined)
    return [`${written} is no day of the calendar`, DATE, 'write a day that there is'];
  return right === written ? undefined : [`${written} is not how a date is written`, DATE, `write ${right}`];
}

/** 12/31/2026 and 31/12/2026 tell which part is the day; 1/2/2026 does not. */
function slashedDate(written = '', first = '', second = '', year = ''): Advice | undefined {
  if (Number(first) > 12) return date(written, year, second, first);
  if (Number(second) > 12) return date(written, year, first, second);
  return [`${written} is not how a date is written`, DATE, 'write year-month-day'];
}

function time(written = '', day = '', clock = '', zone = ''): Advice | undefined {
  const right = `${day}T${clock.indexOf(':') === 1 ? '0' : ''}${clock}${zone === '' ? 'Z' : zone}`;
  if (right === written || parseInstant(right) === undefined) return undefined;
  return [`${written} is not how a time is written`, 'T before the time, and its zone after it', `write ${right}`];
}

/** A word for a unit of time, how many of a unit of ours it is, and that unit. */
const TIMES: readonly (readonly [RegExp, number, string])[] = [
  [/^(s|secs?|seconds?)$/i, 1, 's'],
  [/^(m|mins?|minutes?|Minutes?)$/, 1, 'm'],
  [/^(h|hrs?|hours?)$/i, 1, 'h'],
  [/^(d|days?)$/i, 1, 'd'],
  [/^(w|wks?|weeks?)$/i, 1, 'w'],
  [/^(mo|months?)$/i, 30, 'd'],
  [/^(y|yrs?|years?)$/i, 365, 'd'],
];
const LARGE: readonly (readonly [RegExp, string])[] = [
  [/^(k|thousand)$/i, 'k'],
  [/^(M|mm|mn|mio|million)$/, 'M'],
  [/^(b|bn|billion)$/i, 'B'],
];

/** `14 days`, `7D`, `5 million`; of an amount `$1.5m` too, which can be no minutes. */
function numberAndWord(written = '', sign = '', figure = '', word = ''): Advice | undefined {
  const [, times = 1, unit] = (sign === '' && TIMES.find(([pattern]) => pattern.test(word))) || [];
  if (unit !== undefined) {
    const right = `${Number((Number(figure) * times).toPrecision(12))}${unit}`;
    const expected = 'a number and s, m, h, d or w, without a space';
    return right === written ? undefined : [`${written} is not how a duration is written`, expected, `write ${right}`];
  }
  const large = sign === '$' && word === 'm' ? 'M' : LARGE.find(([pattern]) => pattern.test(word))?.[1];
  // 5k and 5K are the same.
  if (large === undefined || /[\dk][kKMB]$/.test(written)) return undefined;
  return [cannotRead(written), 'k, M or B directly after the number', `write ${sign}${figure}${large}`];
}

/** Commas stand between groups of three digits only; before one or two digits at the end a point was meant. */
function commas(written = '', sign = '', figure = '', percent = ''): Advice | undefined {
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(figure)) return undefined;
  const decimals = /^\d+(\.\d{3})*,\d{1,2}$/.test(figure);
  const plain = figure.replaceAll('.', '').replace(',', '.');
  return [
    `${written} has a comma where none belongs`,
    'a point before decimals, and commas between groups of three digits only',
    decimals ? `write ${sign}${plain}${percent}` : 'write the number without commas',
  ];
}

function exponent(written = ''): Advice {
  const value = Number(written);
  const plain = Number.isSafeInteger(value) ? `write ${value}` : 'write the number out';
  return [cannotRead(written), 'digits, with k, M or B after them', plain];
}
