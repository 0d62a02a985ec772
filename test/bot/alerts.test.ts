/** One message for the time away: what came true is told once, with the watch that it confirms. */
import { expect, it } from 'vitest';
import { announce } from '../../src/bot/alerts.ts';
import type { TierChange, WatchChange } from '../../src/core/change.ts';
import { DAY } from '../../src/core/time.ts';
import { T0 } from '../world.ts';
import { LADDER, NETWORKS } from './sample.ts';

const COMMON = { networks: ['akash'], cause: 'rule', drivers: [] } as const;
const watch = (id: string, day: number, on: boolean, told?: string): WatchChange => ({
  ...COMMON,
  kind: 'watch',
  id,
  at: T0 + day * DAY,
  direction: 'positive',
  on,
  says: `${id} says`,
  ...(told === undefined ? {} : { told }),
});
const UP: TierChange = {
  ...COMMON,
  kind: 'tier',
  id: 'up',
  at: T0 + 6 * DAY,
  network: 'akash',
  from: 'watching',
  to: 'conviction',
  says: 'A lab trains',
  against: [],
  back: [],
  follows: { change: 'rumour', at: T0 + DAY, says: 'rumour says' },
};

const textOf = (...changes: readonly (TierChange | WatchChange)[]) =>
  JSON.stringify(announce(changes, LADDER, NETWORKS));

it('says which watch a change confirms, and lists neither that watch nor the end of it', () => {
  const text = textOf(watch('rumour', 1, true), UP, watch('end', 6, false, 'up'), watch('other', 3, true));
  expect(text).toContain('A lab trains; confirms the watch of 2026-01-02.');
  expect(text).toContain('other says');
  expect(text).toContain('2 changes, ');
  expect(text).not.toMatch(/rumour says|end says/);
});

it('lists the end of a watch whose teller is not among the changes', () => {
  expect(textOf(watch('end', 6, false, 'elsewhere'), watch('other', 3, true))).toContain('end says');
});

it('counts one change as one, at one time', () => {
  expect(textOf(watch('rumour', 1, true), UP)).toContain('"1 change, 2026-01-07 00:00 UTC."');
});
