/** Google's price catalog in two pages: the parts of the H100 machine among other goods, other regions and commitments. */
import type { Provider } from './provider.ts';

const URL =
  'cloudbilling.googleapis.com/v1/services/6F81-5844-456A/skus?pageSize=5000&currencyCode=USD&prettyPrint=false' +
  '&fields=nextPageToken,skus(skuId,description,category/usageType,serviceRegions,pricingInfo/pricingExpression(usageUnit,tieredRates))';

/** @param price whole dollars, billionths */
function sku(
  skuId: string,
  description: string,
  price: readonly [units: string, nanos: number],
  other: { usageType?: string; usageUnit?: string; regions?: readonly string[] } = {},
) {
  const { usageType = 'OnDemand', usageUnit = 'h', regions = ['us-central1', 'us-west1'] } = other;
  const unitPrice = { currencyCode: 'USD', units: price[0], nanos: price[1] };
  const pricingExpression = { usageUnit, tieredRates: [{ startUsageAmount: 0, unitPrice }] };
  return { skuId, description, category: { usageType }, serviceRegions: regions, pricingInfo: [{ pricingExpression }] };
}

const spot = { usageType: 'Preemptible' };
const memory = { usageUnit: 'GiBy.h' };
const disk = { usageUnit: 'GiBy.mo' };

const first = [
  sku('A-1', 'Nvidia H100 80GB GPU running in Americas', ['9', 500_000_000]),
  sku('A-2', 'Nvidia H100 80GB Plus GPU running in Americas', ['10', 344_275_712]),
  sku('A-3', 'Nvidia H100 80GB GPU running in Netherlands', ['11', 0], { regions: ['europe-west4'] }),
  sku('A-4', 'Nvidia H100 80GB GPU attached to DWS Defined Duration VMs running in Americas', ['4', 0]),
  sku('A-5', 'Commitment v1: Nvidia H100 80GB GPU in Americas for 1 Year', ['6', 0], { usageType: 'Commit1Yr' }),
  sku('B-1', 'A3 Instance Core running in Americas', ['0', 31_250_000]),
  sku('B-2', 'A3Plus Instance Core running in Americas', ['0', 29_000_000]),
  sku('C-1', 'A3 Instance Ram running in Americas', ['0', 1_953_125], memory),
  sku('D-1', 'SSD backed Local Storage', ['0', 73_000_000], disk),
];
const second = [
  sku('D-2', 'SSD backed Local Storage in Paris', ['0', 99_000_000], { ...disk, regions: ['europe-west9'] }),
  sku('A-6', 'Nvidia H100 80GB GPU attached to Spot Preemptible VMs running in Americas', ['5', 250_000_000], spot),
  sku('B-3', 'Spot Preemptible A3 Instance Core running in Americas', ['0', 15_625_000], spot),
  sku('C-2', 'Spot Preemptible A3 Instance Ram running in Americas', ['0', 976_562], { ...spot, usageUnit: 'GiBy.h' }),
  sku('D-3', 'SSD backed Local Storage attached to Spot Preemptible VMs', ['0', 36_500_000], { ...spot, ...disk }),
  sku('E-1', 'N2 Instance Core running in Americas', ['0', 31_611_000]),
];

export const gcpCatalog: Provider = {
  source: 'gcp-catalog',
  key: 'a-key-of-google',
  routes: () => [
    { url: URL, body: { skus: first, nextPageToken: 'page/2=' }, needs: ['x-goog-api-key', 'a-key-of-google'] },
    {
      url: `${URL}&pageToken=page%2F2%3D`,
      body: { skus: second, nextPageToken: '' },
      needs: ['x-goog-api-key', 'a-key-of-google'],
    },
  ],
  gives: {
    // 8 GPUs, 208 cores, 1872 GiB, 6000 GiB of disks at a 730th of a month, by 8.
    'gcp.h100_price': (76 + 6.5 + 3.65625 + 0.6) / 8,
    'gcp.h100_spot_price': (42 + 3.25 + 1872 * 0.000976562 + 0.3) / 8,
  },
  names: ['description'],
};
