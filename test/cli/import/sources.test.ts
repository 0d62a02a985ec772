/** Sources that tell their past: what is kept of it, beside what they tell of today and what is recorded. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importSources } from '../../../src/cli/import/sources.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Source } from '../../../src/core/ports.ts';
import type { Sample } from '../../../src/core/series.ts';
import { DAY } from '../../../src/core/time.ts';
import { memoryStore } from '../../../src/store/memory.ts';
import { withFolder } from '../../config/folder.ts';
import { setClock } from '../../fakes.ts';
import { type HttpServer, startHttpServer } from '../../servers/http.ts';
import { T0 } from '../../world.ts';
import { terminal } from '../terminal.ts';

const SERIES = 'akash.gpu_utilization';
let server: HttpServer;
beforeAll(async () => {
  server = await startHttpServer((asked, response) =>
    asked.path.startsWith('/bad') ? response.writeHead(404).end() : response.end('{}'),
  );
});
afterAll(() => server.close());

const sample = (days: number, value: number, source = 'mine'): Sample => ({
  series: SERIES,
  at: T0 - days * DAY,
  value,
  source,
});

/** The paths it asks, and what each tells. */
function source(live: readonly Sample[], past: Readonly<Record<string, readonly Sample[]>>): Source {
  const told: Readonly<Record<string, readonly Sample[]>> = { live, ...past };
  return {
    id: 'mine',
    title: 'Mine',
    homepage: 'https://example.com',
    every: DAY,
    series: [{ id: SERIES, refresh: DAY }],
    requests: () => [{ url: server.url('/live'), private: true }],
    backfill: () => Object.keys(past).map((path) => ({ url: server.url(`/${path}`), private: true })),
    parse: (_, { url }) => ({ samples: told[new URL(url).pathname.slice(1)] ?? [], articles: [], dropped: [] }),
  };
}

async function run(from: Source, recorded: readonly Sample[] = []) {
  return withFolder({}, async (dir) => {
    const loaded = await loadConfig(dir);
    if (!loaded.ok) throw new Error('the configuration is not sound');
    const store = memoryStore();
    await store.observe(recorded, []);
    const ask = async () => (await importSources([from], loaded.config, store, setClock(T0), terminal(dir)))[0];
    const [first, second] = [await ask(), await ask()];
    const series = store.evidence().series(SERIES);
    const values = Array.from({ length: series?.length ?? 0 }, (_, at) => [
      (T0 - (series?.time(at) ?? 0)) / DAY,
      series?.value(at),
    ]);
    const told = Array.from({ length: series?.length ?? 0 }, (_, at) => series?.source(at));
    return { first, second, values, told, ran: store.lastRun('backfill mine') };
  });
}

describe('the past that a source tells', () => {
  it('ends where what it tells of today begins, and is told only once', async () => {
    const past = [9, 8, 1, 0].map((days) => sample(days, 0.1));
    const { first, second, values, told, ran } = await run(source([sample(1, 0.5), sample(0, 0.6)], { graph: past }));
    expect(values).toEqual([
      [9, 0.1],
      [8, 0.1],
      [1, 0.5],
      [0, 0.6],
    ]);
    expect(first).toMatchObject({ read: 6, counts: { added: 4, corrected: 0, already: 2 }, failed: [] });
    expect(second).toMatchObject({ read: 6, counts: { added: 0, corrected: 0, already: 6 }, failed: [] });
    expect(told).toEqual(['mine history', 'mine history', 'mine', 'mine']);
    expect(ran).toBe(T0);
  });

  it('ends where the record begins', async () => {
    const past = [9, 5, 1].map((days) => sample(days, 0.1));
    const { values } = await run(source([sample(0, 0.6)], { graph: past }), [
      sample(4, 0.4, 'live'),
      sample(5, 0.5, 'live'),
    ]);
    expect(values).toEqual([
      [9, 0.1],
      [5, 0.5],
      [4, 0.4],
    ]);
  });

  it('is left out as long as a part of it fails; the service will ask for it again', async () => {
    const from = source([sample(0, 0.6)], { graph: [sample(9, 0.1)], bad: [sample(8, 0.1)] });
    const { first, values, ran } = await run(from);
    expect(values).toEqual([[0, 0.6]]);
    expect(first?.failed).toEqual([
      expect.stringMatching(/\/bad: answered 404$/),
      'its history is left out until all of it is answered',
    ]);
    expect(ran).toBeUndefined();
  });

  it('is sifted like any other', async () => {
    const { first, values } = await run(source([], { graph: [sample(9, 7), sample(8, 0.1)] }));
    expect(values).toEqual([[8, 0.1]]);
    expect(first?.refused.map(({ reason }) => reason)).toEqual(['700% is outside 0% to 100%']);
  });
});
