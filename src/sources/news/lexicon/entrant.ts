/** The name of an entrant that no list knows: a capitalised name that is told by its place as the one that launches or raises. */
import { capitalRuns, isTold, slugOf, split, whole } from './capitals.ts';
import { COMPARED, DOES, FORM, GIVER, GIVES, INTO, KIND, OTHERS, POINTS, RIVALS, TAIL } from './entrant-words.ts';
import type { Matcher, Span } from './match.ts';
import type { Token } from './tokens.ts';

/** How many words from the words that report it a name may stand. */
const NEAR = 14;
/** What a name in another statement is behind one in the same. */
const ELSEWHERE = 12;

/**
 * `other:<name>` for the capitalised name that is best placed to be the entrant, or undefined: in the statement, else in
 * those of `beside`. Not where `strangers` (companies, places) match.
 */
export function entrantIn(
  matcher: Matcher,
  statement: Span,
  anchor: Span,
  strangers: number | null,
  beside: readonly Span[] = [],
): { readonly network: string; readonly span: Span } | undefined {
  const here = candidatesIn(matcher, statement, strangers).map((run) => ({
    run,
    end: statement.to,
    score: scoreOf(matcher, statement, run, anchor),
  }));
  const near = here.filter(({ run }) => distance(run, anchor) <= NEAR);
  const away = beside
    .filter(({ from }) => from !== statement.from)
    .flatMap((other) =>
      candidatesIn(matcher, other, strangers).map((run) => ({
        run,
        end: other.to,
        score: ELSEWHERE + run.from - other.from + placeOf(matcher, other, run),
      })),
    );
  const [best] = [...near, ...away].toSorted((a, b) => a.score - b.score || a.run.from - b.run.from);
  if (best === undefined) return undefined;
  const span = whole(matcher, best.run, best.end);
  return { network: `other:${slugOf(matcher.tokens.slice(span.from, span.to))}`, span };
}

function candidatesIn(matcher: Matcher, statement: Span, strangers: number | null): readonly Span[] {
  const strange = new Set<number>();
  if (strangers !== null)
    for (const { from, to } of matcher.all(strangers, statement)) for (let at = from; at < to; at++) strange.add(at);
  return capitalRuns(matcher, statement)
    .filter(({ from, to }) => !matcher.tokens.slice(from, to).some(({ word }) => GIVER.has(word)))
    .flatMap((run) => split(run, strange))
    .filter(({ from, to }) => slugOf(matcher.tokens.slice(from, to)) !== '');
}

function distance(run: Span, anchor: Span): number {
  return run.to <= anchor.from ? anchor.from - run.to : Math.max(0, run.from - anchor.to) + 2;
}

function scoreOf(matcher: Matcher, statement: Span, run: Span, anchor: Span): number {
  return distance(run, anchor) + placeOf(matcher, statement, run);
}

/** Less where the words around say that the name is that of the entrant, more where it is another's. */
function placeOf({ tokens }: Matcher, statement: Span, run: Span): number {
  const word = (at: number): string => (at >= statement.from && at < statement.to ? (tokens[at]?.word ?? '') : '');
  const last = tokens[run.to - 1] as Token;
  const first = tokens[run.from] as Token;
  let next = run.to;
  while (FORM.has(word(next)) || TAIL.has(word(next)) || KIND.has(word(next))) next++;
  let score = 0;
  if (DOES.has(word(next))) score -= 8;
  else if (GIVES.has(word(next)) || (word(next) === 'and' && GIVES.has(word(next + 2)))) score += 14;
  else if (word(next) === ',' && ['a', 'an', 'the', 'which'].includes(word(next + 1))) score -= 6;
  else if ([':', '–', '—', '('].includes(word(next)) && run.from === statement.from) score -= 5;
  if (FORM.has(word(run.to)) || TAIL.has(word(run.to))) score -= 3;
  if (/['’]s?$/.test(last.text)) score -= 2;
  const before = word(run.from - 1);
  const behind = before === ':' && word(run.from - 2) === 'hn' ? 'hn' : before;
  if (OTHERS.has(behind)) score += 14;
  else if (POINTS.has(behind)) score -= 6;
  else if (INTO.has(behind)) score += gives(tokens, statement) ? -16 : 3;
  if (isTold(first.text)) score -= 2;
  if (/^\p{Lu}{2,4}s?$/u.test(last.text) && run.to - run.from === 1) score += 4;
  if (startsSentence(tokens, statement, run.from) && score >= 0) score += 3;
  if (tokens.filter((token) => token.word === first.word && token.text[0] === first.text[0]).length > 1) score -= 3;
  return score;
}

function gives(tokens: readonly Token[], { from, to }: Span): boolean {
  const words = tokens.slice(from, to).map(({ word }) => word);
  if (words.some((word) => GIVES.has(word) || word === 'round')) return true;
  return words.some((word) => /^[$€£]/.test(word)) && !words.some((word) => DOES.has(word));
}

function startsSentence(tokens: readonly Token[], { from }: Span, at: number): boolean {
  return at === from || [':', '–', '—'].includes(tokens[at - 1]?.word ?? '');
}

/** Whether the name at `from` is only compared with: `a rival to Akash`, `unlike Render`, `ex-Gensyn`. */
export function isCompared({ tokens }: Matcher, from: number): boolean {
  const [before, further] = [tokens[from - 1]?.word ?? '', tokens[from - 2]?.word ?? ''];
  if (COMPARED.has(before)) return true;
  return ['to', 'of', 'for', 'with'].includes(before) && RIVALS.has(further);
}
