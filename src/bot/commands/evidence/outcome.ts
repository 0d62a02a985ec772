/** What a correction did: what the rules count and where the networks stand, before it and after. */
import { MARKED } from '../../../core/independent.ts';
import { tierName } from '../../../core/ladder.ts';
import type { Block, Line } from '../../../core/message.ts';
import { MARKET_NEWS, type NewsMention } from '../../../core/news.ts';
import { blindSince } from '../../../core/state.ts';
import { readingsOf } from '../../../core/verdict.ts';
import { list } from '../../alerts.ts';
import { nameOf } from '../../network.ts';
import { networkOf, placeOf, watchesOf } from '../../place.ts';
import { clip } from '../../plain.ts';
import type { World } from '../../world.ts';

const REASONS = 200;

type Count = { readonly network: string; readonly expression: string; readonly outlets: number };
export type Stand = {
  /** [network and expression] */
  readonly counts: ReadonlyMap<string, Count>;
  /** [network] its tier, and its watches. */
  readonly places: ReadonlyMap<string, { readonly tier: string; readonly watch: string }>;
  /** Why rules leave the article out, each reason once. */
  readonly leftOut: ReadonlySet<string>;
};

/** What rules count that may ask for these reports of one article, where their networks stand, and why they leave it out. */
export function standOf(events: readonly NewsMention[], link: string | null, world: World): Stand {
  const networks = networksOf(events, world);
  const leftOut = new Set<string>();
  const counts = networks.flatMap((network) =>
    world
      .standings(network)
      .flatMap(({ verdict, clear }) => (clear === null ? [verdict] : [verdict, clear]))
      .flatMap(readingsOf)
      .flatMap((reading): readonly [string, Count][] => {
        if (reading.kind !== 'news') return [];
        const { expression, count } = reading;
        for (const report of reading.leftOut ?? []) if (link !== null && report.link === link) leftOut.add(report.why);
        return [[`${network} ${expression}`, { network, expression, outlets: count }]];
      }),
  );
  const places = networks.map((network) => {
    const { tier } = placeOf(networkOf(network, world), world);
    return [network, { tier, watch: watchesOf(network, world) }] as const;
  });
  return { counts: new Map(counts), places: new Map(places), leftOut };
}

/** News of the market is asked for by rules of every network, else by those of the network it is about. */
function networksOf(events: readonly NewsMention[], { networks }: World): readonly string[] {
  const ids = networks.map(({ id }) => id);
  return events.some(({ type }) => MARKET_NEWS.has(type))
    ? ids
    : ids.filter((id) => events.some(({ network }) => network === id));
}

/** `news(lab_training, 60d) on Bittensor: 2 → 1 outlets`, `Bittensor: Conviction → Watching`, or that nothing follows. */
export function outcomeBlocks(before: Stand, after: Stand, world: World): readonly Block[] {
  if (blindSince(world.state) !== null)
    return [{ kind: 'text', line: 'Most sources fail together: what follows is judged once they are back.' }];
  const items = [...countLines(before, after, world), ...placeLines(before, after, world)];
  if (items.length > 0) return list('What that changes', items);
  const reasons = [...after.leftOut].filter((why) => why !== MARKED);
  const left = reasons.length === 0 ? '' : ` It is left out: ${clip(reasons.join('; '), REASONS)}.`;
  return [{ kind: 'text', line: `No rule counts otherwise for it, and no tier moves.${left}` }];
}

function countLines(before: Stand, after: Stand, { networks }: World): readonly Line[] {
  const groups = new Map<string, { readonly expression: string; readonly turn: string; readonly names: string[] }>();
  for (const [key, { network, expression, outlets }] of after.counts) {
    const earlier = before.counts.get(key)?.outlets ?? 0;
    if (earlier === outlets) continue;
    const turn = `${earlier} → ${outlets} outlets`;
    const group = groups.get(`${expression} ${turn}`) ?? { expression, turn, names: [] };
    group.names.push(nameOf(networks, network));
    groups.set(`${expression} ${turn}`, group);
  }
  return [...groups.values()].map(
    ({ expression, turn, names }): Line => [{ code: expression }, ` on ${names.join(', ')}: ${turn}`],
  );
}

function placeLines(before: Stand, after: Stand, { ladder, networks }: World): readonly Line[] {
  return [...after.places].flatMap(([network, { tier, watch }]): readonly Line[] => {
    const earlier = before.places.get(network);
    if (earlier === undefined) return [];
    const moved = earlier.tier === tier ? [] : [`${tierName(ladder, earlier.tier)} → ${tierName(ladder, tier)}`];
    const watched = earlier.watch === watch ? [] : [`watch ${watch === '' ? 'lifted' : watch}`];
    const turns = [...moved, ...watched];
    return turns.length === 0 ? [] : [[{ bold: nameOf(networks, network) }, `: ${turns.join(', ')}; /why ${network}`]];
  });
}
