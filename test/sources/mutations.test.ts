/** Whatever a provider sends: no crash, no figure that its body does not hold, and a reason for each that is missing. */
import { describe, expect, test } from 'vitest';
import type { Reading, Reply, Request, Source } from '../../src/core/ports.ts';
import { BUILT_IN } from '../../src/sources/registry.ts';
import { PROVIDERS } from '../providers/index.ts';
import type { Provider } from '../providers/provider.ts';
import { NOW } from './bodies.ts';
import { duplicated, grown, reordered, spoiltFields, useless } from './mutate.ts';
import { answerTo, newestOf, readingOf, replyTo, routeOf, textOf } from './parse.ts';

function sourceOf({ source: id, key }: Provider): Source {
  const create = BUILT_IN[id];
  if (create === undefined) throw new Error(`no built-in source is called ${id}`);
  return create(key === undefined ? {} : { key });
}

test('every source that ships has its provider here', () => {
  expect(PROVIDERS.map(({ source }) => source).toSorted()).toEqual(Object.keys(BUILT_IN).toSorted());
});

test('two providers of one series agree here, as they should in earnest', () => {
  const given = new Map<string, number>();
  for (const { source, gives } of PROVIDERS)
    for (const [series, value] of Object.entries(gives)) {
      const other = given.get(series) ?? value;
      expect(Math.abs(value - other), `${source}: ${series}`).toBeLessThanOrEqual(0.1 * Math.max(value, other));
      given.set(series, value);
    }
});

describe.each(PROVIDERS.map((provider) => [provider.source, provider] as const))('%s', (_, provider) => {
  const source = sourceOf(provider);
  const known = new Set(source.series.map(({ id }) => id));

  /** What holds for any answer at all. */
  function isWellFormed(reading: Reading): void {
    for (const { series, at, value, source: from } of reading.samples) {
      expect(known).toContain(series);
      expect(from).toBe(source.id);
      expect(Number.isFinite(value) && Number.isFinite(at), `${series} ${value} ${at}`).toBe(true);
    }
    for (const { what, reason } of reading.dropped) expect(what !== '' && reason !== '').toBe(true);
  }

  function parse(reply: Reply, request: Request): Reading {
    const reading = source.parse(reply, request, NOW);
    isWellFormed(reading);
    return reading;
  }

  test('gives what its provider says, the newest of each series', () => {
    expect(newestOf(readingOf(source, provider, NOW))).toEqual(
      Object.fromEntries(Object.entries(provider.gives).sort()),
    );
  });

  const requests = [...source.requests(), ...(source.backfill?.() ?? [])];
  describe.each(
    requests.map(
      (request) => [`${new URL(request.url).pathname} ${request.body ?? ''}`.slice(0, 90), request] as const,
    ),
  )('%s', (_, request) => {
    const route = routeOf(provider, request, NOW);
    const text = textOf(route);
    const answer = answerTo(source, provider, request, NOW);
    const baseline = parse(answer, request);
    const whole = (body: string | Uint8Array): Reply => ({
      ...replyTo(body, route),
      ...(answer.further === undefined ? {} : { further: answer.further }),
    });
    const isNew = (reading: Reading): readonly unknown[] => {
      const usual = new Set(baseline.samples.map((sample) => JSON.stringify(sample)));
      return reading.samples.filter((sample) => !usual.has(JSON.stringify(sample)));
    };
    const isSilent = (reading: Reading): boolean =>
      reading.samples.length < baseline.samples.length && reading.dropped.length <= baseline.dropped.length;

    test('has something to spoil', () => {
      expect(baseline.samples.length).toBeGreaterThan(0);
    });

    test.each(useless(text))('%s: no figure, and a reason', (_, body) => {
      const reading = parse(replyTo(body, route), request);
      expect(reading.samples).toEqual([]);
      expect(reading.dropped.length).toBeGreaterThan(0);
      expect(source.next?.(replyTo(body, route), request) ?? null).toBeNull();
    });

    test('cut anywhere: no figure that the whole does not hold', () => {
      for (let length = 0; length < text.length; length += Math.ceil(text.length / 200)) {
        const reading = parse(whole(text.slice(0, length)), request);
        expect(isNew(reading), `cut at ${length}`).toEqual([]);
      }
    });

    if (typeof route.body === 'string') {
      test('its lines twice or backwards: the same figures, or fewer with a reason', () => {
        const lines = text.split('\n');
        for (const body of [lines.flatMap((line) => [line, line]).join('\n'), lines.toReversed().join('\n')]) {
          const reading = parse(whole(body), request);
          expect(isNew(reading)).toEqual([]);
          expect(isSilent(reading)).toBe(false);
        }
      });
      test('its numbers spoilt one at a time', () => {
        for (const match of text.matchAll(/\d+(\.\d+)?/g))
          for (const odd of ['-1', 'NaN', '1e308', '', 'x', '0']) {
            const body = text.slice(0, match.index) + odd + text.slice(match.index + match[0].length);
            parse(whole(body), request);
          }
      });
      return;
    }

    test('one field at a time: what is lost has a reason', () => {
      const unread = new Set(provider.unread ?? []);
      for (const { name, body } of spoiltFields(route.body)) {
        const reading = parse(whole(body), request);
        if (provider.names?.some((key) => name.split(/[. ]/).includes(key)) === true) continue;
        if (name.split(/[. ]/).some((key) => unread.has(key))) continue;
        expect(isSilent(reading), `${name} is lost in silence`).toBe(false);
      }
    }, 60_000);

    test('rows twice: the same figures, or fewer with a reason', () => {
      for (const { name, body } of duplicated(route.body)) {
        const reading = parse(whole(body), request);
        expect(isNew(reading), name).toEqual([]);
        expect(isSilent(reading), name).toBe(false);
      }
    });

    test('rows backwards: the same figures', () => {
      const usual = baseline.samples.map((sample) => JSON.stringify(sample)).toSorted();
      for (const { name, body } of reordered(route.body)) {
        const reading = parse(whole(body), request);
        expect(reading.samples.map((sample) => JSON.stringify(sample)).toSorted(), name).toEqual(usual);
      }
    });

    test('a million rows: no crash, no other figure', () => {
      const rows = grown(route.body, 1_000_000);
      if (rows === null) return;
      expect(isNew(parse(whole(rows), request))).toEqual([]);
    }, 60_000);
  });
});
