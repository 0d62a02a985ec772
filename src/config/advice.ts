/** Words the advice about an unknown name. */
import { nearest } from '../core/nearest.ts';

/** The nearest known name as a question, or the given advice where none is near. */
export function didYouMean(name: string, known: Iterable<string>, otherwise: string): string {
  const near = /[a-z0-9]{2}/i.test(name) ? nearest(name, known) : undefined;
  return near === undefined ? otherwise : `did you mean ${near}?`;
}
