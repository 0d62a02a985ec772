/** The daily record of what AWS asks for its eight-H100 instance, p5.48xlarge, in us-east-1 on demand. */
import type { Dropped, Reading, Request } from '../../core/ports.ts';
import type { Sample } from '../../core/series.ts';
import { DAY, HOUR, type Instant, parseInstant, toIso } from '../../core/time.ts';
import type { BuiltInSource, Options } from '../built-in.ts';
import { without } from '../figures.ts';
import { oddInstant } from '../instant.ts';
import { readText } from './clouds/text.ts';

const ID = 'aws-p5';
const SERIES = 'aws.h100_price';
const FILE: Request = { url: 'https://raw.githubusercontent.com/amorton45/aws-gpu-price-tracker/main/gpu_prices.csv' };

const HEADER = 'timestamp,instance,price_usd';
const INSTANCE = 'p5.48xlarge';
const GPUS = 8;
/** No window of a rule is longer; older rows stay in the file for good. */
const KEPT = 800 * DAY;

/** One row a day, appended; all of them are given, so that history comes along and late rows are not lost. */
export function awsP5({ every = 6 * HOUR }: Options): BuiltInSource {
  return {
    id: ID,
    title: 'AWS p5.48xlarge, day by day',
    homepage: 'https://github.com/amorton45/aws-gpu-price-tracker',
    about: 'What an H100-hour costs on demand at AWS in us-east-1, day by day: the price of p5.48xlarge by eight.',
    terms: 'A public file on GitHub without a stated licence; the prices in it are from the AWS price API.',
    key: null,
    limits: 'A file on GitHub, renewed once a day.',
    least: HOUR,
    confidence: 'high',
    caveats: [
      'One person keeps the file; a day on which the script failed is missing or has no price.',
      'Its times have no zone and are read as UTC, by which the script takes them.',
    ],
    every,
    series: [{ id: SERIES, refresh: DAY }],
    requests: () => [FILE],
    parse: (reply, _request, now) => {
      const text = readText(reply);
      return text.ok ? readFile(text.value, now) : without(SERIES, text.reason);
    },
  };
}

function readFile(text: string, now: Instant): Reading {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (!lines.includes(HEADER)) return without(SERIES, `the file has no line ${HEADER}`);
  // The script ends every line, so this one was cut off, even where it looks whole.
  if (![HEADER, ''].includes(lines.at(-1) ?? '')) return without(SERIES, `the file breaks off in line ${lines.length}`);
  const prices = new Map<Instant, Set<number>>();
  const odd = new Map<string, Odd>();
  for (const [index, line] of lines.entries()) {
    const row = readLine(line, now);
    if (typeof row === 'string')
      odd.set(row, { first: odd.get(row)?.first ?? index + 1, count: (odd.get(row)?.count ?? 0) + 1 });
    else if (row !== null) prices.set(row.at, (prices.get(row.at) ?? new Set()).add(row.price));
  }
  const { samples, contradictions } = settle(prices);
  const missing = samples.length === 0 ? [{ what: SERIES, reason: `no line has a price of ${INSTANCE}` }] : [];
  return { samples, articles: [], dropped: [...missing, ...told(odd), ...contradictions] };
}

type Odd = { readonly first: number; readonly count: number };
type Row = { readonly at: Instant; readonly price: number };

/** Null for what is not wanted: the header, other instances, what is older than anybody asks for. A text says what is wrong. */
function readLine(line: string, now: Instant): Row | string | null {
  if (line === HEADER || line === '') return null;
  const [time = '', instance = '', price = '', ...more] = line.split(',', 4);
  if (more.length > 0 || line.includes('"')) return `is not ${HEADER}`;
  if (instance !== INSTANCE) return instance === '' ? 'names no instance' : null;
  const at = instantOf(time);
  if (at === undefined) return 'its timestamp is no instant';
  const odd = oddInstant(at, now);
  if (odd !== null) return odd;
  if (at < now - KEPT) return null;
  if (price === '') return 'has no price: the script found none that day';
  return /^\d{1,6}(\.\d{1,12})?$/.test(price) && Number(price) > 0
    ? { at, price: Number(price) }
    : 'its price is no price';
}

/** `2026-08-22T07:34:47`, UTC without saying so, or the bare date of a price that was looked up afterwards. */
function instantOf(time: string): Instant | undefined {
  return parseInstant(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?$/.test(time) ? `${time}Z` : time);
}

function settle(prices: ReadonlyMap<Instant, ReadonlySet<number>>) {
  const samples: Sample[] = [];
  const contradictions: Dropped[] = [];
  for (const [at, listed] of prices) {
    const [price, other] = listed;
    if (price === undefined) continue;
    if (other === undefined) samples.push({ series: SERIES, at, value: price / GPUS, source: ID });
    else contradictions.push({ what: SERIES, reason: `has ${listed.size} prices at ${toIso(at)}` });
  }
  return { samples, contradictions };
}

/** Lines with one fault are told together: the file keeps for good those that once had no price. */
function told(odd: ReadonlyMap<string, Odd>): readonly Dropped[] {
  return [...odd].map(([reason, { first, count }]) => ({
    what: count === 1 ? `line ${first}` : `line ${first} and ${count - 1} more`,
    reason,
  }));
}
