/** `/why`: the explanation of the last change, as it was frozen when the tier moved. */
import { z } from 'zod';
import type { Change } from '../../core/change.ts';
import { type Network, tierName } from '../../core/ladder.ts';
import type { Message } from '../../core/message.ts';
import { causeBlocks, followsBlocks, footerOf, list, outlook, reasonBlocks } from '../alerts.ts';
import { defineCommand } from '../command.ts';
import { figureLines, reportBlocks } from '../evidence.ts';
import { headlineOf } from '../headline.ts';
import { oneNetwork } from '../network.ts';
import { networkOf, placeOf } from '../place.ts';
import { clip } from '../plain.ts';
import { againstBlocks, standingBlocks } from '../standings.ts';
import { formatAt } from '../when.ts';
import type { World } from '../world.ts';

export const why = defineCommand({
  name: 'why',
  description: 'Why a network stands where it stands: the last change with its figures and sources',
  example: (network) => `/why ${network}`,
  args: (networks) => z.strictObject({ network: oneNetwork(networks, 'Which network') }),
  run({ network: id }, _, world) {
    const network = networkOf(id, world);
    const { change } = placeOf(network, world);
    const message =
      change === undefined || change.cause === 'start' ? unmoved(network, world) : explained(change, world);
    return { message, events: [] };
  },
});

function explained(change: Change, { ladder, networks, pages }: World): Message {
  const verdicts = change.drivers.map((driver) => driver.verdict);
  return {
    blocks: [
      { kind: 'title', text: headlineOf(change, ladder, networks) },
      ...reasonBlocks(change),
      ...followsBlocks(change),
      ...causeBlocks(change),
      ...list('Figures', figureLines(verdicts, change.at, pages), 6),
      ...(change.kind === 'tier' ? outlook(change, ladder) : []),
      ...reportBlocks(verdicts, change.at, { drop: 4, leftOut: 8 }),
      { kind: 'footer', text: footerOf({ ...change, networks: [] }) },
    ],
  };
}

function unmoved(network: Network, world: World): Message {
  const { tier } = placeOf(network, world);
  const standings = world.standings(network.id);
  const name = tierName(world.ladder, tier);
  return {
    blocks: [
      { kind: 'title', text: `${network.name}: ${name}` },
      { kind: 'text', line: `No change since the start. It was put there because: ${clip(network.reason, 400)}` },
      ...standingBlocks(standings, world.now),
      ...againstBlocks(standings),
      { kind: 'footer', text: `judged at ${formatAt(world.now)}` },
    ],
  };
}
