/** Shadeform: machines of eight cards on many clouds, with the regions of each. */
import type { Provider } from './provider.ts';

/** A region by name, an exclamation mark where the machine can be had there; `spot` has entries of its own. */
function places(regions: string) {
  return regions.split(' ').map((region) => {
    const [name = '', rental = 'on_demand'] = region.replace('!', '').split(':');
    const spot = rental === 'spot' ? { hourly_price: '9.60' } : {};
    return { region: name, available: region.includes('!'), rental_type: rental, ...spot };
  });
}

function type(cloud: string, gpu_type: string, interconnect: string, vram: number, regions: string, num_gpus = 8) {
  return {
    cloud,
    shade_instance_type: `${gpu_type}_${interconnect}x${num_gpus}`,
    cloud_instance_type: `gpu_${num_gpus}x`,
    configuration: {
      num_gpus,
      gpu_type,
      interconnect,
      vram_per_gpu_in_gb: vram,
    },
    hourly_price: 2232,
    availability: places(regions),
  };
}

export const shadeform: Provider = {
  source: 'shadeform',
  key: 'shade-key',
  routes: () => [
    {
      url: 'api.shadeform.ai/v1/instances/types?num_gpus=8&sort=price',
      body: {
        instance_types: [
          // Two types of one cloud in one region are one place, there if either is there.
          type('nebius', 'H100', 'sxm5', 80, 'eu-north1 eu-west1'),
          type('nebius', 'H100', 'sxm5', 80, 'eu-north1!'),
          // A spot machine to be had is none on demand.
          type('denvr', 'H100', 'sxm5', 80, 'houston-usa-1 houston-usa-1:spot!'),
          type('lambdalabs', 'H100', 'sxm5', 80, 'us-west-1!'),
          // Other cards.
          type('hyperstack', 'H100', 'pcie', 80, 'canada-1!'),
          type('denvr', 'GH200', 'sxm5', 96, 'houston-usa-1!'),
          type('nebius', 'GB200', 'sxm6', 186, 'eu-north1!'),
          type('lambdalabs', 'H100', 'sxm5', 80, 'us-east-9!', 1),
          type('nebius', 'H200', 'sxm5', 141, 'eu-north1! us-central1!'),
          type('nebius', 'B200', 'sxm6', 180, 'us-central1 me-west1'),
          type('hyperstack', 'A100_80G', 'sxm4', 80, 'canada-1 norway-1'),
          type('datacrunch', 'A100_80G', 'sxm4', 80, 'FIN-01!'),
          // 40 GB.
          type('lambdalabs', 'A100', 'sxm4', 40, 'us-east-1!'),
        ],
      },
    },
  ],
  gives: {
    'shadeform.h100_capacity': 0.5,
    'shadeform.h100_regions': 2,
    'shadeform.h200_capacity': 1,
    'shadeform.h200_regions': 2,
    'shadeform.b200_capacity': 0,
    'shadeform.b200_regions': 0,
    'shadeform.a100_capacity': 1 / 3,
    'shadeform.a100_regions': 1,
  },
};
