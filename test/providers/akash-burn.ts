/** Akash's console API on burn and mint: graphs by day, and what is in the vault now. */
import { type Instant, MINUTE } from '../../src/core/time.ts';
import { graphOf, iso, midnight } from './akash-graph.ts';
import type { Provider } from './provider.ts';

const API = 'console-api.akash.network/v1';

/** In uakt, whatever the names say. */
function vault(now: Instant) {
  return {
    now: {
      vaultAkt: 5_000_000_000_000,
      outstandingAct: 1_900_000_000_000,
      collateralRatio: 1.5,
      dailyAktBurnedForAct: 11_000_000_000,
      totalAktBurnedForAct: 5_700_000_000_000,
      date: iso(now - 2 * MINUTE),
    },
    compare: { collateralRatio: 1.375, date: iso(now - 1442 * MINUTE) },
  };
}

/** Each graph begins with all that was counted until then. */
export const akashBurn: Provider = {
  source: 'akash-burn',
  routes: (now) => [
    {
      url: `${API}/graph-data/dailyAktBurnedForAct`,
      body: graphOf(now, [5_600_000_000_000, 19_000_000_000, 21_000_000_000, 20_500_000_000], {
        date: Math.max(midnight(now), now - 2 * MINUTE),
        value: 11_000_000_000,
      }),
    },
    {
      url: `${API}/graph-data/dailyAktReminted`,
      body: graphOf(now, [700_000_000_000, 0, 3_000_000_000, 2_250_000_000], {
        date: Math.max(midnight(now), now - 2 * MINUTE),
        value: 1_000_000,
      }),
    },
    { url: `${API}/bme/dashboard-data`, body: vault(now) },
  ],
  gives: { 'akash.burned': 20_500, 'akash.minted': 2_250, 'akash.collateral_ratio': 1.5 },
};
