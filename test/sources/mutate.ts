/** Every way a provider's good body can go wrong, for bodies of any kind. */
import { gzipSync } from 'node:zlib';

/** One spoilt body, and what it is called. */
export type Mutant = { readonly name: string; readonly body: string | Uint8Array; readonly json: unknown };

type Path = readonly (string | number)[];

/** What a field becomes. NaN is no JSON, so its words stand for it. */
const VALUES: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['text', 'x'],
  ['empty text', ''],
  ['NaN in quotes', 'NaN'],
  ['Infinity in quotes', 'Infinity'],
  ['negative', -1],
  ['1e308', 1e308],
  ['zero', 0],
  ['true', true],
  ['empty list', []],
  ['empty object', {}],
];

/** Paths of every place inside a JSON value. */
function places(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((name) => {
    const key = Array.isArray(value) ? Number(name) : name;
    const inside = (value as Record<string | number, unknown>)[key];
    return [[...at, key], ...places(inside, [...at, key])];
  });
}

function get(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

/** A copy with `change` applied to what holds the place, and its key. */
function edited(value: unknown, path: Path, change: (holder: unknown, key: string | number) => void): unknown {
  const copy = structuredClone(value);
  change(get(copy, path.slice(0, -1)), path.at(-1) as string | number);
  return copy;
}

const set = (to: unknown) => (holder: unknown, key: string | number) => {
  (holder as Record<string | number, unknown>)[key] = to;
};

function remove(holder: unknown, key: string | number): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete (holder as Record<string, unknown>)[key as string];
}

function mutant(name: string, json: unknown): Mutant {
  return { name, body: JSON.stringify(json), json };
}

/** One place at a time: removed, replaced by each odd value, its number in quotes, itself in a list of one. */
export function* spoiltFields(good: unknown): Generator<Mutant> {
  for (const path of places(good)) {
    const name = path.join('.');
    const was = get(good, path);
    yield mutant(`${name} removed`, edited(good, path, remove));
    for (const [word, value] of VALUES) yield mutant(`${name} ${word}`, edited(good, path, set(value)));
    if (typeof was === 'number') yield mutant(`${name} in quotes`, edited(good, path, set(String(was))));
    yield mutant(`${name} in a list of one`, edited(good, path, set([was])));
  }
}

/** Lists with every row twice. */
export function* duplicated(good: unknown): Generator<Mutant> {
  for (const path of [[], ...places(good)]) {
    const list = get(good, path);
    if (!Array.isArray(list) || list.length === 0 || typeof list[0] !== 'object') continue;
    const twice = list.flatMap((row) => [row, structuredClone(row)]);
    yield mutant(
      `rows of ${path.join('.') || 'the body'} twice`,
      path.length === 0 ? twice : edited(good, path, set(twice)),
    );
  }
}

/** Lists backwards. Only lists of rows: a pair such as [time, value] is not a list of rows. */
export function* reordered(good: unknown): Generator<Mutant> {
  for (const path of [[], ...places(good)]) {
    const list = get(good, path);
    if (!Array.isArray(list) || list.length < 2 || typeof list[0] !== 'object') continue;
    const back = list.toReversed();
    yield mutant(
      `rows of ${path.join('.') || 'the body'} backwards`,
      path.length === 0 ? back : edited(good, path, set(back)),
    );
  }
}

const PLACE = '<a million rows>';

/** The body with its longest list of rows grown to `count` rows by copying its own; null where there is none. */
export function grown(good: unknown, count: number): string | null {
  const lists = [[], ...places(good)].filter((path) => {
    const list = get(good, path);
    return Array.isArray(list) && list.length > 0 && typeof list[0] === 'object';
  });
  const [path] = lists.toSorted((a, b) => (get(good, b) as unknown[]).length - (get(good, a) as unknown[]).length);
  if (path === undefined) return null;
  const rows = get(good, path) as unknown[];
  const once = JSON.stringify(rows).slice(1, -1);
  const text = `[${Array.from({ length: Math.ceil(count / rows.length) }, () => once).join(',')}]`;
  const whole = JSON.stringify(path.length === 0 ? PLACE : edited(good, path, set(PLACE)));
  return whole.replace(JSON.stringify(PLACE), () => text);
}

/** Bodies that are nothing of the kind that was asked for. */
export function useless(good: string): readonly (readonly [string, string | Uint8Array])[] {
  return [
    ['an HTML error page', '<!doctype html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'],
    ['nothing', ''],
    ['white space', ' \r\n\t '],
    ['a word', 'Unauthorized'],
    ['null', 'null'],
    ['a number', '7'],
    ['an empty list', '[]'],
    ['an empty object', '{}'],
    ['an error object', '{"error":{"code":500,"message":"internal"}}'],
    ['the first half', good.slice(0, Math.floor(good.length / 2))],
    ['UTF-16', new Uint8Array(Buffer.from(`\uFEFF${good}`, 'utf16le'))],
    ['Latin-1 with an umlaut', new Uint8Array([0x7b, 0x22, 0xe4, 0xf6, 0x22, 0x3a, 0x31, 0x7d])],
    ['gzip that nobody announced', new Uint8Array(gzipSync(good))],
    ['zeros', new Uint8Array(1000)],
    ['a deep list', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['inherited names', '{"__proto__":{"data":[]},"constructor":{"prototype":{}},"toString":1}'],
  ];
}
