/** metagraph.sh: every answer in an envelope, fields null where nothing was observed. */
import { MINUTE, toIso } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

const BUILD = '1970-01-01T00:00:00.000Z';

function subnet(netuid: number, coverage_ratio: number | null, verified = true) {
  const revenue_usd = coverage_ratio === null ? null : 80_000;
  return { netuid, revenue_usd, coverage_ratio, verification: { verified, checks: [] } };
}

function envelope(data: object, meta: object = {}) {
  return {
    ok: true,
    schema_version: 1,
    data,
    meta: { contract_version: '2026-07-03.2', generated_at: BUILD, ...meta },
  };
}

export const metagraphed: Provider = {
  source: 'metagraphed',
  routes: (now) => [
    {
      url: 'api.metagraph.sh/api/v1/network/parameters',
      body: envelope({
        schema_version: 1,
        tao_weight: 0.18,
        total_issuance_tao: 11_180_100.25,
        block_emission_tao: 0.5,
        block_emission_halvings: 1,
        emission_gate_exponent: null,
        queried_at: toIso(now - 2 * MINUTE),
      }),
    },
    {
      url: 'api.metagraph.sh/api/v1/network/tao-usd?window=24h',
      body: envelope({
        window: '24h',
        point_count: 2,
        priced_point_count: 1,
        stale: false,
        stale_after_ms: 3_600_000,
        age_ms: 240_000,
        latest: {
          usd_per_tao: 204.03,
          price_basis: 'wrapped_onchain_median',
          eth_usd: 1906.04,
          block_number: 25_692_599,
          observed_at: toIso(now - 4 * MINUTE),
          pool_count: 2,
          pools: [],
        },
        change_usd: null,
        points: [
          { observed_at: toIso(now - 4 * MINUTE), block_number: 25_692_599, usd_per_tao: 204.03 },
          { observed_at: toIso(now - 9 * MINUTE), block_number: 25_692_574, usd_per_tao: null },
        ],
      }),
    },
    {
      url: 'api.metagraph.sh/api/v1/chain/revenue-coverage?window=7d',
      body: envelope(
        {
          window_days: 7,
          observed_count: 1,
          subnet_count: 4,
          // A month's revenue is not seen in a week's window.
          subnets: [subnet(4, null), subnet(51, null), subnet(64, 0.125), subnet(75, 3, false)],
        },
        { published_at: toIso(now - 30 * MINUTE) },
      ),
    },
    {
      url: 'api.metagraph.sh/api/v1/chain/revenue-coverage?window=30d',
      body: envelope(
        {
          window_days: 30,
          observed_count: 2,
          subnet_count: 3,
          subnets: [subnet(0, null), subnet(51, 0.25), subnet(64, 0.1875)],
        },
        { published_at: null },
      ),
    },
  ],
  gives: {
    'bittensor.token_supply': 11_180_100.25,
    'bittensor.emission': 3600,
    'bittensor.token_price': 204.03,
    'chutes.emission_coverage': 0.125,
    'lium.emission_coverage': 0.25,
  },
};
