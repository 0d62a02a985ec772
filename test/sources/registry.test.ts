import { describe, expect, test } from 'vitest';
import { splitSeries } from '../../src/core/series.ts';
import { Sources } from '../../src/core/settings.ts';
import { HOUR, MINUTE } from '../../src/core/time.ts';
import { BUILT_IN, buildSources } from '../../src/sources/registry.ts';

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

  test('no two built-in sources give the same series', () => {
    const all = Object.values(BUILT_IN).flatMap((create) => create({}).series.map(({ id }) => id));
    expect(all.filter((id, index) => all.indexOf(id) !== index)).toEqual([]);
  });
});
