/** The daily CSV of p5.48xlarge: lines as Python ends them, times without a zone, days without a price. */
import { DAY, HOUR, type Instant, toDay, toIso } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

/** As Python's `utcnow().isoformat()` writes it. */
function written(at: Instant): string {
  return toIso(at - (at % 1000)).replace('Z', '');
}

export const awsP5: Provider = {
  source: 'aws-p5',
  routes: (now) => [
    {
      url: 'raw.githubusercontent.com/amorton45/aws-gpu-price-tracker/main/gpu_prices.csv',
      body: [
        'timestamp,instance,price_usd',
        `${written(now - 900 * DAY)},p5.48xlarge,120.0`,
        `${toDay(now - 60 * DAY)},p5.48xlarge,98.32`,
        `${toDay(now - 30 * DAY)},p5.48xlarge,`,
        `${written(now - 2 * DAY - HOUR)},p5.48xlarge,98.32`,
        `${written(now - DAY - HOUR)},p5.48xlarge,55.04`,
        `${written(now - DAY - HOUR)},p6-b200.48xlarge,113.9328`,
        `${written(now - HOUR)},p5.48xlarge,56.0`,
        '',
      ].join('\r\n'),
    },
  ],
  gives: { 'aws.h100_price': 7 },
};
