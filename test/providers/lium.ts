/** Lium: cards by NVIDIA's names, machines at their owners' prices, and two counts with misleading names. */
import type { Provider } from './provider.ts';

function machine(id: string, machine_name: string, price_per_gpu: number, more: object = {}) {
  return { id, machine_name, price_per_gpu, gpu_count: 8, tier: 'secure', ...more };
}

const H100 = 'NVIDIA H100 80GB HBM3';
const PCIE = 'NVIDIA H100 PCIe';

export const lium: Provider = {
  source: 'lium',
  routes: () => [
    {
      url: 'lium.io/api/executors/stats',
      body: [
        { gpu_type: H100, rented_count: 60, all_count: 100, utilization: 60 },
        { gpu_type: 'NVIDIA H100 NVL', rented_count: 12, all_count: 20, utilization: 60 },
        { gpu_type: 'NVIDIA H100', rented_count: 1, all_count: 2, utilization: 50 },
        { gpu_type: 'NVIDIA GeForce RTX 4090 D', rented_count: 0, all_count: 0, utilization: 0 },
        {
          gpu_type: 'NVIDIA RTX PRO 6000 Blackwell Server Edition',
          rented_count: 177,
          all_count: 278,
          utilization: 63.7,
        },
      ],
    },
    {
      url: 'lium.io/api/executors',
      body: [
        machine('7d1c-01', H100, 1.75),
        machine('7d1c-02', H100, 2.08, { pending_price_per_hour: 9.5, price_change_effective_date: null }),
        machine('7d1c-03', H100, 2.08, { gpu_count: 1, available_gpu_count: 0 }),
        machine('7d1c-04', H100, 2.75),
        machine('7d1c-05', H100, 0.9, { tier: 'spot' }),
        machine('7d1c-06', PCIE, 1.5),
        machine('7d1c-07', PCIE, 1.5),
        machine('7d1c-08', 'NVIDIA H200 NVL', 2.5),
        machine('7d1c-09', 'NVIDIA B300 SXM6 AC', 8.000300000000001),
        machine('7d1c-10', 'NVIDIA H200', 3.1, { tier: 'spot' }),
      ],
    },
    { url: 'lium.io/api/executors/count', body: { count: 86 } },
    { url: 'lium.io/api/executors/total-count', body: { total_count: 369 } },
  ],
  gives: {
    'lium.gpu_utilization': 0.625,
    'lium.gpus_leased': 250,
    'lium.gpus_total': 400,
    'lium.h100_utilization': 0.6,
    'lium.h100_leased': 60,
    'lium.h100_total': 100,
    'lium.h100_price': 2.08,
    'lium.h100_pcie_price': 1.5,
    'lium.machines_free': 86,
    'lium.machines_total': 369,
  },
  names: ['gpu_type', 'machine_name'],
};
