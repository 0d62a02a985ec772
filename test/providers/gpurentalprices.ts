/** gpurentalprices.com: firm, interruptible and stale offers, and the wrong rows of the hyperscalers. */
import { HOUR, type Instant, toIso } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

function body(now: Instant) {
  const fetched_at = toIso(now - 6 * HOUR);
  const offer = (provider: string, gpu: string, vram_gb: number, usd_hr: number, kind = 'on-demand') => ({
    provider,
    gpu,
    vram_gb,
    usd_hr,
    kind,
    fetched_at,
  });
  const fine = { ok: true, stale: false, last_verified: fetched_at };
  return {
    date: fetched_at.slice(0, 10),
    generated_at: fetched_at,
    offers: [
      offer('aws', 'h100-sxm', 80, 12.29),
      offer('aws', 'h100-sxm', 80, 7.220225, 'spot'),
      offer('azure', 'h100-sxm', 80, 11.061),
      offer('gcp', 'h100', 80, 9.796550569),
      offer('coreweave', 'h100', 80, 6.155),
      offer('lambda', 'h100-sxm', 80, 3.99),
      offer('lambda', 'h100-sxm', 80, 4.29),
      offer('lambda', 'h100-sxm', 80, 1.99, 'reserved'),
      offer('runpod', 'h100-nvl', 94, 3.19, 'secure'),
      offer('runpod', 'h100-pcie', 80, 2.89, 'secure'),
      offer('runpod', 'h100-pcie', 80, 1.99, 'community'),
      offer('nebius', 'h200', 141, 3.5),
      offer('crusoe', 'a100-sxm-80', 40, 1.45),
      offer('vultr', 'h100-sxm', 80, 2.99),
    ],
    providers: {
      aws: fine,
      azure: fine,
      gcp: fine,
      coreweave: fine,
      lambda: fine,
      runpod: fine,
      nebius: { ok: true, stale: true, last_verified: toIso(now - 72 * HOUR) },
      crusoe: fine,
      together: { ok: false, stale: true, error: 'HTTP 403' },
    },
    meta: { provider_count: 34, ok_count: 33, stale_count: 1, stale_providers: ['nebius'] },
  };
}

export const gpurentalprices: Provider = {
  source: 'gpurentalprices',
  routes: (now) => [
    { url: 'raw.githubusercontent.com/adriannutiu/gpu-rental-prices/main/data/latest.json', body: body(now) },
  ],
  gives: {
    'coreweave.h100_price': 6.155,
    'lambda.h100_price': 3.99,
    'runpod.h100_pcie_price': 2.89,
    'crusoe.a100_40gb_price': 1.45,
  },
  names: ['provider', 'gpu', 'kind'],
};
