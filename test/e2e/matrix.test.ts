/** `tierwatch probe` as a process of its own, against a server that answers for every provider as each documents it. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUILT_IN } from '../../src/sources/registry.ts';
import { PROVIDERS } from '../providers/index.ts';
import { type Providers, startProviders } from '../servers/providers.ts';
import { endAll, scratch, shippedConfigIn, tierwatch } from './program.ts';

/** What the analysts' questions rest on, by subject: who publishes it is in docs/sources.md. */
const MATRIX: Readonly<Record<string, string>> = {
  akash:
    'gpu_utilization gpus_leased gpus_total providers_active leases_active revenue emission burned minted collateral_ratio token_supply token_price h100_price h100_total h100_leased h100_utilization',
  ionet:
    'gpu_utilization gpus_leased gpus_total gpus_registered gpus_verified gpus_active revenue sold_out_share h100_price h100_offers token_supply token_price',
  render: 'revenue burned minted token_supply solana_supply token_price nodes_cumulative frames_cumulative',
  bittensor: 'emission token_supply token_price',
  lium: 'gpu_utilization gpus_leased gpus_total machines_total machines_free revenue emission_coverage h100_price',
  chutes: 'gpu_utilization gpus_leased gpus_total revenue emission_coverage',
  gensyn: 'block_height token_supply token_price',
  nexus: 'block_height',
  aws: 'h100_price h200_price b200_price a100_price h100_spot_price h200_spot_price',
  azure: 'h100_price h100_spot_price',
  gcp: 'h100_price h100_spot_price h200_price a100_price l4_price',
  coreweave: 'h100_price',
  lambda: 'h100_price h100_capacity h100_regions',
  runpod: 'h100_pcie_price h100_capacity h200_capacity b200_capacity',
  vast: 'gpu_utilization h100_utilization h100_price',
  shadeform: 'h100_capacity h200_capacity b200_capacity',
  primeintellect: 'h100_capacity h100_offers h100_low_stock_offers h100_price',
  bitcoin: 'token_price',
  ethereum: 'token_price',
};

type Line = {
  readonly source: string;
  readonly series: string;
  readonly value: number | null;
  readonly unit: string | null;
  readonly at: string | null;
  readonly verdict: string;
  readonly reason: string | null;
};

describe('every provider, asked once', () => {
  let home: Awaited<ReturnType<typeof scratch>>;
  let providers: Providers;
  let config: string;

  beforeAll(async () => {
    [home, providers] = await Promise.all([scratch(), startProviders(PROVIDERS, () => Date.now())]);
    config = await shippedConfigIn(home.dir, { 'sources.yaml': providers.sourcesYaml(), 'feeds.yaml': 'feeds: []\n' });
  });
  afterAll(async () => {
    endAll();
    await Promise.all([providers.close(), home.remove()]);
  });

  const keys = Object.fromEntries(
    PROVIDERS.flatMap(({ source, key }) => {
      const variable = BUILT_IN[source]?.({}).key?.variable;
      return key === undefined || variable === undefined ? [] : [[variable, key]];
    }),
  );

  async function probe(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
    const { code, out, err } = await tierwatch(['probe', '--config', config, ...args], env, home.dir).finished;
    return {
      code,
      err,
      out,
      lines: () =>
        out
          .trim()
          .split('\n')
          .map((line): Line => JSON.parse(line)),
    };
  }

  it('prints every metric of the matrix, with value, unit and instant', async () => {
    const { code, err, lines } = await probe(keys, '--json');
    const ok = lines().filter(({ verdict }) => verdict === 'ok');
    expect({ code, failed: lines().filter(({ verdict }) => verdict === 'failed') }, err).toEqual({
      code: 0,
      failed: [],
    });
    const wanted = Object.entries(MATRIX).flatMap(([subject, metrics]) =>
      metrics.split(' ').map((metric) => `${subject}.${metric}`),
    );
    expect(wanted.filter((series) => !ok.some((line) => line.series === series))).toEqual([]);
    for (const { value, unit, at, reason } of ok) {
      expect(typeof value === 'number' && typeof unit === 'string' && unit !== '').toBe(true);
      expect(Number.isNaN(Date.parse(at ?? ''))).toBe(false);
      expect(reason).toBeNull();
    }
  }, 60_000);

  it('has the value that each provider gave', async () => {
    const { lines } = await probe(keys, '--json');
    for (const { source, gives } of PROVIDERS) {
      const own = lines().filter((line) => line.source === source);
      const told = new Map(own.flatMap(({ series, value }) => (value === null ? [] : [[series, value]])));
      for (const [series, value] of Object.entries(gives))
        expect(told.get(series), `${source}: ${series}`).toBeCloseTo(value, 6);
    }
  }, 60_000);

  it('has a line for every series of every source', async () => {
    const { lines } = await probe(keys, '--json');
    const told = new Set(lines().map(({ source, series }) => `${source} ${series}`));
    for (const { source } of PROVIDERS)
      for (const { id } of BUILT_IN[source]?.({}).series ?? []) expect(told).toContain(`${source} ${id}`);
  }, 60_000);

  it('without keys says which sources are disabled and what they need, and is content', async () => {
    const { code, lines } = await probe({}, '--json');
    const disabled = lines().filter(({ verdict }) => verdict === 'disabled');
    expect(new Set(disabled.map(({ source }) => source))).toEqual(new Set(['gcp-catalog', 'lambda', 'primeintellect']));
    for (const { reason } of disabled) expect(reason).toMatch(/^needs [A-Z_]+_KEY/);
    expect(code).toBe(0);
  }, 60_000);

  it('asks each endpoint once', async () => {
    const before = providers.asked.length;
    await probe(keys, '--json');
    const asked = providers.asked.slice(before).map(({ method, path, body }) => `${method} ${path} ${body}`);
    expect(asked.filter((one, index) => asked.indexOf(one) !== index)).toEqual([]);
  }, 60_000);

  it('exits 1 where an enabled source gives nothing, and names the reason', async () => {
    providers.spoil('nexus', () => ({ body: '<!doctype html><title>Just a moment</title>' }));
    const { code, lines } = await probe(keys, '--json', 'nexus', 'gensyn');
    providers.spoil('nexus', null);
    expect(code).toBe(1);
    expect(lines().find(({ source }) => source === 'nexus')).toMatchObject({
      verdict: 'dropped',
      value: null,
      reason: expect.stringContaining('HTML page'),
    });
    expect(lines().find(({ source }) => source === 'gensyn')).toMatchObject({ verdict: 'ok' });
  }, 60_000);

  it('keeps bodies without their keys', async () => {
    const dir = join(home.dir, 'bodies');
    const { code } = await probe(keys, '--record', dir, 'lambda', 'nexus');
    expect(code).toBe(0);
    const { readdir, readFile } = await import('node:fs/promises');
    const files = await readdir(dir, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'utf8')),
    );
    expect(texts.length).toBeGreaterThanOrEqual(3);
    for (const text of texts) for (const key of Object.values(keys)) expect(text).not.toContain(key);
  }, 60_000);
});
