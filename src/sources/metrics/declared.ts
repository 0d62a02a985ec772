/** A source that needs no code: an owner's URL, and JSON Pointers to the figures behind it. */
import type { Reading, Source } from '../../core/ports.ts';
import type { DeclaredSource } from '../../core/settings.ts';
import type { Instant } from '../../core/time.ts';
import { join, without, withoutAll } from '../figures.ts';
import { oddInstant, readInstant } from '../instant.ts';
import { readJson } from '../json.ts';
import { pointAt } from '../pointer.ts';

/** Values count as they stand, in the metric's unit; without `at` they hold at the time of the fetch. */
export function declared(config: DeclaredSource): Source {
  const series = config.samples.map((sample) => sample.series);
  return {
    id: config.id,
    title: config.id,
    homepage: new URL(config.json).origin,
    every: config.every,
    // Figures without a time of their own are as new as the asking; dated ones tell their pace themselves.
    series: [...new Map(config.samples.map(({ series: id, at }) => [id, at]))].map(([id, at]) => ({
      id,
      refresh: at === undefined ? config.every : null,
    })),
    requests: () => [config.private ? { url: config.json, private: true } : { url: config.json }],
    parse: (reply, _request, now) => {
      const body = readJson(reply);
      if (!body.ok) return withoutAll(series, body.reason);
      return join(config.samples.map((sample) => readSample(sample, body.value, config.id, now)));
    },
  };
}

function readSample(
  { series, value: pointer, at: atPointer }: DeclaredSource['samples'][number],
  body: unknown,
  source: string,
  now: Instant,
): Reading {
  const value = pointAt(body, pointer);
  if (typeof value !== 'number' || !Number.isFinite(value))
    return without(series, `${place(pointer)} ${describe(value)}, not a number`);
  const at = atPointer === undefined ? now : readInstant(pointAt(body, atPointer));
  if (at === undefined) {
    const found = describe(pointAt(body, atPointer ?? ''));
    return without(series, `${place(atPointer ?? '')} ${found}, not ISO-8601 with a zone or unix seconds`);
  }
  const odd = atPointer === undefined ? null : oddInstant(at, now);
  if (odd !== null) return without(series, `${place(atPointer ?? '')} ${odd}`);
  return { samples: [{ series, at, value, source }], articles: [], dropped: [] };
}

function place(pointer: string): string {
  return pointer === '' ? 'the body' : pointer;
}

/** What was found instead, in words; numbers in quotes are named because they look right to the eye. */
function describe(value: unknown): string {
  if (value === undefined) return 'leads to nothing';
  if (value === null) return 'is null';
  if (Array.isArray(value)) return 'is a list';
  if (typeof value === 'string')
    return value.trim() !== '' && Number.isFinite(Number(value)) ? 'is a number in quotes, a text' : 'is a text';
  if (typeof value === 'number') return Number.isFinite(value) ? 'is a number' : 'is larger than a number can hold';
  return typeof value === 'boolean' ? 'is true or false' : 'is an object';
}
