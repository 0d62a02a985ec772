/** Every metric source there is: one line for each built-in one, and how the owner's entries become sources. */
import type { Source } from '../core/ports.ts';
import type { DeclaredSource, BuiltInSource as Entry } from '../core/settings.ts';
import type { BuiltIn, BuiltInSource } from './built-in.ts';
import { akash } from './metrics/akash.ts';
import { akashBurn } from './metrics/akash-burn.ts';
import { akashChain } from './metrics/akash-chain.ts';
import { akashGpus } from './metrics/akash-gpus.ts';
import { akashOracle } from './metrics/akash-oracle.ts';
import { aws } from './metrics/aws.ts';
import { awsP5 } from './metrics/aws-p5.ts';
import { awsSpot } from './metrics/aws-spot.ts';
import { azure } from './metrics/azure.ts';
import { bittensorChain } from './metrics/bittensor-chain.ts';
import { chutes } from './metrics/chutes.ts';
import { chutesRevenue } from './metrics/chutes-revenue.ts';
import { coingecko } from './metrics/coingecko.ts';
import { declared } from './metrics/declared.ts';
import { defillama } from './metrics/defillama.ts';
import { gcp } from './metrics/gcp.ts';
import { gcpCatalog } from './metrics/gcp-catalog.ts';
import { gensyn } from './metrics/gensyn.ts';
import { gpurentalprices } from './metrics/gpurentalprices.ts';
import { ionet } from './metrics/ionet.ts';
import { ionetCatalogue } from './metrics/ionet-catalogue.ts';
import { lambda } from './metrics/lambda.ts';
import { lium } from './metrics/lium.ts';
import { liumRevenue } from './metrics/lium-revenue.ts';
import { llamaPrices } from './metrics/llama-prices.ts';
import { metagraphed } from './metrics/metagraphed.ts';
import { nexus } from './metrics/nexus.ts';
import { primeintellect } from './metrics/primeintellect.ts';
import { renderFoundation } from './metrics/render-foundation.ts';
import { renderNodes } from './metrics/render-nodes.ts';
import { runpod } from './metrics/runpod.ts';
import { shadeform } from './metrics/shadeform.ts';
import { solana } from './metrics/solana.ts';
import { vast } from './metrics/vast.ts';
import { rebased } from './rebase.ts';

/** By id. A new source is one file and one line here. */
export const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  akash,
  'akash-gpus': akashGpus,
  'akash-burn': akashBurn,
  coingecko,
  'akash-oracle': akashOracle,
  'akash-chain': akashChain,
  ionet,
  'ionet-catalogue': ionetCatalogue,
  solana,
  'render-foundation': renderFoundation,
  'render-nodes': renderNodes,
  'bittensor-chain': bittensorChain,
  metagraphed,
  lium,
  'lium-revenue': liumRevenue,
  chutes,
  'chutes-revenue': chutesRevenue,
  defillama,
  gensyn,
  'llama-prices': llamaPrices,
  nexus,
  'aws-p5': awsP5,
  aws,
  'aws-spot': awsSpot,
  azure,
  gcp,
  'gcp-catalog': gcpCatalog,
  gpurentalprices,
  lambda,
  runpod,
  vast,
  shadeform,
  primeintellect,
};

/** The facts of every built-in source, in the order of the list. */
export function builtInFacts(): readonly BuiltInSource[] {
  return Object.values(BUILT_IN).map((create) => create({}));
}

/** A source that is not asked, and why: switched off, or without the key it needs. */
export type Disabled = { readonly id: string; readonly source: Source; readonly why: string };

export type Built = {
  readonly sources: readonly Source[];
  readonly disabled: readonly Disabled[];
  /** Ids that name no source. */
  readonly unknown: readonly string[];
};

/**
 * The sources of `sources.yaml`.
 * @param keys values of the environment variables that sources name as their keys
 */
export function buildSources(
  config: readonly (DeclaredSource | Entry)[],
  keys: ReadonlyMap<string, string> = new Map(),
): Built {
  const sources: Source[] = [];
  const disabled: Disabled[] = [];
  const unknown: string[] = [];
  for (const entry of config) {
    const source = 'json' in entry ? declared(entry) : builtIn(entry, keys);
    if (source === undefined) {
      unknown.push(entry.id);
      continue;
    }
    const why = entry.enabled ? missingKey(source, keys) : 'switched off in sources.yaml';
    if (why === null) sources.push(source);
    else disabled.push({ id: entry.id, source, why });
  }
  return { sources, disabled, unknown };
}

function builtIn({ id, every, base, private: open }: Entry, keys: ReadonlyMap<string, string>) {
  const create = Object.hasOwn(BUILT_IN, id) ? BUILT_IN[id] : undefined;
  if (create === undefined) return undefined;
  const variable = create({}).key?.variable;
  const key = variable === undefined ? undefined : keys.get(variable);
  const source = create({ ...(every === undefined ? {} : { every }), ...(key === undefined ? {} : { key }) });
  return base === undefined ? source : rebased(source, base, open);
}

function missingKey(source: Source | BuiltInSource, keys: ReadonlyMap<string, string>): string | null {
  if (!('key' in source) || source.key === null || !source.key.required || keys.has(source.key.variable)) return null;
  return `needs ${source.key.variable} (${source.key.from})`;
}
