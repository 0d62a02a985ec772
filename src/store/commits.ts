/** The queue of commits: on the disk in call order, several at one sync, and only then in memory. */
import type { Event } from '../core/events.ts';
import { apply, type State } from '../core/state.ts';
import type { Journal } from './journal.ts';
import { checkKinds, writeLine } from './line.ts';

/** The file system persists a page as a whole: a group within one page leaves at most its last line torn. */
const PAGE = 4096;

type Waiting = {
  readonly json: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};
type Group = { readonly members: readonly Waiting[]; readonly lines: string; readonly standing: Standing };

/** A state and the number of the last commit in it; 0 before the first. Always read together. */
export type Standing = { readonly seq: number; readonly state: State };

export type Commits = {
  /** As of the last acknowledged commit. */
  standing(): Standing;
  commit(events: readonly Event[]): Promise<void>;
  /** Resolves when nothing waits any more. */
  idle(): Promise<void>;
};

/** `schema` is the version written; `committed` hears of each group once it is on the disk and in memory. */
export function commitQueue(journal: Journal, start: Standing, schema: number, committed: () => void): Commits {
  let standing = start;
  let draining: Promise<void> = Promise.resolve();
  let busy = false;
  const waiting: Waiting[] = [];

  function commit(events: readonly Event[]): Promise<void> {
    return new Promise((resolve, reject) => {
      // Taken down at once: what the caller does to its events later changes nothing.
      waiting.push({ json: JSON.stringify(checkKinds(events)), resolve, reject });
      if (busy) return;
      busy = true;
      draining = draining.then(drain);
    });
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) await settle(takeGroup());
    busy = false;
  }

  /** Takes from the queue what fits into the rest of a page, at least one commit, and applies it on trial. */
  function takeGroup(): Group {
    const offset = journal.offset();
    const room = PAGE - (offset % PAGE);
    const members: Waiting[] = [];
    let [lines, bytes, next] = ['', 0, standing];
    for (let head = waiting[0]; head !== undefined; head = waiting[0]) {
      const line = head.json === '[]' ? '' : writeLine(schema, next.seq + 1, head.json);
      const size = Buffer.byteLength(line);
      if (members.length > 0 && size > 0 && bytes + size > room) break;
      waiting.shift();
      const state = attempt(next.state, head);
      if (state === null) continue;
      members.push(head);
      if (size === 0) continue;
      [lines, bytes, next] = [lines + line, bytes + size, { seq: next.seq + 1, state }];
    }
    return { members, lines, standing: next };
  }

  async function settle({ members, lines, standing: next }: Group): Promise<void> {
    try {
      if (lines !== '') await journal.append(lines);
    } catch (error) {
      for (const member of members) member.reject(error);
      return;
    }
    standing = next;
    for (const member of members) member.resolve();
    if (lines !== '') committed();
  }

  return { standing: () => standing, commit, idle: () => draining };
}

/** What is applied is read back from the JSON: memory is what a restart would find. Null: rejected, nothing written. */
function attempt(state: State, { json, reject }: Waiting): State | null {
  try {
    return (JSON.parse(json) as readonly Event[]).reduce(apply, state);
  } catch (error) {
    reject(error);
    return null;
  }
}
