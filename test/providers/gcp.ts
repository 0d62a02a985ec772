/** The JSON file of Google Cloud's prices: machines of one and of eight GPUs, other regions, a machine not sold as spot. */
import type { Provider } from './provider.ts';

const body = {
  prices: {
    'europe-west4': { on_demand: { 'a3-highgpu-8g': 102.358780070575 }, spot: { 'a3-highgpu-8g': 40.5 } },
    'us-central1': {
      on_demand: {
        'a2-highgpu-1g': 3.673385,
        'a2-highgpu-8g': 29.38708,
        'a2-megagpu-16g': 55.739504,
        'a2-ultragpu-8g': 40.5503831232877,
        'a3-highgpu-1g': 11.0612499878219,
        'a3-highgpu-8g': 88.4899999025753,
        'a3-ultragpu-8g': 83.492,
        'a4-highgpu-8g': 128.88,
        'g2-standard-4': 0.7068,
        'n2-standard-8': 0.388,
      },
      spot: {
        'a2-highgpu-8g': 15.42416,
        'a2-ultragpu-8g': 22.0763704109589,
        'a3-highgpu-8g': 50.6095408219178,
        'a3-ultragpu-8g': 0,
        'g2-standard-4': 0.2827,
      },
    },
  },
};

export const gcp: Provider = {
  source: 'gcp',
  routes: () => [
    {
      url: 'raw.githubusercontent.com/cloudpilot-ai/karpenter-provider-gcp/main/pkg/providers/pricing/initial-prices.json',
      body,
      type: 'text/plain; charset=utf-8',
    },
  ],
  gives: {
    'gcp.h100_price': 88.4899999025753 / 8,
    'gcp.h200_price': 10.4365,
    'gcp.b200_price': 16.11,
    'gcp.a100_price': 40.5503831232877 / 8,
    'gcp.a100_40gb_price': 3.673385,
    'gcp.l4_price': 0.7068,
    'gcp.h100_spot_price': 50.6095408219178 / 8,
    'gcp.a100_spot_price': 22.0763704109589 / 8,
    'gcp.a100_40gb_spot_price': 1.92802,
    'gcp.l4_spot_price': 0.2827,
  },
};
