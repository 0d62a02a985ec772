/** The name of an entrant that no list knows: a capitalised name that the statement calls a network or says is launched. */
import type { Matcher, Span } from './match.ts';
import type { Token } from './tokens.ts';

/** Words that belong to a company's form, not to its name. */
const FORM = new Set(
  'network networks labs lab protocol foundation inc technologies technology project markets cloud platform mainnet testnet token chain blockchain marketplace research'.split(
    ' ',
  ),
);
/** Capitalised at the start of a title, and in titles everywhere; names of nobody. */
const PLAIN = new Set(
  'the a an and or of for to in on at by with from its is are was new now first live launch launches launched launching announces announced announcing introducing introduces meet why how what when who this that it we our today gpu gpus ai ml depin web3 decentralized decentralised distributed compute computing mainnet testnet network cloud open source crypto blockchain raises secures show hn'.split(
    ' ',
  ),
);

/** Words after which, or before which, a name is that of the thing reported; less is better. */
const NEAR = 14;

/**
 * `other:<name>` for the capitalised name nearest to the words from `anchor` on, or undefined. Not where `strangers`
 * (companies, places) match.
 */
export function entrantIn(
  matcher: Matcher,
  statement: Span,
  anchor: Span,
  strangers: number | null,
): { readonly network: string; readonly span: Span } | undefined {
  const candidates = capitalRuns(matcher, statement)
    .filter((run) => strangers === null || matcher.find(strangers, run) === undefined)
    .map((span) => ({ span, network: slugOf(matcher.tokens.slice(span.from, span.to)) }))
    .filter(({ network }) => network !== '');
  const distance = ({ span }: { readonly span: Span }): number =>
    span.to <= anchor.from ? anchor.from - span.to : Math.max(0, span.from - anchor.to) + 2;
  const [best] = candidates.toSorted((a, b) => distance(a) - distance(b) || a.span.from - b.span.from);
  if (best === undefined || distance(best) > NEAR) return undefined;
  return { network: `other:${best.network}`, span: best.span };
}

function capitalRuns({ tokens }: Matcher, { from, to }: Span): readonly Span[] {
  const runs: Span[] = [];
  let start: number | null = null;
  for (let at = from; at <= to; at++) {
    const token = at < to ? tokens[at] : undefined;
    const named = token !== undefined && isName(token);
    const breaks =
      start !== null &&
      token !== undefined &&
      tokens[at - 1] !== undefined &&
      token.at - (tokens[at - 1] as Token).end > 1;
    if (start !== null && (!named || breaks)) {
      runs.push({ from: start, to: at });
      start = null;
    }
    if (named && start === null) start = at;
  }
  return runs;
}

function isName({ text, word }: Token): boolean {
  return /^\p{Lu}|^\d+\p{Lu}|^\p{Ll}+\p{Lu}/u.test(text) && !PLAIN.has(word);
}

/** At most two words, without those of a company's form: `Stoa Markets` is `stoa`. */
function slugOf(tokens: readonly Token[]): string {
  const words = tokens.map(({ word }) => word.replace(/[^\p{L}\p{N}.]+/gu, '')).filter((word) => word !== '');
  const telling = words.filter((word) => !FORM.has(word));
  if (telling.length === 0 || telling.length > 3) return '';
  return telling.slice(0, 2).join('-').slice(0, 40);
}
