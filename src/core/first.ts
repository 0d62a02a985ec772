/** Who had a story first. */
import { createCopies } from './alike.ts';
import type { NewsEvent } from './news.ts';

/**
 * The oldest of `told`, oldest first, that tells what `counted` does: one of its story, or where it has none, itself or
 * a copy of its text. Null where none does.
 */
export function firstOf(told: readonly NewsEvent[], counted: NewsEvent): NewsEvent | null {
  const { story } = counted;
  if (story !== undefined) return told.find((event) => event.story === story) ?? null;
  const copies = createCopies();
  copies.original(counted);
  return told.find((event) => event === counted || copies.original(event) === counted) ?? null;
}
