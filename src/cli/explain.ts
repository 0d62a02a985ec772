/** `tierwatch explain`: where networks stand and why, rule by rule: phase, distance, outlook and the verdict's tree. */
import type { Config } from '../config/config.ts';
import type { Network } from '../core/ladder.ts';
import type { State, TierStanding } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import { standings } from '../triggers/judge/standings.ts';
import { bookOf, loadFor } from './book.ts';
import { type Ground, type GroundOptions, groundFor } from './explain/ground.ts';
import { jsonOf } from './explain/json.ts';
import { networkNamed } from './explain/network.ts';
import { type Explained, textOf } from './explain/text.ts';
import type { Io } from './io.ts';
import { leastPaces } from './paces.ts';
import { terminalOf } from './terminal.ts';

export type ExplainOptions = GroundOptions & {
  /** Id, name or alias; all networks where absent. */
  readonly network?: string;
  readonly config?: string;
  readonly json?: boolean;
};

/** Gives the exit code: 1 where the configuration, a history file or the data directory cannot be used. */
export async function runExplain(options: ExplainOptions, io: Io): Promise<number> {
  // Sources tell the pace of what the service recorded.
  const config = await loadFor(options.config, undefined, io, leastPaces());
  if (config === undefined) return 1;
  const { networks } = config.networks;
  const wanted = options.network === undefined ? networks : [networkNamed(options.network, networks)];
  const ground = await groundFor(options, config, io);
  if (ground === undefined) return 1;
  try {
    const explained = wanted.map((network) => explainedOf(network, config, ground));
    const lines = options.json === true ? explained.flatMap((one) => jsonOf(one, ground.now)) : null;
    io.out(
      lines?.map((line) => `${line}\n`).join('') ?? textOf(explained, ground, config.settings.ladder, terminalOf(io)),
    );
  } finally {
    await ground.close();
  }
  return 0;
}

function explainedOf(network: Network, config: Config, { state, evidence, now }: Ground): Explained {
  const book = bookOf(config);
  const recorded = state.tiers.get(network.id);
  const rules = standings(book, network.id, state, evidence, now);
  return { network, tier: recorded?.tier ?? network.tier, since: sinceOf(recorded, state), standings: rules };
}

/** Where the first look put it there, nothing has moved it since. */
function sinceOf(standing: TierStanding | undefined, state: State): Instant | null {
  return standing === undefined || state.changes.get(standing.change)?.cause === 'start' ? null : standing.since;
}
