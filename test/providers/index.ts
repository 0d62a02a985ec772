/** Every provider, one for each source that ships. */
import { akash } from './akash.ts';
import { akashBurn } from './akash-burn.ts';
import { akashChain } from './akash-chain.ts';
import { akashGpus } from './akash-gpus.ts';
import { akashOracle } from './akash-oracle.ts';
import { aws } from './aws.ts';
import { awsP5 } from './aws-p5.ts';
import { awsSpot } from './aws-spot.ts';
import { azure } from './azure.ts';
import { bittensorChain } from './bittensor-chain.ts';
import { chutes } from './chutes.ts';
import { chutesRevenue } from './chutes-revenue.ts';
import { coingecko } from './coingecko.ts';
import { defillama } from './defillama.ts';
import { gcp } from './gcp.ts';
import { gcpCatalog } from './gcp-catalog.ts';
import { gensyn } from './gensyn.ts';
import { gpurentalprices } from './gpurentalprices.ts';
import { ionet } from './ionet.ts';
import { ionetCatalogue } from './ionet-catalogue.ts';
import { lambda } from './lambda.ts';
import { lium } from './lium.ts';
import { liumRevenue } from './lium-revenue.ts';
import { llamaPrices } from './llama-prices.ts';
import { metagraphed } from './metagraphed.ts';
import { nexus } from './nexus.ts';
import { primeintellect } from './primeintellect.ts';
import type { Provider } from './provider.ts';
import { renderFoundation } from './render-foundation.ts';
import { renderNodes } from './render-nodes.ts';
import { runpod } from './runpod.ts';
import { shadeform } from './shadeform.ts';
import { solana } from './solana.ts';
import { vast } from './vast.ts';

export const PROVIDERS: readonly Provider[] = [
  akash,
  akashGpus,
  akashBurn,
  coingecko,
  akashOracle,
  akashChain,
  ionet,
  ionetCatalogue,
  solana,
  renderFoundation,
  renderNodes,
  bittensorChain,
  metagraphed,
  lium,
  liumRevenue,
  chutes,
  chutesRevenue,
  defillama,
  gensyn,
  llamaPrices,
  nexus,
  awsP5,
  aws,
  awsSpot,
  azure,
  gcp,
  gcpCatalog,
  gpurentalprices,
  lambda,
  runpod,
  vast,
  shadeform,
  primeintellect,
];
