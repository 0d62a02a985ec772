import { describe, expect, test } from 'vitest';
import { splitSeries } from '../../src/core/series.ts';
import { Sources } from '../../src/core/settings.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { BUILT_IN, buildSources } from '../../src/sources/registry.ts';
import { replyOf } from './bodies.ts';

function built(entries: readonly object[]) {
  return buildSources(Sources.parse({ sources: entries }).sources);
}

describe('the registry', () => {
  test('builds what is switched on, in order, at the pace asked for', () => {
    const { sources, disabled, unknown } = built([
      { id: 'akash', every: '1h' },
      { id: 'coingecko', enabled: false },
      { id: 'defillama' },
      { id: 'mine', json: 'https://example.org/a', every: '5m', samples: [{ series: 'akash.revenue', value: '/a' }] },
    ]);
    expect(sources.map(({ id, every }) => [id, every])).toEqual([
      ['akash', HOUR],
      ['defillama', 6 * HOUR],
      ['mine', 5 * MINUTE],
    ]);
    expect(disabled.map(({ id, why }) => [id, why])).toEqual([['coingecko', 'switched off in sources.yaml']]);
    expect(unknown).toEqual([]);
  });

  test('names ids that stand for no source, inherited names included', () => {
    expect(built([{ id: 'akahs' }, { id: 'constructor' }, { id: 'off', enabled: false }])).toEqual({
      sources: [],
      disabled: [],
      unknown: ['akahs', 'constructor', 'off'],
    });
  });

  test.each(Object.keys(BUILT_IN))('%s keeps its word', (id) => {
    const source = BUILT_IN[id]?.({});
    expect(source?.id).toBe(id);
    for (const request of source?.requests() ?? []) {
      expect(new URL(request.url).protocol).toBe('https:');
      expect(request.private).toBeUndefined();
    }
    const series = source?.series.map((entry) => entry.id) ?? [];
    expect(series.length).toBeGreaterThan(0);
    expect(new Set(series).size).toBe(series.length);
    for (const name of series) expect(splitSeries(name)).toBeDefined();
  });

  test('two sources give one series only where the second is a witness on purpose', () => {
    const all = Object.values(BUILT_IN).flatMap((create) => create({}).series.map(({ id }) => id));
    const twice = all.filter((id, index) => all.indexOf(id) !== index);
    expect([...new Set(twice)].toSorted()).toEqual([
      'akash.token_price',
      'akash.token_supply',
      'aws.h100_price',
      'bittensor.emission',
      'bittensor.token_price',
      'bittensor.token_supply',
      'chutes.revenue',
      'gcp.h100_price',
      'gcp.h100_spot_price',
    ]);
  });

  test.each(Object.keys(BUILT_IN))('%s states its facts', (id) => {
    const source = BUILT_IN[id]?.({});
    if (source === undefined) throw new Error(`no source ${id}`);
    expect(source.every).toBeGreaterThanOrEqual(source.least);
    for (const text of [source.title, source.about, source.terms, source.limits, ...source.caveats])
      expect(text).toMatch(/^\S.*\S$/);
    if (source.key !== null) {
      expect(source.key.variable).toMatch(/^[A-Z]+(_[A-Z]+)*_KEY$/);
      expect(source.key.from).toMatch(/^(https:\/\/)?\S+/);
    }
  });

  test('a required key that is missing disables its source, with the reason', () => {
    const { sources, disabled } = built([{ id: 'lambda' }, { id: 'coingecko' }]);
    expect(sources.map(({ id }) => id)).toEqual(['coingecko']);
    expect(disabled.map(({ id, why }) => [id, why])).toEqual([
      ['lambda', expect.stringMatching(/^needs LAMBDA_API_KEY \(.+\)$/)],
    ]);
  });

  test('a key goes into a header, and to its own source only', () => {
    const keys = new Map([['LAMBDA_API_KEY', 'secret-1']]);
    const { sources } = buildSources(Sources.parse({ sources: [{ id: 'lambda' }, { id: 'coingecko' }] }).sources, keys);
    const [lambda, coingecko] = sources.map((source) => JSON.stringify(source.requests()));
    expect(lambda).toContain('secret-1');
    expect(coingecko).not.toContain('secret-1');
  });

  test('a base moves every address of a source, pages included, and is alone in being private', () => {
    const [azure] = built([{ id: 'azure', base: 'http://127.0.0.1:8080/mirror/', private: true }]).sources;
    const [request] = azure?.requests() ?? [];
    expect(request?.url).toMatch(/^http:\/\/127\.0\.0\.1:8080\/mirror\/api\/retail\/prices\?/);
    expect(request?.private).toBe(true);
    const page = replyOf({
      Items: [{ armSkuName: 'x' }],
      NextPageLink: 'https://prices.azure.com:443/api/retail/prices?$skip=1000',
    });
    const next = request === undefined ? undefined : azure?.next?.(page, request);
    expect(next?.url).toBe('http://127.0.0.1:8080/mirror/api/retail/prices?$skip=1000');
    expect(next?.private).toBe(true);
  });
});
