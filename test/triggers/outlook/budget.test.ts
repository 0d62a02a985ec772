/** A look ahead costs a bounded number of judgements, however often a series is sampled: the service must not be held up. */
import { expect, it } from 'vitest';
import type { Evidence } from '../../../src/core/ports.ts';
import type { Series } from '../../../src/core/series.ts';
import { DAY, MINUTE } from '../../../src/core/time.ts';
import { prospect } from '../../../src/triggers/outlook/prospect.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { bookOf, ruleOf, T0 } from '../../world.ts';

/** A sample a minute of two clouds that are asked at different seconds. */
const samples = ['gcp', 'aws'].flatMap((cloud, index) =>
  Array.from({ length: 10 * 24 * 60 }, (_, minute) => ({
    series: `${cloud}.h100_price`,
    at: T0 + minute * MINUTE + index * 1000,
    value: 5,
    source: 'test',
  })),
);

it('gives up what nothing leads to after a bounded number of judgements, and says so', () => {
  const evidence = recorded(samples);
  let looked = 0;
  const counted = new Map(
    ['gcp.h100_price', 'aws.h100_price'].map((id) => {
      const series = evidence.series(id) as Series;
      const time = (index: number): number => {
        looked += 1;
        return series.time(index);
      };
      return [id, { ...series, time }];
    }),
  );
  const counting: Evidence = { ...evidence, series: (id) => counted.get(id) };
  const rule = ruleOf({ networks: ['akash'], when: 'stddev(market.h100_price, 5d) > $1M', for: '1d' });
  const [cell] = bookOf(rule).cells;
  if (cell === undefined) throw new Error('no cell');
  const found = prospect('fire', { cells: [cell], states: [cell.rest], now: T0 + 10 * DAY }, counting);
  expect(found).toMatchObject({ at: null, sure: false });
  expect(looked).toBeLessThan(800_000);
});
