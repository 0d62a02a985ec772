/** Replies made by hand, and every way a good body can be spoiled. */
import type { Reading, Reply, Request, Source } from '../../src/core/ports.ts';

export const NOW = Date.parse('2026-07-17T20:10:00Z');

export function replyOf(body: unknown): Reply {
  return textReply(JSON.stringify(body));
}

export function textReply(text: string | Uint8Array): Reply {
  return {
    bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
    contentType: 'application/json',
    modified: null,
  };
}

/** The samples of a reading by series, in short. */
export function valuesOf(reading: Reading): Record<string, number> {
  return Object.fromEntries(reading.samples.map(({ series, value }) => [series, value]));
}

export function reasonsOf(reading: Reading): Record<string, string> {
  return Object.fromEntries(reading.dropped.map(({ what, reason }) => [what, reason]));
}

export function requestOf(source: Source, part: string): Request {
  const request = source.requests().find(({ url }) => url.includes(part));
  if (request === undefined) throw new Error(`no request with ${part}`);
  return request;
}

type Path = readonly (string | number)[];

/** Paths of everything inside a body, inner nodes included. */
export function pathsOf(body: unknown, at: Path = []): Path[] {
  if (typeof body !== 'object' || body === null) return [at];
  const inside = Object.entries(body).flatMap(([key, value]) =>
    pathsOf(value, [...at, Array.isArray(body) ? Number(key) : key]),
  );
  return at.length === 0 ? inside : [at, ...inside];
}

const REMOVE = Symbol('remove');
/** Of another type than anything wanted, or of no possible value. */
export const SPOILS: Readonly<Record<string, unknown>> = {
  removed: REMOVE,
  null: null,
  true: true,
  list: [],
  object: {},
  nested: [[1]],
  minus: -1,
  huge: 1e308,
};

/** A copy of the body with one place spoiled. */
export function spoiled(body: unknown, path: Path, spoil: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return spoil;
  const copy = (Array.isArray(body) ? [...body] : { ...(body as object) }) as Record<string | number, unknown>;
  if (rest.length > 0) copy[key] = spoiled(copy[key], rest, spoil);
  else if (spoil === REMOVE) delete copy[key];
  else copy[key] = spoil;
  return copy;
}

export function valueAt(body: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], body);
}

/** Every number in a body. */
export function numbersOf(body: unknown): number[] {
  return pathsOf(body)
    .map((path) => valueAt(body, path))
    .filter((value) => typeof value === 'number');
}

/** Bodies that are no JSON of any use, with what their reason must say. */
export const USELESS: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
  ['HTML', '<!DOCTYPE html><html><body>Just a moment…</body></html>', /HTML page/],
  ['XML', '<?xml version="1.0"?><error/>', /markup, not JSON/],
  ['nothing', '', /empty/],
  ['white space', ' \n ', /empty/],
  ['words', 'Too many requests', /not JSON/],
  ['half an object', '{"resources": {"gpu": {"act', /broken JSON/],
  ['NaN', '{"value": NaN}', /broken JSON/],
  ['bytes', Uint8Array.from([0x7b, 0xff, 0xfe, 0x7d]), /not UTF-8/],
  ['UTF-16', Uint8Array.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), /not UTF-8/],
  ['null', 'null', /./],
  ['a number', '5', /./],
  ['a text', '"ok"', /./],
  ['an empty list', '[]', /./],
  ['an empty object', '{}', /./],
  ['a deep list', '['.repeat(200_000) + ']'.repeat(200_000), /./],
  ['a deep object', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, /./],
  ['an error', '{"status":{"error_code":429,"error_message":"rate limited"}}', /./],
  ['inherited names', '{"__proto__":{"now":1},"constructor":{"prototype":{}}}', /./],
];
