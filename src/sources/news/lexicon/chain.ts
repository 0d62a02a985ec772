/** Phrases as matching follows them: classes by number, and what of a phrase is worth remembering. */
import type { Node, Phrase, Shape } from './phrase.ts';

export type WordNode = Extract<Node, { readonly kind: 'word' }>;
/** As written, but that classes go by number and alternatives of one word each are a set. */
type Step =
  | WordNode
  | { readonly kind: 'shape'; readonly shape: Shape }
  | { readonly kind: 'class'; readonly number: number }
  | { readonly kind: 'gap'; readonly most: number }
  | { readonly kind: 'either'; readonly words: ReadonlySet<string>; readonly rest: readonly Chain[] }
  | { readonly kind: 'maybe'; readonly step: Chain }
  | { readonly kind: 'not'; readonly step: Chain; readonly where: 'next' | 'before' }
  | { readonly kind: 'edge'; readonly edge: 'start' | 'end' };

/** Steps in a row: a phrase, or a part of one that is tried on its own. */
export type Chain = {
  readonly steps: readonly Step[];
  /** Two of its steps may each end at several words, so that ways through it can meet again. */
  readonly forks: boolean;
  /** Its number among the parts that hold parts of their own; null of all others, which are not worth remembering. */
  readonly nest: number | null;
};

/** A phrase of a class. */
export type Way = Chain & {
  /** Its number among all. */
  readonly id: number;
  /** Classes that must be found somewhere for it to be, and sets of words of which one must. */
  readonly needs: readonly number[];
  readonly words: readonly ReadonlySet<string>[];
};

/** Gives what makes chains of phrases, numbering those that hold parts of their own. `names` are the classes' numbers. */
export function chaining(names: ReadonlyMap<string, number>): (phrase: Phrase) => Chain {
  let nests = 0;
  const chained = (phrase: Phrase): Chain => {
    const steps = phrase.map(stepOf);
    return { steps, forks: steps.filter(isFork).length > 1, nest: steps.some(isNested) ? nests++ : null };
  };
  const stepOf = (node: Node): Step => {
    switch (node.kind) {
      case 'class':
        return { kind: 'class', number: names.get(node.name) as number };
      case 'either': {
        const words = node.of.flatMap((each) => (isPlainWord(each) ? [each[0].word] : []));
        const rest = node.of.filter((each) => !isPlainWord(each)).map(chained);
        return { kind: 'either', words: new Set(words), rest };
      }
      case 'maybe':
        return { kind: 'maybe', step: chained([node.node]) };
      case 'not':
        return { kind: 'not', step: chained([node.node]), where: node.where };
      default:
        return node;
    }
  };
  return chained;
}

function isFork(step: Step): boolean {
  if (step.kind === 'either') return step.rest.length > 0;
  return step.kind === 'gap' || step.kind === 'class' || step.kind === 'maybe';
}

/** Whether the step tries a part that is more than a word. */
function isNested(step: Step): boolean {
  if (step.kind === 'either') return step.rest.length > 0;
  if (step.kind !== 'maybe' && step.kind !== 'not') return false;
  return step.step.steps.length > 1 || step.step.steps[0]?.kind !== 'word';
}

/** A chain as a phrase of a class, by what it cannot do without. */
export function wayOf(id: number, chain: Chain): Way {
  const { steps } = chain;
  return {
    ...chain,
    id,
    needs: steps.flatMap((step) => (step.kind === 'class' ? [step.number] : [])),
    words: steps.flatMap((step) => {
      if (step.kind === 'word' && step.open === 'none') return [new Set([step.word])];
      return step.kind === 'either' && step.rest.length === 0 ? [step.words] : [];
    }),
  };
}

/** One word in any case, whole. */
function isPlainWord(phrase: Phrase): phrase is readonly [WordNode] {
  const [node] = phrase;
  return phrase.length === 1 && node?.kind === 'word' && node.open === 'none' && node.cased === null;
}
