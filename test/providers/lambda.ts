/** Lambda: all its instance types by name, each with the regions that have it in stock. */
import type { Provider } from './provider.ts';

function type(name: string, gpu_description: string, gpus: number, regions: readonly string[]) {
  return {
    instance_type: {
      name,
      description: `${gpus}x ${gpu_description}`,
      gpu_description,
      price_cents_per_hour: 399 * gpus,
      specs: { vcpus: 26 * gpus, memory_gib: 225 * gpus, storage_gib: 2816 * gpus, gpus },
    },
    regions_with_capacity_available: regions.map((region) => ({ name: region, description: `${region}, USA` })),
  };
}

const types = [
  type('gpu_1x_h100_sxm5', 'H100 (80 GB SXM5)', 1, ['us-west-3', 'us-south-2']),
  type('gpu_8x_h100_sxm5', 'H100 (80 GB SXM5)', 8, ['us-south-2']),
  type('gpu_2x_h100_sxm5', 'H100 (80 GB SXM5)', 2, []),
  type('gpu_4x_h100_sxm5', 'H100 (80 GB SXM5)', 4, []),
  type('gpu_1x_h100_pcie', 'H100 (80 GB PCIe)', 1, ['us-west-3']),
  type('gpu_1x_b200_sxm6', 'B200 (180 GB SXM6)', 1, []),
  type('gpu_8x_b200_sxm6', 'B200 (180 GB SXM6)', 8, []),
  // A GH200 is no H100, an A100 of 40 GB is not one of 80, and the PCIe A100 has no metric.
  type('gpu_1x_gh200', 'GH200 (96 GB)', 1, ['us-east-3']),
  type('gpu_1x_a100_sxm4', 'A100 (40 GB SXM4)', 1, ['us-east-1']),
  type('gpu_8x_a100', 'A100 (40 GB SXM4)', 8, []),
  type('gpu_1x_a100', 'A100 (40 GB PCIe)', 1, ['us-east-1', 'us-west-2']),
  type('gpu_1x_a10', 'A10 (24 GB PCIe)', 1, ['us-east-1']),
  type('cpu_4x_general', 'N/A', 0, ['us-east-1']),
];

export const lambda: Provider = {
  source: 'lambda',
  key: 'lambda-key',
  routes: () => [
    {
      url: 'cloud.lambda.ai/api/v1/instance-types',
      body: { data: Object.fromEntries(types.map((one) => [one.instance_type.name, one])) },
      needs: ['authorization', 'Bearer lambda-key'],
    },
  ],
  gives: {
    'lambda.h100_capacity': 0.5,
    'lambda.h100_regions': 2,
    'lambda.h100_pcie_capacity': 1,
    'lambda.h100_pcie_regions': 1,
    'lambda.b200_capacity': 0,
    'lambda.b200_regions': 0,
    'lambda.a100_40gb_capacity': 0.5,
    'lambda.a100_40gb_regions': 1,
  },
  // The one type of its card: without it the card is another cloud's.
  names: ['gpu_1x_h100_pcie'],
};
