/** io.net's catalogue: prices are for a whole configuration, and some configurations are no GPUs or have no price. */
import type { Provider } from './provider.ts';

const CLOUD = 'api.io.solutions/v1/io-cloud';

const h100 = {
  id: '8H100.80S.176V__FI',
  deploy_id: '8H100.80S.176V',
  name: 'H100',
  num_cards: 8,
  supplier: 'external',
  sold_out: false,
  price: 28,
  vram_per_card: 80,
  interconnect: 'sxm5',
  nvlink: true,
  location: 'FI',
};
const b300 = {
  ...h100,
  id: '8B300.240V__FI',
  name: 'B300',
  sold_out: true,
  price: 64,
  vram_per_card: 288,
  interconnect: 'sxm6',
};
const rtx4090 = {
  id: '1RTX4090.16V__US',
  name: 'GeForce RTX 4090',
  num_cards: 1,
  sold_out: true,
  price: 0.5,
  vram_per_card: 24,
  interconnect: null,
  location: 'US',
};
const l40s = { ...rtx4090, id: '1L40S.0V__US', name: 'L40S', sold_out: false, price: 0, vram_per_card: 48 };
const cpu = { id: '1CPU__US', name: '', num_cards: 0, sold_out: false, price: 0.1, vram_per_card: 0, location: 'US' };

export const ionetCatalogue: Provider = {
  source: 'ionet-catalogue',
  routes: () => [
    {
      url: `${CLOUD}/vmaas/hardware`,
      body: {
        data: {
          hardware: [
            h100,
            // Cheaper, but nobody can have it.
            { ...h100, id: '1H100.80S.22V__IS', num_cards: 1, price: 2.25, sold_out: true, location: 'IS' },
            b300,
            rtx4090,
            { ...rtx4090, id: '1RTX4090.16V__CA', price: 0.75 },
            l40s,
            cpu,
          ],
        },
      },
    },
    {
      url: `${CLOUD}/caas/hardware`,
      body: {
        data: {
          hardware: [
            { ...h100, brand_name: 'NVIDIA', available_replicas: 3 },
            { ...h100, id: '1H100.80S.22V__IS', num_cards: 1, price: 3.6, brand_name: 'NVIDIA', available_replicas: 4 },
            { ...b300, brand_name: 'NVIDIA', available_replicas: 0 },
            { ...rtx4090, brand_name: 'NVIDIA', available_replicas: 0 },
            {
              ...rtx4090,
              id: '2RTX4090.32V__US',
              num_cards: 2,
              price: 1.5,
              brand_name: 'NVIDIA',
              available_replicas: 0,
            },
          ],
        },
      },
    },
  ],
  gives: {
    'ionet.h100_price': 3.5,
    'ionet.rtx4090_price': 0.5,
    'ionet.sold_out_share': 0.8,
    'ionet.h100_offers': 7,
    'ionet.rtx4090_offers': 0,
  },
  names: ['name'],
  unread: ['deploy_id', 'supplier', 'nvlink', 'location', 'brand_name'],
};
