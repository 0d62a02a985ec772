/** Akash's console API by GPU: prices of bids, and the machines' list of cards. */
import type { Provider } from './provider.ts';

const API = 'console-api.akash.network/v1';

/** A card, and what bids on it ask in the median; null where nobody bid. */
function bid(model: string, ram: string, bus: string, med: number | null, vendor = 'nvidia') {
  const price =
    med === null ? null : { med, avg: med + 0.125, weightedAverage: med, min: 0.0625, max: 9, currency: 'USD' };
  return { model, vendor, interface: bus, ram, availability: { total: 8, available: 3 }, price };
}

const PRICES = {
  availability: { total: 250, available: 110 },
  models: [
    bid('gpu2', '32Gi', 'PCIe', 1.5, 'amd'),
    bid('a100', '40Gi', 'SXM4', 0.875),
    bid('a100', '80Gi', 'PCIe', 0.75), // of no metric
    bid('a100', '80Gi', 'SXM4', 1.25),
    bid('b200', '180Gi', 'SXM6', 4.75),
    bid('gtx1070', '8Gi', 'PCIe', null),
    bid('h100', '80Gi', 'PCIe', 1.75),
    bid('h100', '80Gi', 'SXM4', null), // the same card as the next, without a bid of its own
    bid('h100', '80Gi', 'SXM5', 2.25),
    bid('h100', '94Gi', 'NVL', 2), // of no metric
    bid('h200', '141Gi', 'SXM5', 3.5),
    bid('l4', '24Gi', 'PCIe', 0.375),
    bid('l40s', '48Gi', 'PCIe', 0.625),
    bid('rtx3090', '24Gi', 'PCIe', 0.1875),
    bid('rtx4090', '24Gi', 'PCIe', 0.5),
    bid('t4', '16Gi', 'PCIe', 0.125),
  ],
};

function row(model: string, ram: string, bus: string, allocated: number, allocatable: number) {
  return { allocated, allocatable, interface: bus, ram, model };
}

const GPUS = {
  gpus: {
    total: { allocated: 146, allocatable: 252 },
    details: {
      '<UNKNOWN>': [{ allocated: 2, allocatable: 8, interface: null, ram: null, model: null }],
      amd: [row('h100', '80Gi', 'SXM5', 1, 1)],
      nvidia: [
        row('a100', '40Gi', 'SXM4', 0, 8),
        row('a100', '80Gi', 'PCIe', 5, 5),
        row('a100', '80Gi', 'SXM4', 24, 32),
        row('b200', '180Gi', 'SXM6', 4, 16),
        row('h100', '80Gi', 'PCIe', 1, 4),
        row('h100', '80Gi', 'SXM4', 6, 8), // the same card as the next
        row('h100', '80Gi', 'SXM5', 48, 64),
        row('h200', '141Gi', 'SXM5', 28, 40),
        row('l4', '24Gi', 'PCIe', 2, 16),
        row('l4', '24Gi', 'PCIe', 2, 16), // there twice
        row('l40s', '48Gi', 'PCIe', 3, 4),
        row('rtx3090', '24Gi', 'PCIe', 9, 8), // more than there are
        row('rtx4090', '24Gi', 'PCIe', 10, 40),
        row('t4', '16Gi', 'PCIe', 1, 2),
      ],
    },
  },
};

export const akashGpus: Provider = {
  source: 'akash-gpus',
  routes: () => [
    { url: `${API}/gpu-prices`, body: PRICES },
    { url: `${API}/gpu`, body: GPUS },
  ],
  gives: {
    'akash.a100_price': 1.25,
    'akash.a100_40gb_price': 0.875,
    'akash.b200_price': 4.75,
    'akash.h100_price': 2.25,
    'akash.h100_pcie_price': 1.75,
    'akash.h200_price': 3.5,
    'akash.l4_price': 0.375,
    'akash.l40s_price': 0.625,
    'akash.rtx3090_price': 0.1875,
    'akash.rtx4090_price': 0.5,
    'akash.t4_price': 0.125,
    'akash.a100_total': 32,
    'akash.a100_leased': 24,
    'akash.a100_utilization': 0.75,
    'akash.a100_40gb_total': 8,
    'akash.a100_40gb_leased': 0,
    'akash.a100_40gb_utilization': 0,
    'akash.b200_total': 16,
    'akash.b200_leased': 4,
    'akash.b200_utilization': 0.25,
    'akash.h100_total': 72,
    'akash.h100_leased': 54,
    'akash.h100_utilization': 0.75,
    'akash.h100_pcie_total': 4,
    'akash.h100_pcie_leased': 1,
    'akash.h100_pcie_utilization': 0.25,
    'akash.h200_total': 40,
    'akash.h200_leased': 28,
    'akash.h200_utilization': 0.7,
    'akash.l4_total': 16,
    'akash.l4_leased': 2,
    'akash.l4_utilization': 0.125,
    'akash.l40s_total': 4,
    'akash.l40s_leased': 3,
    'akash.l40s_utilization': 0.75,
    'akash.rtx3090_total': 8,
    'akash.rtx3090_leased': 9,
    'akash.rtx4090_total': 40,
    'akash.rtx4090_leased': 10,
    'akash.rtx4090_utilization': 0.25,
    'akash.t4_total': 2,
    'akash.t4_leased': 1,
    'akash.t4_utilization': 0.5,
  },
  names: ['model', 'vendor'],
};
