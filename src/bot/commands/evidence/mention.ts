/** What an admin says that an article reports: a type, whose it is, and how far. */
import type { Network } from '../../../core/ladder.ts';
import { MARKET_NEWS, type NewsMention, type NewsStatus, type NewsType } from '../../../core/news.ts';
import type { Problem } from '../../command.ts';
import { oneNetwork } from '../../network.ts';
import { clip } from '../../plain.ts';

const ADDED = 'added by an admin';
const SHOWN = 40;
const OTHER = /^other:\s*/i;
/** Typed words fill the arguments in order, so what was left out has to be skipped by name. */
const BY_NAME = 'What follows the type goes by name then, such as status=done.';

/**
 * The mention, sure as a person's word is. News of the market is about nobody, a new entrant may be about somebody, all
 * else has to be: one of the configured networks, or `other:<name>`.
 */
export function mentionOf(
  type: NewsType,
  said: string | undefined,
  status: NewsStatus,
  networks: readonly Network[],
): NewsMention | Problem {
  const mention = { type, status, confidence: 1, because: [ADDED] };
  const market = MARKET_NEWS.has(type);
  if (said === undefined || (market && said.toLowerCase() === 'market')) {
    if (market) return { ...mention, network: null };
    return { problem: `Whose ${type} does it report? ${known(networks)}` };
  }
  if (market && type !== 'new_entrant')
    return { problem: `${type} is news of the whole market: leave “${clip(said, SHOWN)}” out. ${BY_NAME}` };
  const network = OTHER.test(said) ? otherOf(said.replace(OTHER, '')) : idOf(said, networks);
  return typeof network === 'string' ? { ...mention, network } : network;
}

/** Those that a person added, among what an article reports by its words. */
export function addedAmong(events: readonly NewsMention[]): readonly NewsMention[] {
  return events.filter(({ because }) => because.includes(ADDED));
}

/** Classified reports name projects in this way, too: `other:prime-intellect`. */
function otherOf(name: string): string | Problem {
  const id = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return id === '' ? { problem: 'other: needs a name, such as other:prime-intellect.' } : `other:${id}`;
}

function idOf(said: string, networks: readonly Network[]): string | Problem {
  const network = oneNetwork(networks, 'Which network').safeParse(said);
  if (network.success) return network.data;
  const what = network.error.issues[0]?.message ?? 'I do not know that network.';
  return { problem: `${what} Another project is other:<name>.` };
}

function known(networks: readonly Network[]): string {
  return `One of ${networks.map(({ id }) => id).join(', ')}, or other:<name>.`;
}
