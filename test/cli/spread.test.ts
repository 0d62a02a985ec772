/** The shipped sources and feeds are asked at their own pace, and not all at once. */
import { expect, test } from 'vitest';
import { sourcesOf } from '../../src/cli/sources.ts';
import { loadConfig } from '../../src/config/load.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../src/core/time.ts';
import { isDue } from '../../src/engine/schedule.ts';
import { BUILT_IN, buildSources } from '../../src/sources/registry.ts';

const loaded = await loadConfig(new URL('../../config', import.meta.url).pathname);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
const { config } = loaded;
const everyKey = new Map(
  Object.values(BUILT_IN).flatMap((create) => {
    const { key } = create({});
    return key === null ? [] : [[key.variable, 'a-key'] as const];
  }),
);
const { sources } = sourcesOf(config, everyKey);

test('within an hour no minute asks more than an eighth of all', () => {
  const start: Instant = Date.UTC(2026, 6, 1);
  const last = new Map<string, Instant>();
  const minutes = new Map<number, number>();
  // The first hour settles every job in its own slot; the second is counted.
  for (let now = start; now < start + 2 * HOUR; now += SECOND)
    for (const source of sources) {
      const job = { id: `poll ${source.id}`, every: source.every };
      const before = last.get(source.id) ?? null;
      if (!isDue(job, before, before ?? undefined, now)) continue;
      last.set(source.id, now);
      const minute = Math.floor((now - start) / MINUTE);
      minutes.set(minute, (minutes.get(minute) ?? 0) + source.requests().length);
    }
  const requests = sources.reduce((sum, source) => sum + source.requests().length, 0);
  const second = [...minutes].flatMap(([minute, count]) => (minute >= 60 ? [count] : []));
  expect(Math.max(...second)).toBeLessThanOrEqual(requests / 8);
});

test('no endpoint is asked by two sources, nor twice by one', () => {
  const asked = sources.flatMap((source) => source.requests().map(({ url, body }) => `${url} ${body ?? ''}`));
  expect(asked.filter((one, index) => asked.indexOf(one) !== index)).toEqual([]);
});

test('no source is asked more often than is of use', () => {
  for (const [id, create] of Object.entries(BUILT_IN)) {
    const { every, least } = create({});
    const configured = config.sources.find((entry) => entry.id === id)?.every;
    expect(Math.min(every, configured ?? every), id).toBeGreaterThanOrEqual(least);
  }
});

test('keys reach no address', () => {
  const { sources: keyed } = buildSources(config.sources, everyKey);
  for (const source of keyed)
    for (const { url, body } of source.requests()) expect(`${url} ${body ?? ''}`).not.toContain('a-key');
});
