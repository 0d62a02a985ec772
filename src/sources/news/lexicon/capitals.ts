/** Names as they are written: runs of capitalised words, and the short name made of one. */
import { DOES, FORM, GIVER, KIND, PLAIN, TAIL } from './entrant-words.ts';
import type { Matcher, Span } from './match.ts';
import type { Token } from './tokens.ts';

/** The parts of a run between the words of strangers. */
export function split({ from, to }: Span, strange: ReadonlySet<number>): readonly Span[] {
  const parts: Span[] = [];
  let start = from;
  for (let at = from; at <= to; at++) {
    if (at < to && !strange.has(at)) continue;
    if (at > start) parts.push({ from: start, to: at });
    start = at + 1;
  }
  return parts;
}

/** `Swan Chain` and `Sahara AI` are the whole name where what follows, before `end`, shows that it ends there. */
export function whole({ tokens }: Matcher, { from, to }: Span, end: number): Span {
  const [last, kind, behind] = [to - 1, to, to + 1].map((at) => (at < end ? tokens[at] : undefined));
  if (last === undefined || kind === undefined || !TAIL.has(kind.word) || !/^\p{Lu}/u.test(kind.text))
    return { from, to };
  if (kind.at - last.end > 1 || /['’]s?$/.test(last.text)) return { from, to };
  const ends =
    behind === undefined ||
    behind.at - kind.end > 1 ||
    /['’]s?$/.test(kind.text) ||
    FORM.has(behind.word) ||
    DOES.has(behind.word) ||
    !/^[\p{Lu}\p{Ll}]/u.test(behind.text) ||
    (/^\p{Ll}/u.test(behind.text) && !KIND.has(behind.word) && !isKindWord(behind.word));
  return ends ? { from, to: to + 1 } : { from, to };
}

function isKindWord(word: string): boolean {
  return FORM.has(word) || GIVER.has(word) || word === 'inference' || word === 'training';
}

/** Written as no ordinary word is: `0G`, `PinAI`, `Clore.ai`. */
export function isTold(text: string): boolean {
  return /\d\p{Lu}|\p{Ll}\p{Lu}|[\p{L}\d]\.\p{L}/u.test(text);
}

export function capitalRuns({ tokens }: Matcher, { from, to }: Span): readonly Span[] {
  const small = new Set(tokens.filter(({ text }) => /^\p{Ll}/u.test(text) && !isTold(text)).map(({ word }) => word));
  const isRun = (at: number): boolean => {
    const token = tokens[at] as Token;
    if (!isName(token) || small.has(token.word)) return false;
    return !/^.{4,}(?:ed|ing)$/.test(token.word) || isTold(token.text);
  };
  const runs: Span[] = [];
  let start: number | null = null;
  for (let at = from; at <= to; at++) {
    const named = at < to && isRun(at);
    const before = tokens[at - 1];
    const parted =
      at < to && before !== undefined && ((tokens[at] as Token).at - before.end > 1 || /['’]s?$/.test(before.text));
    if (start !== null && (!named || parted)) {
      runs.push({ from: start, to: at });
      start = null;
    }
    if (named && start === null) start = at;
  }
  return runs;
}

/** Named as its address is: `clore.ai`. */
const DOMAIN = /^[\p{L}\d-]+\.(?:ai|io|net|xyz|gg|app|dev|org|cloud|network)$/iu;

function isName({ text, word }: Token): boolean {
  return (
    (/^\p{Lu}|^\d+\p{Lu}|^\p{Ll}+\p{Lu}/u.test(text) || DOMAIN.test(text)) &&
    !PLAIN.has(word) &&
    !/^\d+[MBK]$|^\p{Lu}{2,4}s$/u.test(text)
  );
}

/** At most two words, without those of a company's form: `Stoa Markets` is `stoa`. */
export function slugOf(tokens: readonly Token[]): string {
  const words = tokens.map(({ word }) => word.replace(/[^\p{L}\p{N}.-]+/gu, '')).filter((word) => word !== '');
  const telling = words.filter((word) => !FORM.has(word));
  if (telling.length === 0 || telling.length > 3 || telling.join('').length < 2) return '';
  return telling.slice(0, 2).join('-').slice(0, 40);
}
