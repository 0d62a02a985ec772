/** RunPod: all GPU types in one GraphQL answer, most of them consumer cards. */
import type { Provider } from './provider.ts';

const type = (id: string, stockStatus: string | null) => ({ id, lowestPrice: { stockStatus } });

export const runpod: Provider = {
  source: 'runpod',
  routes: () => [
    {
      url: 'api.runpod.io/graphql',
      asks: 'gpuTypes',
      body: {
        data: {
          gpuTypes: [
            type('unknown', null),
            type('NVIDIA H100 80GB HBM3', 'Medium'),
            // Another card, whatever its stock.
            type('NVIDIA H100 NVL', 'Low'),
            type('NVIDIA H200', 'Low'),
            type('NVIDIA H200 NVL', 'High'),
            // Null is out of stock.
            type('NVIDIA B200', null),
            type('NVIDIA B300 SXM6 AC', 'High'),
            type('NVIDIA A100 80GB PCIe', 'High'),
            type('NVIDIA GeForce RTX 5090', 'High'),
          ],
        },
      },
    },
  ],
  gives: { 'runpod.h100_capacity': 1, 'runpod.h200_capacity': 0, 'runpod.b200_capacity': 0 },
};
