/** What every source must survive: useless bodies, one field spoiled at a time, and whatever fast-check thinks of. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reading, Reply, Request, Source } from '../../src/core/ports.ts';
import { NOW, numbersOf, pathsOf, replyOf, SPOILS, spoiled, textReply, USELESS, valueAt } from './bodies.ts';

/**
 * @param good a body that gives samples
 * @param options.names keys whose text only names a row: another name makes it somebody else's row, without a word
 * @param options.signed figures may be negative
 */
export function survivesAnything(
  source: Source,
  request: Request,
  good: unknown,
  options: { readonly names?: readonly string[]; readonly signed?: boolean } = {},
): void {
  const { names = [], signed = false } = options;
  const parse = (reply: Reply): Reading => source.parse(reply, request, NOW);
  const baseline = parse(replyOf(good));
  const expected = new Set(baseline.samples.map((sample) => JSON.stringify(sample)));

  const derived = baseline.samples.map((sample) => sample.value);

  function isHonest(reading: Reading, body: unknown): void {
    const known = new Set([...numbersOf(body), ...derived]);
    for (const { series, at, value, source: from } of reading.samples) {
      expect(from).toBe(source.id);
      expect(source.series.map(({ id }) => id)).toContain(series);
      expect(Number.isFinite(value) && Number.isFinite(at)).toBe(true);
      if (!signed) expect(value).toBeGreaterThanOrEqual(0);
      if (!numbersOf(body).includes(1e308)) expect(known).toContain(value);
    }
    for (const { what, reason } of reading.dropped) expect(what !== '' && reason !== '').toBe(true);
  }

  describe(`${source.id}: ${new URL(request.url).pathname}`, () => {
    test('has a body to spoil', () => {
      expect(baseline.samples.length).toBeGreaterThan(0);
    });

    test.each(USELESS)('%s gives no sample and says why', (_, text, why) => {
      const reading = parse(textReply(text));
      expect(reading.samples).toEqual([]);
      expect(reading.dropped.length).toBeGreaterThan(0);
      expect(reading.dropped[0]?.reason).toMatch(why);
    });

    test('a byte order mark does no harm', () => {
      expect(parse(textReply(`\uFEFF${JSON.stringify(good)}`))).toEqual(baseline);
    });

    test('cut anywhere, it gives no sample', () => {
      const text = JSON.stringify(good);
      for (let length = 0; length < text.length; length += 7) {
        const reading = parse(textReply(text.slice(0, length)));
        expect(reading.samples).toEqual([]);
        expect(reading.dropped.length).toBeGreaterThan(0);
      }
    });

    test.each(Object.keys(SPOILS))('one field at a time: %s', (name) => {
      for (const path of pathsOf(good)) {
        const body = spoiled(good, path, SPOILS[name]);
        const reading = parse(replyOf(body));
        isHonest(reading, body);
        const lost = [...expected].filter(
          (sample) => !reading.samples.some((other) => JSON.stringify(other) === sample),
        );
        const silent = reading.dropped.length <= baseline.dropped.length && reading.samples.length < expected.size;
        expect(silent, `${path.join('.')} ${name}: ${lost.join()}`).toBe(false);
      }
    });

    test('numbers in quotes are no numbers', () => {
      for (const path of pathsOf(good)) {
        const value = valueAt(good, path);
        if (typeof value !== 'number') continue;
        const reading = parse(replyOf(spoiled(good, path, String(value))));
        // Another row of the same body may come in its place, but never without a reason.
        for (const sample of reading.samples) expect(numbersOf(good).concat(derived)).toContain(sample.value);
        const same = reading.samples.filter((sample) => expected.has(JSON.stringify(sample))).length;
        if (same < expected.size) expect(reading.dropped.length).toBeGreaterThan(baseline.dropped.length);
      }
    });

    test('other texts in place of texts', () => {
      for (const path of pathsOf(good)) {
        if (typeof valueAt(good, path) !== 'string' || names.includes(String(path.at(-1)))) continue;
        const reading = parse(replyOf(spoiled(good, path, 'x')));
        for (const sample of reading.samples) expect(expected).toContain(JSON.stringify(sample));
        if (reading.samples.length < expected.size)
          expect(reading.dropped.length, path.join('.')).toBeGreaterThan(baseline.dropped.length);
      }
    });

    test('any JSON, any bytes', () => {
      fc.assert(
        fc.property(fc.oneof(fc.json(), fc.uint8Array({ maxLength: 200 })), (body) => {
          const reading = parse(textReply(body));
          expect(reading.samples).toEqual([]);
          expect(reading.dropped.length).toBeGreaterThan(0);
        }),
        { numRuns: 200 },
      );
    });
  });
}
