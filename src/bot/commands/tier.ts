/** `/tier`: where one network stands, and what its rules see. */
import { z } from 'zod';
import { tierName, UNRATED } from '../../core/ladder.ts';
import { toDay } from '../../core/time.ts';
import { defineCommand } from '../command.ts';
import { reportBlocks } from '../evidence.ts';
import { oneNetwork } from '../network.ts';
import { networkOf, placeOf, watchesOf } from '../place.ts';
import { clip } from '../plain.ts';
import { standingBlocks } from '../standings.ts';
import { unpublishedBlocks } from '../unpublished.ts';
import { formatAt } from '../when.ts';

export const tier = defineCommand({
  name: 'tier',
  description: 'One network: its tier, what is firing, pending or unknown',
  example: (network) => `/tier ${network}`,
  args: (networks) => z.strictObject({ network: oneNetwork(networks, 'Which network') }),
  run({ network: id }, _, world) {
    const network = networkOf(id, world);
    const place = placeOf(network, world);
    const meaning = [...world.ladder, UNRATED].find((one) => one.id === place.tier)?.meaning;
    const watch = watchesOf(id, world);
    const standings = world.standings(id);
    const verdicts = standings.map(({ verdict }) => verdict);
    return {
      message: {
        blocks: [
          { kind: 'title', text: `${network.name}: ${tierName(world.ladder, place.tier)}` },
          ...(meaning === undefined ? [] : [{ kind: 'text', line: clip(meaning, 300) } as const]),
          {
            kind: 'facts',
            rows: [
              ['Since', place.since === null ? 'the start, no change yet' : toDay(place.since)],
              ['Starting tier', `${tierName(world.ladder, network.tier)}: ${clip(network.reason, 400)}`],
              ...(watch === '' ? [] : [['Watch', watch] as const]),
            ],
          },
          ...standingBlocks(standings, world.now),
          ...reportBlocks(verdicts, world.now, { drop: 6, counted: 5, leftOut: 3 }),
          ...unpublishedBlocks(network),
          { kind: 'footer', text: `judged at ${formatAt(world.now)} · the last change: /why ${id}` },
        ],
      },
      events: [],
    };
  },
});
