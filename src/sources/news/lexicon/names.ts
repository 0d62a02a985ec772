/** Who an article speaks of: networks and projects by their names, told apart from verbs, people and phones. */
import type { Network } from '../../../core/ladder.ts';
import type { Matcher, Span } from './match.ts';
import type { Lexicon } from './schema.ts';
import { tokensOf } from './tokens.ts';

/** One place where a network or project is named. */
export type Naming = { readonly network: string; readonly span: Span };

/** How something is named, as sets of phrases by their numbers. */
export type Name = {
  readonly network: string;
  readonly words: number;
  readonly with: number | null;
  readonly without: number | null;
};

/** The class of words that show that computing networks are spoken of. */
const CONTEXT = 'context';

/**
 * The lexicon's names, and those of configured networks: a name or alias it does not list counts where the class
 * `context` speaks of such networks. Names of networks that are not configured are left out.
 */
export function namesOf(
  lexicon: Lexicon,
  networks: readonly Network[],
  set: (phrases: readonly string[]) => number,
): readonly Name[] {
  const configured = new Set(networks.map(({ id }) => id));
  const listed = lexicon.names.filter(({ network }) => network.startsWith('other:') || configured.has(network));
  const usual = networks.flatMap((network): Lexicon['names'] => {
    const known = new Set(listed.filter((name) => name.network === network.id).flatMap(({ words }) => words.map(fold)));
    const words = [network.name, ...network.aliases].filter((word) => !known.has(fold(word)));
    if (words.length === 0 || known.has(fold(network.name))) return [];
    return [
      {
        network: network.id,
        words: words.map(bare),
        ...(CONTEXT in lexicon.classes ? { with: [`<${CONTEXT}>`] } : {}),
      },
    ];
  });
  return [...listed, ...usual].map((name) => ({
    network: name.network,
    words: set(name.words),
    with: name.with === undefined ? null : set(name.with),
    without: name.without === undefined ? null : set(name.without),
  }));
}

function fold(word: string): string {
  return word.toLowerCase();
}

/** A name from `networks.yaml` is a name, whatever signs of the notation are in it: those are left out. */
function bare(name: string): string {
  const words = name.replace(/[()|<>!~^$*?]|\.{2,}/g, ' ').split(/\s+/);
  return words.filter((word) => tokensOf(word).length > 0).join(' ') || 'nameless';
}

/** Every naming in the text, in reading order; where two overlap the longer. */
export function namingsIn(matcher: Matcher, names: readonly Name[], whole: Span): readonly Naming[] {
  const found: Naming[] = [];
  for (const name of names) {
    const spans = matcher.all(name.words, whole);
    if (spans.length === 0) continue;
    if (name.without !== null && matcher.find(name.without, whole) !== undefined) continue;
    if (name.with !== null && matcher.find(name.with, whole) === undefined) continue;
    for (const span of spans) found.push({ network: name.network, span });
  }
  found.sort((a, b) => a.span.from - b.span.from || b.span.to - a.span.to);
  const kept: Naming[] = [];
  for (const naming of found) if (naming.span.from >= (kept.at(-1)?.span.to ?? 0)) kept.push(naming);
  return kept;
}
