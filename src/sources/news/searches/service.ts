/** What a service that can be searched for news is to the program. */
import type { Dropped, Reply } from '../../../core/ports.ts';
import type { Instant } from '../../../core/time.ts';
import type { Found } from '../articles.ts';
import type { Outlets } from '../outlets.ts';

/** What an answer holds: items, and why the rest of it is none. */
export type Answered = { readonly found: readonly Found[]; readonly dropped: readonly Dropped[] };

export type Service = {
  readonly title: string;
  readonly homepage: string;
  /** @param query in the words and operators of the service */
  url(query: string): string;
  /** Never throws. `id` is the search's. */
  read(reply: Reply, id: string, outlets: Outlets, now: Instant): Answered;
};

export function nothing(id: string, reason: string): Answered {
  return { found: [], dropped: [{ what: id, reason }] };
}
