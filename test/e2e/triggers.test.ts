/**
 * The four triggers an analyst waits for, from the bodies of providers and feeds to the tier: fetched over HTTP, parsed,
 * trusted, recorded and judged as in the service. Only the clock is ours.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookOf } from '../../src/cli/book.ts';
import { articleReader, sourcesOf, stepOf } from '../../src/cli/sources.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Change } from '../../src/core/change.ts';
import { DAY, HOUR, type Instant } from '../../src/core/time.ts';
import { createHealth } from '../../src/engine/health.ts';
import { createHttp } from '../../src/engine/http.ts';
import { createJudge } from '../../src/engine/judge.ts';
import { breather } from '../../src/engine/pieces.ts';
import { createPoll } from '../../src/engine/poll.ts';
import { intake } from '../../src/sources/news/intake.ts';
import { sane } from '../../src/sources/sane.ts';
import { createTrust } from '../../src/sources/trust/gate.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { heardLog, setClock } from '../fakes.ts';
import { akash } from '../providers/akash.ts';
import { gcp } from '../providers/gcp.ts';
import { type HttpServer, startHttpServer } from '../servers/http.ts';
import { type Providers, startProviders } from '../servers/providers.ts';
import { scratch, shippedConfigIn } from './program.ts';

const START: Instant = Date.UTC(2026, 2, 1, 12);

/** An RSS item, as an outlet would publish it. */
type Item = { readonly outlet: string; readonly title: string; readonly at: Instant };

function rss(outlet: string, items: readonly Item[]): string {
  const entries = items
    .map(
      ({ title, at }) =>
        `<item><title>${title}</title><link>https://${outlet}.example/${at}</link><pubDate>${new Date(at).toUTCString()}</pubDate></item>`,
    )
    .join('');
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${outlet}</title><link>https://${outlet}.example</link>${entries}</channel></rss>`;
}

const OUTLETS = ['one', 'two', 'three'];

describe('from bodies to tiers', () => {
  let home: Awaited<ReturnType<typeof scratch>>;
  let providers: Providers;
  let feeds: HttpServer;
  let items: readonly Item[] = [];
  const clock = setClock(START);

  beforeAll(async () => {
    [home, providers, feeds] = await Promise.all([
      scratch(),
      startProviders([akash, gcp], () => clock.now()),
      startHttpServer(({ path }, response) => {
        const outlet = path.slice(1);
        const old = { outlet, title: `Welcome to Outlet ${outlet}`, at: START - 100 * DAY };
        const own = [old, ...items.filter((item) => item.outlet === outlet && item.at <= clock.now())];
        response.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss(outlet, own));
      }),
    ]);
  });
  afterAll(() => Promise.all([providers.close(), feeds.close(), home.remove()]));

  /** Lives through days, each with a poll of everything every `step`; the tiers that changed, with day and reason. */
  async function live(days: number, sourceIds: readonly string[]): Promise<readonly Change[]> {
    const dir = await shippedConfigIn(join(home.dir, String(Math.floor(clock.now()))), {
      'sources.yaml': `sources:\n${sourceIds.map((id) => `  - { id: ${id}, every: 6h, base: '${providers.base(id)}', private: true }\n`).join('') || '  []\n'}`,
      'feeds.yaml': `feeds:\n${OUTLETS.map((id) => `  - { id: ${id}, url: '${feeds.url(`/${id}`)}', outlet: Outlet ${id}, owner: Owner ${id}, trust: press, every: 6h, private: true }\n`).join('')}`,
    });
    await rate(dir, 'bittensor', 'watching');
    const loaded = await loadConfig(dir);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const { config } = loaded;
    const polled = sourcesOf(config);
    const log = heardLog();
    const store = memoryStore({ step: stepOf(polled) });
    const book = bookOf(config);
    const running = new Set<never>();
    const owed = (): void => {};
    const judge = createJudge({
      book,
      store,
      clock,
      every: HOUR,
      lookback: 400 * DAY,
      running,
      log,
      owed,
    });
    const health = createHealth({
      store,
      clock,
      log,
      ...polled,
      chats: [],
      nextTry: () => clock.now(),
      owed,
    });
    const http = createHttp({ userAgent: 'test', clock: { now: () => Date.now() } });
    const trust = createTrust(polled.sources, config.catalogue);
    const poll = createPoll({
      http,
      sane,
      trust,
      news: { intake, read: articleReader(config), breather },
      catalogue: config.catalogue,
      store,
      health,
      clock,
      log,
      arrived: owed,
    });
    const begin = clock.now();
    await health.begin();
    await judge.start();
    for (let now = begin; now <= begin + days * DAY; now += 6 * HOUR) {
      clock.set(now);
      const { signal } = new AbortController();
      await Promise.all(polled.sources.map((source) => poll.run(source, signal)));
      await judge.now();
    }
    await http.close();
    return [...store.state().changes.values()].filter(({ kind, cause }) => kind === 'tier' && cause !== 'start');
  }

  function tiers(changes: readonly Change[]): readonly string[] {
    return changes.flatMap((change) =>
      change.kind === 'tier'
        ? [`${change.network}: ${change.from} → ${change.to} by ${change.drivers.map(({ rule }) => rule).join(', ')}`]
        : [],
    );
  }

  it('GPU utilization below 20% for three weeks lowers Akash', async () => {
    providers.spoil('akash', (route, body) => ({
      body: route.url.includes('network-capacity')
        ? JSON.stringify({
            resources: { gpu: { active: 30, pending: 2, available: 215, total: 247 } },
            activeProviderCount: 60,
          })
        : body,
    }));
    const changes = await live(24, ['akash']);
    providers.spoil('akash', null);
    expect(tiers(changes)).toEqual(['akash: watching → avoid by utilization-floor']);
    expect(changes[0]).toMatchObject({ says: expect.stringMatching(/13(\.0)?%/) });
  }, 60_000);

  it('cloud prices that fall by a third cap Render and io.net', async () => {
    const begin = clock.now();
    providers.spoil('gcp', (_, body) => {
      const fallen = clock.now() > begin + 40 * DAY;
      return { body: fallen ? body.replace('50.6095408219178', '34') : body };
    });
    const changes = await live(52, ['gcp']);
    providers.spoil('gcp', null);
    expect(tiers(changes).toSorted()).toEqual([
      'ionet: conviction → watching by spillover-drying-up',
      'render: conviction → watching by spillover-drying-up',
    ]);
  }, 60_000);

  it('two outlets that report a lab training on Bittensor raise it', async () => {
    const begin = clock.now();
    items = [
      {
        outlet: 'one',
        title: 'Templar has finished pre-training Covenant-72B on a Bittensor subnet over the public internet',
        at: begin + DAY,
      },
      {
        outlet: 'two',
        title: 'Bittensor subnet has trained a 72B language model over the open internet',
        at: begin + 2 * DAY,
      },
    ];
    expect(tiers(await live(4, []))).toEqual(['bittensor: watching → conviction by lab-training']);
  }, 60_000);

  it('three outlets that report a new entrant lower the incumbents', async () => {
    const begin = clock.now();
    items = [
      { outlet: 'one', title: 'Newgrid mainnet is live: a decentralized GPU network', at: begin + DAY },
      { outlet: 'two', title: 'Decentralized GPU network Newgrid goes live', at: begin + DAY + HOUR },
      { outlet: 'three', title: 'Newgrid launches mainnet for decentralized GPU compute', at: begin + 2 * DAY },
    ];
    expect(tiers(await live(8, [])).toSorted()).toEqual([
      'ionet: conviction → watching by new-entrant',
      'render: conviction → watching by new-entrant',
    ]);
  }, 60_000);
});

/** An owner who gives a network a tier of his own. */
async function rate(dir: string, network: string, tier: string): Promise<void> {
  const path = join(dir, 'networks.yaml');
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace(new RegExp(`(id: ${network}\\n[^#]*?tier: )\\w+`), `$1${tier}`));
}
