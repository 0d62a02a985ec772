/** One line of the journal, one commit: `checksum {"v":1,"seq":42,"events":[…]}`. */
import { crc32 } from 'node:zlib';
import type { Event } from '../core/events.ts';
import { type Migration, migrate } from './migrations.ts';

export type Line = { readonly v: number; readonly seq: number; readonly json: string };

const KINDS: Readonly<Record<Event['kind'], true>> = {
  rule: true,
  change: true,
  subscribed: true,
  unsubscribed: true,
  owed: true,
  suppressed: true,
  sent: true,
  deferred: true,
  refused: true,
  moved: true,
  source: true,
  disputed: true,
  blind: true,
  notice: true,
  marked: true,
  unmarked: true,
  added: true,
  handled: true,
};

const SPACE = 0x20;
const HEAD = /^\{"v":([1-9]\d{0,8}),"seq":([1-9]\d{0,15}),"events":\[/;

/** CRC-32 of the UTF-8 text, as 8 hexadecimal digits. */
export function checksum(text: string | Uint8Array): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** `events` is a JSON array. The newline is part of the line. */
export function writeLine(v: number, seq: number, events: string): string {
  const json = `{"v":${v},"seq":${seq},"events":${events}}`;
  return `${checksum(json)} ${json}\n`;
}

/** Reads a line without its newline. `damaged`: the checksum is not that of the rest. `foreign`: whole, but no commit. */
export function readLine(bytes: Buffer): Line | 'damaged' | 'foreign' {
  if (bytes.length < 10 || bytes[8] !== SPACE) return 'damaged';
  const body = bytes.subarray(9);
  if (bytes.toString('latin1', 0, 8) !== checksum(body)) return 'damaged';
  const json = body.toString('utf8');
  const head = HEAD.exec(json);
  return head === null ? 'foreign' : { v: Number(head[1]), seq: Number(head[2]), json };
}

/** The events of a line in today's schema. Throws, saying what is wrong, on an event this version does not know. */
export function eventsOf(line: Line, migrations: readonly Migration[]): readonly Event[] {
  const { events } = JSON.parse(line.json) as { events: readonly unknown[] };
  return checkKinds(migrate(events, line.v, migrations));
}

/** Gives the events back if `apply` knows every kind among them; throws otherwise. */
export function checkKinds(events: readonly unknown[]): readonly Event[] {
  for (const event of events) {
    const kind = typeof event === 'object' && event !== null && 'kind' in event ? event.kind : undefined;
    if (typeof kind !== 'string' || !Object.hasOwn(KINDS, kind))
      throw new Error(`an event of unknown kind ${JSON.stringify(kind) ?? 'undefined'}`);
  }
  return events as readonly Event[];
}
