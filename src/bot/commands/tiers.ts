/** `/tiers`: the board, one line a network. */
import { z } from 'zod';
import { type Network, tierName } from '../../core/ladder.ts';
import type { Standing } from '../../core/standing.ts';
import { toDay } from '../../core/time.ts';
import { defineCommand } from '../command.ts';
import { placeOf, watchesOf } from '../place.ts';
import { clip } from '../plain.ts';
import { firing, pending, unknown } from '../standings.ts';
import { formatAt } from '../when.ts';
import type { World } from '../world.ts';

export const tiers = defineCommand({
  name: 'tiers',
  description: 'Every network with its tier, since when, its watch flag and what is firing',
  example: () => '/tiers',
  args: () => z.strictObject({}),
  run: (_, __, world) => ({
    message: {
      blocks: [
        { kind: 'title', text: 'Tiers' },
        {
          kind: 'table',
          columns: ['Network', 'Tier', 'Since', 'Watch', 'Now'].map((title) => ({ title, align: 'left' })),
          rows: world.networks.map((network) => row(network, world)),
        },
        { kind: 'footer', text: `as of ${formatAt(world.now)} · the reasons: /why and the name of a network` },
      ],
    },
    events: [],
  }),
});

function row(network: Network, world: World): readonly string[] {
  const place = placeOf(network, world);
  const since = place.since === null ? 'the start' : toDay(place.since);
  const watch = watchesOf(network.id, world);
  const name = clip(network.name, 24);
  return [name, clip(tierName(world.ladder, place.tier), 16), since, watch || '–', nowOf(world.standings(network.id))];
}

/** What fires; else what is pending; else how many rules cannot be judged. */
function nowOf(standings: readonly Standing[]): string {
  const fires = firing(standings);
  if (fires.length > 0) return `firing: ${titles(fires)}`;
  const waits = pending(standings);
  if (waits.length > 0) return `pending: ${titles(waits)}`;
  const blind = unknown(standings);
  if (blind.length > 0) return `${blind.length} of ${standings.length} rules unknown`;
  return 'quiet';
}

function titles(standings: readonly Standing[]): string {
  const [first, ...more] = standings;
  const title = clip(first?.title ?? '', 30);
  return more.length === 0 ? title : `${title} +${more.length}`;
}
