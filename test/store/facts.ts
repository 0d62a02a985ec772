/** Events and observations to feed a store with, and states and directories in a form that can be compared. */
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll } from 'vitest';
import type { TierChange, WatchChange } from '../../src/core/change.ts';
import type { Destination } from '../../src/core/destination.ts';
import type { Event } from '../../src/core/events.ts';
import type { Article, NewsMention, Print } from '../../src/core/news.ts';
import type { Sample } from '../../src/core/series.ts';
import { apply, type State, TABLE_NAMES } from '../../src/core/state.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import { openStore, type StoreOptions } from '../../src/store/open.ts';
import { emptyState } from '../../src/store/tables.ts';

export const NOW = Date.UTC(2026, 10, 15, 12);

function chat(number: number): Destination {
  return { platform: 'telegram', chat: `-100${number}`, thread: number % 2 === 0 ? null : '7' };
}

export function subscribed(number: number): Event {
  return { kind: 'subscribed', subscription: { destination: chat(number), networks: ['akash'], by: 'ann', at: NOW } };
}

export function owed(number: number): Event {
  const delivery = {
    id: `d${number}`,
    destination: chat(number),
    changes: ['c1'],
    at: NOW,
    attempts: 0,
    notBefore: NOW,
  };
  return { kind: 'owed', delivery, reason: 'subscribed' };
}

function tierChange(number: number): TierChange {
  return {
    kind: 'tier',
    id: `c${number}`,
    at: NOW + number,
    networks: ['akash'],
    network: 'akash',
    cause: 'rule',
    drivers: [],
    from: 'watching',
    to: 'avoid',
    says: 'Utilization fell to 13.4% – “too low”\nfor 14 days.',
    against: [],
    back: [],
  };
}

function watchChange(number: number, on: boolean): WatchChange {
  const verdict = { truth: 'true', expression: 'a > b', says: '2 > 1', readings: [], children: [] } as const;
  const driver = {
    rule: 'r1',
    version: 'v',
    title: 't',
    because: null,
    effect: { watch: 'negative' },
    ended: false,
    verdict,
  } as const;
  const { id, at, networks, cause } = tierChange(number);
  return { kind: 'watch', id, at, networks, cause, drivers: [driver], direction: 'negative', on, says: 'x' };
}

/** One event of each table at least. */
export const EVERY_TABLE: readonly Event[] = [
  { kind: 'rule', at: NOW, rule: 'r1', network: 'akash', state: phase(NOW) },
  { kind: 'change', change: tierChange(1) },
  { kind: 'change', change: watchChange(2, true) },
  subscribed(1),
  owed(1),
  { kind: 'suppressed', at: NOW, destination: chat(2), changes: ['c1'], reason: 'not subscribed to akash' },
  { kind: 'source', source: 'akash-stats', health: { state: 'dark', since: NOW, why: 'HTTP 503' } },
  { kind: 'handled', platform: 'telegram', update: 42 },
  marked('wrong'),
  added(article('by-hand', 0)),
];

/** An admin marks an article as wrong. */
export function marked(id: string): Event {
  const { title, summary, link, outlet, published, events } = article(id, 0);
  const mark = { article: id, at: NOW, by: 'telegram:1', reason: 'about a testnet', title, summary, link, outlet };
  return { kind: 'marked', mark: { ...mark, published, events } };
}

export function unmarked(id: string): Event {
  return { kind: 'unmarked', at: NOW, article: id, by: 'telegram:1' };
}

/** An admin adds a report. */
export function added(one: Article): Event {
  return { kind: 'added', addition: { article: one, at: NOW, by: 'telegram:1' } };
}

function phase(since: number) {
  return { version: 'v1', phase: 'pending', since, held: since, frozen: null } as const;
}

/** Any event, with names from so few that events meet. */
export const anyEvent: fc.Arbitrary<Event> = fc
  .tuple(fc.nat(15), fc.nat(4), fc.nat(1000), fc.string())
  .map(([kind, n, at, text]): Event => {
    const [rule, network, delivery] = [`r${n % 2}`, `n${n}`, `d${n}`];
    const options: readonly Event[] = [
      { kind: 'rule', at, rule, network, state: phase(at) },
      { kind: 'rule', at, rule, network, state: null },
      { kind: 'change', change: { ...tierChange(at), network, says: text } },
      { kind: 'change', change: watchChange(at, n % 2 === 0) },
      subscribed(n),
      { kind: 'unsubscribed', at, destination: chat(n), by: text, networks: n % 2 === 0 ? 'all' : ['akash'] },
      owed(n),
      { kind: 'suppressed', at, destination: chat(n), changes: [text], reason: text },
      { kind: 'sent', at, delivery, message: text },
      { kind: 'deferred', at, delivery, notBefore: at, why: text },
      { kind: 'refused', at, delivery, why: text, unsubscribe: n % 2 === 0 },
      { kind: 'moved', at, from: chat(n), to: chat(n + 1) },
      { kind: 'handled', platform: 'discord', update: at },
      marked(`a${n}`),
      unmarked(`a${n}`),
      added(article(`a${n}`, at)),
    ];
    return options[kind] ?? subscribed(n);
  });

export function fold(events: readonly Event[]): State {
  return events.reduce(apply, emptyState());
}

/** The state as plain data. Tables with an order keep it, the others are sorted. */
export function plain(state: State): unknown {
  return TABLE_NAMES.map((name) => {
    const entries = [...state[name].entries()] as [string, unknown][];
    const ordered = name === 'owed' || name === 'changes';
    return [name, ordered ? entries : entries.sort(([a], [b]) => (a < b ? -1 : 1))];
  });
}

export function sample(hour: number, value: number, more: Partial<Sample> = {}): Sample {
  return { series: 'akash.gpu_utilization', at: NOW + hour * HOUR, value, source: 'akash-stats', ...more };
}

/** A text's fingerprint: of a few terms, and of word sequences that only it has unless they are given. */
export function printed(terms: readonly string[], shingles: readonly number[] = []): { readonly print: Print } {
  return { print: { terms, shingles } };
}

export function article(id: string, day: number, mention: Partial<NewsMention> = {}): Article {
  const event = {
    type: 'lab_training',
    network: 'akash',
    status: 'done',
    because: ['trained on'],
    ...mention,
  } as const;
  return {
    id,
    feed: 'press',
    outlet: `outlet of ${id}`,
    owner: 'owner',
    trust: 'press',
    title: `Title of ${id}`,
    summary: null,
    link: 'https://example.org',
    published: NOW + day * DAY,
    events: [event],
  };
}

const made: string[] = [];
afterAll(async () => {
  for (const dir of made.splice(0)) await rm(dir, { recursive: true, force: true });
});

/** A fresh empty directory, removed when the test file is done. */
export async function freshDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'tierwatch-store-'));
  made.push(dir);
  return dir;
}

/** The directory as a crash at this moment would leave it, in another place. */
export async function crashed(dir: string): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const copy = await freshDir();
    try {
      // At one stroke, so that the writer in this process cannot move on meanwhile; at most one of its deletions is under way.
      cpSync(dir, copy, { recursive: true });
      await rm(join(copy, 'lock'), { force: true });
      return copy;
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}

/** Opens a store on disk with test settings; `lines` gathers what it reports. */
export function openAt(dir: string, more: Partial<StoreOptions> = {}, lines: string[] = []) {
  return openStore({ dir, retention: 800 * DAY, now: NOW, report: (line) => lines.push(line), ...more });
}

export const FIRST_SEGMENT = join('journal', '00000001.log');
