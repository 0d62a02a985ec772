/** A store without a disk: for the demo, backtests and previews. Same semantics, gone with the process. */
import type { Event } from '../core/events.ts';
import type { Store } from '../core/ports.ts';
import { apply } from '../core/state.ts';
import type { Duration, Instant } from '../core/time.ts';
import { observations } from './evidence.ts';
import { checkKinds } from './line.ts';
import { horizonOf } from './months.ts';
import type { StepOf } from './pace.ts';
import { emptyState } from './tables.ts';

export type MemoryOptions = {
  /** How long samples and articles are kept, in milliseconds; for good without it. */
  readonly retention?: Duration;
  readonly step?: StepOf;
  /** Whether a sample's source is one that is asked here; see openStore. */
  readonly live?: (source: string) => boolean;
  readonly report?: (line: string) => void;
};

/** An empty store in memory. */
export function memoryStore(options: MemoryOptions = {}): Store {
  const { retention = Number.POSITIVE_INFINITY, step = () => undefined, report = () => undefined, live } = options;
  const runs = new Map<string, Instant>();
  let state = emptyState();
  const held = observations({ step, report, live, state: () => state });
  let closed = false;

  /** Nothing moves before the caller goes on, as on disk. */
  async function later(): Promise<void> {
    if (closed) throw new Error('the store is closed');
    await Promise.resolve();
  }

  return {
    state: () => state,
    async commit(events) {
      const json = JSON.stringify(checkKinds(events));
      await later();
      state = (JSON.parse(json) as readonly Event[]).reduce(apply, state);
    },
    async observe(samples, articles) {
      await later();
      const found = held.sift(samples, articles);
      held.add(found);
      return found;
    },
    evidence: () => held.evidence,
    archive: () => held.archive,
    lastRun: (job) => runs.get(job),
    ran: (job, at) => void runs.set(job, at),
    async expire(now) {
      held.dropBefore(horizonOf(now, retention));
      held.news.settle(now);
    },
    async close() {
      closed = true;
    },
  };
}
