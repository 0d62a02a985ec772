/** Chutes' inventory: by miner, an entry for each GPU at work, and counts of idle ones. */
import type { Provider } from './provider.ts';

function gpu(model: string, instance: string | null) {
  const chute = { username: 'chutes', name: 'example/model', chute_id: 'c-1', verified: true, instance_id: instance };
  return { gpu: model, chute: instance === null ? { username: null, name: '[private chute]' } : chute };
}

export const chutes: Provider = {
  source: 'chutes',
  routes: () => [
    {
      url: 'api.chutes.ai/nodes/?detailed=true',
      body: {
        '5MinerOne': {
          // One instance of a model on five GPUs, and two smaller ones.
          provisioned: [...Array.from({ length: 5 }, () => gpu('h200', 'i-1')), gpu('4090', 'i-2'), gpu('4090', null)],
          idle: { '4090': 2 },
        },
        '5MinerTwo': { provisioned: [], idle: { h100_sxm: 1, '3090': 0 } },
      },
    },
  ],
  gives: { 'chutes.gpus_leased': 7, 'chutes.gpus_total': 10, 'chutes.gpu_utilization': 0.7 },
};
