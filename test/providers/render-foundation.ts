/** The Render Foundation's statistics: weekly epochs from Wednesday to Wednesday, and channels with other calendars. */
import { DAY, type Instant, toIso } from '../../src/core/time.ts';
import type { Provider } from './provider.ts';

const API = 'infra.shikumi.cc/api/v1';
const WEEK = 7 * DAY;
/** Epoch 1 began on Wednesday, 2023-12-20. */
const BEGINNING = Date.parse('2023-12-20T00:00:00Z');

/** The number of the epoch that runs, and when it began. */
function running(now: Instant): readonly [epoch: number, start: Instant] {
  const weeks = Math.floor((now - BEGINNING) / WEEK);
  return [weeks + 1, BEGINNING + weeks * WEEK];
}

function burns(now: Instant) {
  const [epoch, start] = running(now);
  const row = (id: number, from: Instant, burnedRender: number, text = false) => ({
    id,
    startDate: toIso(from),
    endDate: toIso(from + WEEK),
    burnedRenderUSDCAmt: burnedRender * 2.5,
    // A figure may be a number or its text.
    burnedRender: text ? String(burnedRender) : burnedRender,
    totalRenderUsed: burnedRender * 9,
  });
  // The running epoch is not over; an id of 10,000 and more is a total of many.
  return [
    row(epoch, start, 1200.5),
    row(epoch - 1, start - WEEK, 10_150, true),
    row(10_001, start - 9 * WEEK, 1_400_000),
  ];
}

function owed(now: Instant) {
  const [epoch, start] = running(now);
  const row = (epochId: number, channel: string, from: Instant, to: Instant, render: number) => ({
    epochId,
    channel,
    start: toIso(from),
    end: toIso(to),
    amountDue: render * 1e8,
    metadataBySolKey: {},
  });
  const monday = start - 2 * DAY;
  return [
    row(epoch, 'node_operator', start, start + WEEK, 500),
    // This channel counts from Monday to Monday, and has few epochs yet: 10 RENDER a day.
    row(62, 'render_compute_network', monday, monday + WEEK, 70),
    row(epoch - 1, 'node_operator', start - WEEK, start, 15_120),
    row(epoch - 1, 'availability', start - WEEK, start, 2884),
    { ...row(61, 'render_compute_network', monday - WEEK, monday, 70), amountDue: '7000000000' },
    // Rewards for moving tokens to Solana are no pay for work.
    row(9, 'upgrade', start - 30 * DAY, start, 91_262),
    row(10_001, 'node_operator', start - 9 * WEEK, start, 900_000),
  ];
}

export const renderFoundation: Provider = {
  source: 'render-foundation',
  routes: (now) => [
    {
      url: `${API}/epochBurnStats`,
      asks: '"start":0',
      needs: ['origin', 'https://stats.renderfoundation.com'],
      body: burns(now),
    },
    {
      url: `${API}/liabilityEpochs`,
      needs: ['origin', 'https://stats.renderfoundation.com'],
      body: { epochs: owed(now) },
    },
  ],
  gives: { 'render.burned': 1450, 'render.minted': 2582 },
  names: ['channel'],
  unread: ['burnedRenderUSDCAmt', 'totalRenderUsed', 'metadataBySolKey'],
};
