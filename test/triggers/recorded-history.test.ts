import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DAY, parseInstant, toDay } from '../../src/core/time.ts';
import { parseHistory } from '../../src/sources/history.ts';
import { recorded } from '../../src/triggers/recorded.ts';
import { every, replay } from '../../src/triggers/replay.ts';
import { bookOf, ruleOf } from '../world.ts';

/** The recorded history is no part of the project: without it there is nothing to compare with. */
const FILE = new URL('../../../shared/data/history/gcp.csv', import.meta.url);
const present = existsSync(FILE);
if (!present)
  console.log(`skipped: ${FILE.pathname} is not here, so the recorded falls of GCP's spot price cannot be replayed`);

describe.skipIf(!present)('recorded spot prices of GCP', () => {
  it('fall three times by more than 20% in 30 days, each resolved 30 days later', () => {
    const { samples, bad } = parseHistory(readFileSync(FILE, 'utf8'));
    expect(bad).toEqual([]);
    const rule = ruleOf({ id: 'falls', networks: ['render'], when: 'change(gcp.h100_spot_price, 30d) < -20%' });
    const [from, to] = [parseInstant('2024-06-25') ?? 0, parseInstant('2026-07-31') ?? 0];
    const changes = [...replay(bookOf(rule), recorded(samples), every(from, to, DAY))].flatMap(({ now, transitions }) =>
      transitions.map((transition) => `${toDay(now)} ${transition.to}`),
    );
    expect(changes).toEqual([
      '2024-07-09 firing',
      '2024-08-08 inactive',
      '2024-11-01 firing',
      '2024-12-01 inactive',
      '2025-03-14 firing',
      '2025-04-13 inactive',
    ]);
  });
});
