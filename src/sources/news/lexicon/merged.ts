/** Many ways of saying the same made one: a mention a type and network. */
import { isFact, NEWS_TYPES, type NewsMention, type NewsStatus } from '../../../core/news.ts';

/** A mention, whether it gives way to any other of its type, and whether plans beside it leave it a fact. */
export type Found = NewsMention & { readonly weak: boolean; readonly firm: boolean };

/** Strongest first: a denial outweighs all, a fact outweighs a plan. */
const WEIGHT: readonly NewsStatus[] = ['denied', 'done', 'in_progress', 'planned', 'speculative'];
/** "Will go live" is a plan, even under a headline that says "launches". */
const ENTRANT_WEIGHT: readonly NewsStatus[] = ['denied', 'planned', 'speculative', 'in_progress', 'done'];

/** One a type and network: the strongest, surer the more ways it is said. */
export function merged(found: readonly Found[]): readonly NewsMention[] {
  return NEWS_TYPES.flatMap((type) => {
    const ofType = found.filter((mention) => mention.type === type);
    const strong = ofType.some(({ weak }) => !weak) ? ofType.filter(({ weak }) => !weak) : ofType;
    return [...new Set(strong.map(({ network }) => network))].map((network) =>
      strongest(strong.filter((mention) => mention.network === network)),
    );
  });
}

function strongest(found: readonly Found[]): NewsMention {
  const order = found[0]?.type === 'new_entrant' ? ENTRANT_WEIGHT : WEIGHT;
  const firm = found.filter((mention) => mention.firm && isFact(mention.status));
  const [best] = (firm.length > 0 ? firm : found).toSorted(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status),
  ) as [Found, ...Found[]];
  const agreeing = found.filter(({ status }) => status === best.status);
  const doubt = agreeing.reduce((left, { confidence = 0 }) => left * (1 - confidence), 1);
  const { weak: _, firm: __, ...mention } = best;
  return { ...mention, confidence: round(Math.min(0.99, 1 - doubt)) };
}

/** To hundredths, as confidences are told. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
