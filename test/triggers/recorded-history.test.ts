import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bookOf as bookOfConfig } from '../../src/cli/book.ts';
import { loadConfig } from '../../src/config/load.ts';
import { DAY, parseInstant, toDay } from '../../src/core/time.ts';
import { parseHistory } from '../../src/sources/history.ts';
import { recorded } from '../../src/triggers/replay/recorded.ts';
import { every, replay } from '../../src/triggers/replay/replay.ts';
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

describe.skipIf(!present)('the shipped rules over the whole record', () => {
  it('fire on what it shows, and on nothing else', async () => {
    const folder = new URL('./', FILE);
    const samples = readdirSync(folder)
      .filter((name) => name.endsWith('.csv'))
      .flatMap((name) => parseHistory(readFileSync(new URL(name, folder), 'utf8')).samples);
    const loaded = await loadConfig(new URL('../../config', import.meta.url).pathname);
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    const [from, to] = [parseInstant('2022-06-22') ?? 0, parseInstant('2026-08-23') ?? 0];
    const fired = [...replay(bookOfConfig(loaded.config), recorded(samples), every(from, to, DAY))].flatMap(
      ({ now, transitions }) =>
        transitions
          .filter(({ to: phase }) => phase === 'firing')
          .map(({ rule, network, driver }) => `${toDay(now)} ${rule.rule.id} ${network}: ${driver.verdict.says}`),
    );
    expect(fired).toMatchInlineSnapshot(`
      [
        "2024-06-11 registered-supply-inflated ionet: ionet.active_share is 2.4%, below 10%",
        "2024-07-16 spillover-drying-up ionet: 30d change of gcp.h100_spot_price is -21.9% ($7.80/GPU-hour → $6.10/GPU-hour), below -20%",
        "2024-07-16 spillover-drying-up render: 30d change of gcp.h100_spot_price is -21.9% ($7.80/GPU-hour → $6.10/GPU-hour), below -20%",
        "2024-11-08 spillover-drying-up ionet: 30d change of gcp.h100_spot_price is -27% ($6.10/GPU-hour → $4.45/GPU-hour), below -20%",
        "2024-11-08 spillover-drying-up render: 30d change of gcp.h100_spot_price is -27% ($6.10/GPU-hour → $4.45/GPU-hour), below -20%",
        "2025-03-21 spillover-drying-up ionet: 30d change of gcp.h100_spot_price is -42.3% ($4.42/GPU-hour → $2.55/GPU-hour), below -20%",
        "2025-03-21 spillover-drying-up render: 30d change of gcp.h100_spot_price is -42.3% ($4.42/GPU-hour → $2.55/GPU-hour), below -20%",
        "2025-03-27 revenue-below-emission ionet: ionet.revenue_per_emission is 24.2%, below 100%",
        "2026-07-22 burn-passes-mint render: render.burn_over_mint is 102.9%, above 100%",
        "2026-07-25 supply-shrinking akash: 90d change of akash.gpus_total is -66.8% (743 GPUs → 247 GPUs), below -30%",
      ]
    `);
  }, 30_000);
});
