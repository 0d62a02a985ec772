/** Who an article speaks of: the configured networks, told apart from verbs, people and phones, and known other projects. */
import type { Network } from '../../core/ladder.ts';

/** One place where a network or project is named. */
export type Naming = { readonly network: string; readonly words: string; readonly at: number };

/** What has to stand somewhere in the article before a common word is believed to be a network's name. */
const CONTEXT =
  /\b(?:decentrali[sz]\w+|GPUs?|compute|network|DePIN|subnets?|tokens?|blockchain|mainnet|testnet|validators?|leases?)\b/i;

/** Names that mean more than one thing: what must stand nearby, and what shows that another thing is meant. */
const AMBIGUOUS: Readonly<Record<string, { readonly needs?: RegExp; readonly not?: RegExp }>> = {
  akash: {
    not: /\bAkash (?:Ambani|Anand|Bansal|Chopra|Deep|Gupta|Kumar|Mehta|Missile|Patel|Sharma|Singh|Systems)\b|\bAakash\b/,
  },
  gensyn: {},
  render: {
    needs: /\bRNDR\b|\bOTOY\b|\bDePIN\b|\bRender (?:Foundation|[Tt]oken)\b|\bRENDER\b|\bdecentrali[sz]ed\b|\bBME\b/,
    not: /\brender network (?:requests?|calls?|data|graphs?|diagrams?|maps?|traffic)\b|\b(?:to|can|will) render network\b|\b(?:server|client)[- ]side render/i,
  },
  nexus: {
    needs:
      /\bzk\w*\b|\bzero-knowledge\b|\bverifiable\b|\bNexus Labs\b|\btestnet\b|\bmainnet\b|\bdecentrali[sz]ed\b|\bLayer[- ]1\b/i,
    not: /\b(?:Google|Android|Sonatype|Cisco|GamersN|Lexus)\w* ?Nexus\b|\bNexus (?:phones?|[4-9][XP]?|One|Mods|Repository|Cortex|Player)\b|\bAndroid\b/i,
  },
  ionet: { not: /\bGoogle I\/?O\b/i },
  bittensor: { needs: /\bsubnets?\b|\bBittensor\b|\bdecentrali[sz]ed\b/i, not: /\bTerence Tao\b/i },
};

/** Names nobody takes for anything else. Others are sure where they have a dot, a digit or a second word. */
const SURE = /^(?:bittensor|gensyn|opentensor)$/i;

/** Projects beside the configured networks, and teams and models that belong to one. `needs` as above. */
const OTHERS: readonly { readonly network: string; readonly words: RegExp; readonly needs?: RegExp }[] = [
  { network: 'bittensor', words: /\bCovenant-?\s?72B\b|\bCovenant AI\b/g },
  {
    network: 'bittensor',
    words: /\bTemplar\b|\bMacrocosmos\b|\bIOTA\b/g,
    needs: /\bSN\d+\b|\bsubnets?\b|\bBittensor\b/i,
  },
  { network: 'gensyn', words: /\bRL Swarm\b/g },
  { network: 'other:prime-intellect', words: /\bPrime Intellect\b|\bINTELLECT-[12]\b/gi },
  { network: 'other:nous-psyche', words: /\bNous Research\b|\bConsilience\b/g },
  { network: 'other:nous-psyche', words: /\bPsyche\b/g, needs: /\bNous\b|\bdecentrali[sz]ed\b/ },
  { network: 'other:pluralis', words: /\bPluralis\b/g },
  {
    network: 'other:0g',
    words: /\b0G(?: Labs)?\b|\bDiLoCoX(?:-107B)?\b/g,
    needs: /\bdecentrali[sz]\w+|\btrain\w*|\b0G Labs\b/i,
  },
  { network: 'other:flower-vana', words: /\bCollective-1\b|\bFlower AI\b|\bVana\b/gi },
  { network: 'other:gonka', words: /\bGonka\b/g },
  { network: 'other:cocoon', words: /\bCocoon\b/gi, needs: /\bTON\b|\bTelegram\b|\bDurov\b/ },
  { network: 'other:spheron', words: /\bSpheron\b/g },
  { network: 'other:aethir', words: /\bAethir\b/g },
  { network: 'other:nosana', words: /\bNosana\b/g },
  { network: 'other:targon', words: /\bTargon\b/g },
  { network: 'other:acurast', words: /\bAcurast\b/g },
  { network: 'other:arcium', words: /\bArcium\b/g },
  { network: 'other:theta', words: /\bTheta (?:EdgeCloud|Network|Labs)\b/g },
  { network: 'other:hyperbolic', words: /\bHyperbolic\b/g, needs: /\bGPU (?:marketplace|cloud)\b|\bHyperbolic Labs\b/ },
];

/** Every naming in the text, in reading order. */
export function namings(text: string, networks: readonly Network[]): readonly Naming[] {
  const found = [...networks.flatMap((network) => ofNetwork(text, network)), ...ofOthers(text, networks)];
  return found.sort((a, b) => a.at - b.at);
}

function ofNetwork(text: string, network: Network): Naming[] {
  const rule = AMBIGUOUS[network.id] ?? {};
  if (rule.not?.test(text)) return [];
  const all = new Set([network.name, ...network.aliases, ...(network.token === null ? [] : [network.token])]);
  // Two letters say nothing: Gensyn's token is called AI, and that of io.net IO.
  const named = [...all].filter((name) => name.length > 2);
  const believed = named.filter((name) => isSure(name) || (CONTEXT.test(text) && (rule.needs?.test(text) ?? true)));
  return believed.flatMap((name) => places(text, whole(name), network.id));
}

/** Sure names are found in any case; a common word only as written, so that the verb and the person stay out. */
function whole(name: string): RegExp {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}_./@-])${escaped}(?![\\p{L}\\p{N}_]|\\.\\p{L})`, isSure(name) ? 'giu' : 'gu');
}

function isSure(name: string): boolean {
  return SURE.test(name) || /\s|\w\.\w/.test(name.trim());
}

function ofOthers(text: string, networks: readonly Network[]): Naming[] {
  return OTHERS.filter(({ network, needs }) => isKnown(network, networks) && (needs?.test(text) ?? true)).flatMap(
    ({ network, words }) => places(text, words, network),
  );
}

/** A subnet of Bittensor counts for Bittensor only where Bittensor is configured. */
function isKnown(network: string, networks: readonly Network[]): boolean {
  return network.startsWith('other:') || networks.some(({ id }) => id === network);
}

function places(text: string, words: RegExp, network: string): Naming[] {
  return [...text.matchAll(words)].map((match) => ({ network, words: match[0], at: match.index }));
}
