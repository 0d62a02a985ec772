/** Which reports are voices of their own: one an owner, copies of one text once. */
import type { NewsEvent } from './news.ts';

/** The reports that count, oldest first: a later one of the same owner or with the same title adds nothing. */
export function independent(events: readonly NewsEvent[]): readonly NewsEvent[] {
  const owners = new Set<string>();
  const titles = new Set<string>();
  return [...events]
    .sort((a, b) => a.at - b.at || a.owner.localeCompare(b.owner) || a.title.localeCompare(b.title))
    .filter((event) => {
      const [owner, title] = [event.owner.toLowerCase(), event.title.toLowerCase().replace(/\W+/g, ' ').trim()];
      const fresh = !owners.has(owner) && !titles.has(title);
      owners.add(owner);
      titles.add(title);
      return fresh;
    });
}
