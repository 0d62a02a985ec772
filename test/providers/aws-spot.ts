/** The file behind AWS's spot price page: prices as text, sizes listed twice, `N/A*` where nothing is sold. */
import { MINUTE } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

function size(name: string, linux: string, windows = 'N/A*') {
  return {
    size: name,
    valueColumns: [
      { name: 'linux', prices: { USD: linux } },
      { name: 'mswin', prices: { USD: windows } },
    ],
  };
}

const body = {
  vers: 0.01,
  config: {
    rate: 'perhr',
    valueColumns: ['linux', 'mswin'],
    currencies: ['USD'],
    regions: [
      {
        region: 'us-east-1-atl-1',
        footnotes: { '*': 'notAvailableForCCorCGPU' },
        instanceTypes: [{ type: 'gpuCurrentGen', sizes: [size('p5.48xlarge', '70.0')] }],
      },
      {
        region: 'us-east-1',
        footnotes: { '*': 'notAvailableForCCorCGPU' },
        instanceTypes: [
          { type: 'generalCurrentGen', sizes: [size('t3.nano', '9.0E-4', '0.0053')] },
          { type: 'generalPreviousGen', sizes: [] },
          {
            type: 'gpuCurrentGen',
            sizes: [
              size('g4dn.xlarge', '0.2104', '0.3944'),
              size('g5.xlarge', 'N/A*', '0.61'),
              size('g6.xlarge', '0.3218'),
              size('p4d.24xlarge', '14.2313'),
              size('p4de.24xlarge', '21.8259'),
              size('p4de.24xlarge', '21.8259'),
              size('p5.48xlarge', '19.4933'),
              size('p5.4xlarge', '2.6295'),
              size('p5en.48xlarge', '27.0749'),
              size('p6-b200.48xlarge', '42.2529'),
            ],
          },
        ],
      },
      { region: 'us-west-2', instanceTypes: [{ type: 'gpuCurrentGen', sizes: [size('p5.48xlarge', '24.0')] }] },
    ],
  },
};

export const awsSpot: Provider = {
  source: 'aws-spot',
  routes: (now) => [{ url: 'website.spot.ec2.aws.a2z.com/spot.json', body, modified: now - 25 * MINUTE }],
  gives: {
    'aws.h100_spot_price': 2.4366625,
    'aws.h200_spot_price': 3.3843625,
    'aws.b200_spot_price': 5.2816125,
    'aws.a100_spot_price': 2.7282375,
    'aws.a100_40gb_spot_price': 1.7789125,
    'aws.l4_spot_price': 0.3218,
    'aws.t4_spot_price': 0.2104,
  },
  names: ['region', 'size', 'name'],
};
