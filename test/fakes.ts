/** Stand-ins for the doors to the world: a clock that is set, a source that is told what to give, a channel that remembers, a log that listens. */
import type { Destination, Platform } from '../src/core/destination.ts';
import type { Message } from '../src/core/message.ts';
import type { Channel, Reading, SendOutcome, Source } from '../src/core/ports.ts';
import { type Instant, MINUTE } from '../src/core/time.ts';
import type { Log } from '../src/engine/log.ts';

export type SetClock = { now(): Instant; set(now: Instant): void };

export function setClock(start: Instant): SetClock {
  let current = start;
  return {
    now: () => current,
    set: (now) => {
      current = now;
    },
  };
}

export type Sent = { readonly to: Destination; readonly message: Message; readonly key: string };

/** Gives the outcomes in order, the last one for good; `sent` lists every attempt. */
export function fakeChannel(
  platform: Platform,
  ...outcomes: readonly SendOutcome[]
): Channel & { readonly sent: Sent[] } {
  const sent: Sent[] = [];
  return {
    platform,
    sent,
    start: async () => {},
    send: async (to, message, key) => {
      sent.push({ to, message, key });
      return outcomes[Math.min(sent.length, outcomes.length) - 1] ?? { kind: 'sent', message: `m${sent.length}` };
    },
    stop: async () => {},
  };
}

export type HeardLog = Log & { readonly lines: string[] };

export function heardLog(): HeardLog {
  const lines: string[] = [];
  const write = (level: string) => (fields: Readonly<Record<string, unknown>>, text: string) =>
    void lines.push(`${level} ${text} ${JSON.stringify(fields)}`);
  return { lines, debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** A source that gives what its reply says is the next of `readings`, the last one for good. */
export function fakeSource(id: string, over: Partial<Source> = {}, ...readings: readonly Partial<Reading>[]): Source {
  let asked = 0;
  return {
    id,
    title: id,
    homepage: 'https://example.com',
    every: 10 * MINUTE,
    series: [],
    requests: () => [{ url: `https://example.com/${id}?key=secret` }],
    parse: () => ({ ...NO_READING, ...readings[Math.min(asked++, readings.length - 1)] }),
    ...over,
  };
}

const NO_READING: Reading = { samples: [], articles: [], dropped: [] };
