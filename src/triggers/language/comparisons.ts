/** Takes conditions apart into the comparisons they are made of. */
import type { Condition, Shape } from './expression.ts';

/** A condition that compares two values. */
export type Comparing = Condition & { readonly shape: Shape & { readonly kind: 'comparison' } };

/** The comparisons of a condition, left to right. */
export function comparisonsOf(condition: Condition): readonly Comparing[] {
  const { shape } = condition;
  switch (shape.kind) {
    case 'comparison':
      return [{ ...condition, shape }];
    case 'not':
      return comparisonsOf(shape.of);
    case 'and':
    case 'or':
      return shape.parts.flatMap(comparisonsOf);
  }
}

/** Whether it asks for the date. */
export function comparesDate({ shape: { left, right } }: Comparing): boolean {
  return left.kind.absolute || right.kind.absolute;
}
