/** Prime Intellect: offers of many clouds, 100 a page. */
import type { Provider, Route } from './provider.ts';

type Change = Readonly<Record<string, unknown>>;

/** As it is listed, without the dozen fields that nobody reads. `price` is for all GPUs of the offer. */
function offer(
  id: string,
  gpuType: string,
  socket: string | null,
  gpuCount: number,
  stockStatus: string,
  price: number | null,
  change: Change = {},
) {
  return {
    cloudId: id,
    gpuType,
    socket,
    provider: 'runpod',
    region: 'united_states',
    dataCenter: 'US-KS-2',
    country: 'US',
    gpuCount,
    stockStatus,
    security: 'secure_cloud',
    prices: { onDemand: price, communityPrice: null, isVariable: null, currency: 'USD' },
    isSpot: null,
    prepaidTime: null,
    ...change,
  };
}

const h100 = offer('NVIDIA H100 80GB HBM3', 'H100_80GB', 'SXM5', 1, 'Low', 2.75);
const offers = [
  h100,
  // The same machine elsewhere.
  { ...h100, dataCenter: 'CA-MTL-1', region: 'canada', country: 'CA' },
  // Priced for the node.
  offer('gpu_8x_h100_sxm5', 'H100_80GB', 'SXM5', 8, 'Available', 24, { provider: 'lambdalabs', dataCenter: null }),
  offer('spot-h100', 'H100_80GB', 'SXM5', 1, 'High', 0.5, { provider: 'datacrunch', isSpot: true }),
  // Other cards.
  offer('NVIDIA H100 PCIe', 'H100_80GB', 'PCIe', 1, 'High', 2.25),
  offer('n3-H100x8', 'H100_80GB', 'PCIe', 8, 'Medium', 15, { provider: 'hyperstack', isSpot: false }),
  offer('gpu_1x_gh200', 'GH200_480GB', 'SXM5', 1, 'High', 1.5, { provider: 'lambdalabs' }),
  offer('nvl', 'H100_94GB', 'NVL', 1, 'High', 1.5),
  offer('cpu', 'CPU_NODE', null, 0, 'Available', 0.1),
  offer('8H200.141S', 'H200_141GB', 'SXM5', 8, 'Medium', 28, { provider: 'datacrunch' }),
  // Paid ahead, and of a community host: listed, but not priced on demand.
  offer('h200-prepaid', 'H200_141GB', 'SXM5', 8, 'Out of Stock', 16, { provider: 'primecompute', prepaidTime: 720 }),
  offer('h200-community', 'H200_141GB', null, 1, 'Low', null, { security: 'community_cloud' }),
  offer('1B200.180S', 'B200_180GB', 'SXM6', 1, 'Low', 4.5, { provider: 'datacrunch' }),
  offer('8B200.180S', 'B200_180GB', 'SXM6', 8, 'Low', 38, { provider: 'datacrunch' }),
  // The first again: it moved between two pages.
  h100,
];
/** A full page and a short one. */
const all = [...Array.from({ length: 93 }, () => ({ gpuType: 'L40_48GB' })), ...offers];

const page = (number: number): Route => ({
  url: `api.primeintellect.ai/api/v1/availability/gpus?page=${number}&page_size=100`,
  body: { items: all.slice((number - 1) * 100, number * 100), totalCount: all.length },
  needs: ['authorization', 'Bearer prime-key'],
});

export const primeintellect: Provider = {
  source: 'primeintellect',
  key: 'prime-key',
  routes: () => [page(1), page(2)],
  gives: {
    'primeintellect.h100_offers': 4,
    'primeintellect.h100_low_stock_offers': 2,
    'primeintellect.h100_capacity': 0.5,
    'primeintellect.h100_price': 2.75,
    'primeintellect.h100_pcie_offers': 2,
    'primeintellect.h100_pcie_low_stock_offers': 0,
    'primeintellect.h100_pcie_capacity': 1,
    'primeintellect.h100_pcie_price': (2.25 + 15 / 8) / 2,
    'primeintellect.h200_offers': 3,
    'primeintellect.h200_low_stock_offers': 1,
    'primeintellect.h200_capacity': 1 / 3,
    'primeintellect.h200_price': 3.5,
    'primeintellect.b200_offers': 2,
    'primeintellect.b200_low_stock_offers': 2,
    'primeintellect.b200_capacity': 0,
    'primeintellect.b200_price': (4.5 + 38 / 8) / 2,
  },
};
