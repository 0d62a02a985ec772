import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NEWS_TYPES, type NewsEvent } from '../../../src/core/news.ts';
import type { Sample, Series } from '../../../src/core/series.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { report } from '../../world.ts';

function rows(series: Series | undefined): unknown {
  if (series === undefined) return undefined;
  return Array.from({ length: series.length }, (_, i) => [series.time(i), series.value(i), series.source(i)]);
}

describe('recorded samples', () => {
  const sample = fc.record({
    series: fc.constantFrom('akash.gpu_utilization', 'gcp.h100_price'),
    at: fc.nat(12),
    value: fc.integer(),
    source: fc.constantFrom('a', 'b'),
  });

  it('are by time in whatever order they come, the later in the list in place of the earlier', () => {
    const inOrder = fc.array(sample).map((list) => list.toSorted((a, b) => a.at - b.at));
    fc.assert(
      fc.property(fc.oneof(fc.array(sample), inOrder), (samples: readonly Sample[]) => {
        const evidence = recorded(samples);
        for (const id of ['akash.gpu_utilization', 'gcp.h100_price', 'nowhere.nothing']) {
          const last = new Map(samples.filter(({ series }) => series === id).map((one) => [one.at, one]));
          const expected = [...last.values()]
            .sort((a, b) => a.at - b.at)
            .map(({ at, value, source }) => [at, value, source]);
          expect(rows(evidence.series(id))).toEqual(last.size === 0 ? undefined : expected);
        }
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('step as the median of their gaps, unless told otherwise', () => {
    const at = (...times: readonly number[]): Sample[] =>
      times.map((time) => ({ series: 'a.b', at: time, value: 0, source: 'test' }));
    expect(recorded(at(0, 10, 30, 40)).series('a.b')?.step).toBe(10);
    expect(recorded(at(30, 0, 10)).series('a.b')?.step).toBe(15);
    expect(recorded(at(0, 10)).series('a.b')?.step).toBe(10);
    expect(recorded(at(5)).series('a.b')?.step).toBeNull();
    expect(recorded(at(5), [], 7).series('a.b')?.step).toBe(7);
  });
});

describe('recorded reports', () => {
  it('are those of a type, a network or all, after one instant and up to another, oldest first', () => {
    const event: fc.Arbitrary<NewsEvent> = fc
      .tuple(
        fc.nat(9),
        fc.constantFrom(...NEWS_TYPES.slice(0, 3)),
        fc.constantFrom('akash', 'ionet', 'other:bee', null),
        fc.nat(),
      )
      .map(([at, type, network, outlet]) => report(at, `O${outlet}`, { type, network }));
    const asked = fc.tuple(fc.integer({ min: -2, max: 10 }), fc.integer({ min: -2, max: 10 }));
    fc.assert(
      fc.property(fc.array(event), asked, (events, [from, to]) => {
        const evidence = recorded([], events);
        for (const type of NEWS_TYPES.slice(0, 4))
          for (const network of ['akash', 'ionet', 'render', null])
            expect(evidence.news(type, network, from, to)).toEqual(
              events
                .toSorted((a, b) => a.at - b.at)
                .filter((one) => one.type === type && (network === null || one.network === network))
                .filter(({ at }) => at > from && at <= to),
            );
      }),
      { seed: 9, numRuns: 300 },
    );
  });
});
