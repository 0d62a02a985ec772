/** Pays the outbox's debts: in order per chat, at least once, each outcome recorded. */
import type { Change } from '../core/change.ts';
import { keyOf, type Platform } from '../core/destination.ts';
import type { Delivery } from '../core/events.ts';
import type { Message } from '../core/message.ts';
import type { Notice } from '../core/notice.ts';
import type { Channel, Clock, SendOutcome, Store } from '../core/ports.ts';
import { type Duration, HOUR, SECOND } from '../core/time.ts';
import type { Log } from './log.ts';

export interface Deliver {
  /** Looks for debts that can be paid now; cheap to call often. */
  wake(): void;
  /** Finishes what is being sent and starts nothing more. */
  stop(): Promise<void>;
}

/** Telegram asks for no more than a message a second in one chat; a little margin. */
const PACE: Duration = 1100;
const PARALLEL = 3;
const FIRST_RETRY = 2 * SECOND;

export function createDeliver(options: {
  readonly store: Store;
  readonly channels: ReadonlyMap<Platform, Channel>;
  readonly announce: (changes: readonly Change[]) => Message;
  readonly notify: (notice: Notice) => Message;
  readonly clock: Clock;
  readonly log: Log;
}): Deliver {
  const { store, channels, clock, log } = options;
  const busy = new Set<string>();
  const paced = new Map<string, number>();
  const running = new Set<Promise<void>>();
  let queue: Delivery[] = [];
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  function wake(): void {
    queue = heads(store.state().owed.values());
    for (const [chat, at] of paced) if (clock.now() - at > PACE) paced.delete(chat);
    pump();
  }

  /** Starts what is due, as many at once as allowed; looks at all debts again only when the list is through. */
  function pump(): void {
    if (stopped) return;
    const now = clock.now();
    let next = Number.POSITIVE_INFINITY;
    while (busy.size < PARALLEL) {
      const delivery = queue.shift();
      if (delivery === undefined) break;
      const chat = keyOf(delivery.destination);
      const channel = channels.get(delivery.destination.platform);
      if (channel === undefined || busy.has(chat) || store.state().owed.get(delivery.id) !== delivery) continue;
      const due = Math.max(delivery.notBefore, (paced.get(chat) ?? Number.NEGATIVE_INFINITY) + PACE);
      if (due > now) next = Math.min(next, due);
      else launch(delivery, channel, chat);
    }
    clearTimeout(timer);
    if (next < Number.POSITIVE_INFINITY) timer = setTimeout(wake, Math.min(next - now, HOUR)).unref();
  }

  function launch(delivery: Delivery, channel: Channel, chat: string): void {
    busy.add(chat);
    const work = pay(delivery, channel)
      .catch((error: unknown) => {
        log.error(
          { err: error, delivery: delivery.id },
          'an outcome could not be recorded; the message may come twice',
        );
        paced.set(chat, clock.now() + 30 * SECOND);
      })
      .finally(() => {
        busy.delete(chat);
        running.delete(work);
        if (queue.length > 0) pump();
        if (queue.length === 0) wake();
      });
    running.add(work);
  }

  async function pay(delivery: Delivery, channel: Channel): Promise<void> {
    const chat = keyOf(delivery.destination);
    const outcome = await attempt(delivery, channel);
    const at = clock.now();
    paced.set(chat, at);
    const told = delivery.notice === undefined ? { changes: delivery.changes } : { notice: delivery.notice };
    const fields = { delivery: delivery.id, platform: delivery.destination.platform, ...told };
    switch (outcome.kind) {
      case 'sent':
        await store.commit([{ kind: 'sent', at, delivery: delivery.id, message: outcome.message }]);
        return log.info(fields, 'sent');
      case 'later': {
        const wait = outcome.after ?? backoff(delivery.attempts);
        await store.commit([{ kind: 'deferred', at, delivery: delivery.id, notBefore: at + wait, why: outcome.why }]);
        return log.warn({ ...fields, why: outcome.why, wait }, 'not sent yet, will be tried again');
      }
      case 'never':
        await store.commit([
          { kind: 'refused', at, delivery: delivery.id, why: outcome.why, unsubscribe: outcome.unsubscribe },
        ]);
        return log.warn({ ...fields, why: outcome.why, unsubscribed: outcome.unsubscribe }, 'cannot be delivered');
      case 'moved':
        await store.commit([{ kind: 'moved', at, from: delivery.destination, to: outcome.to }]);
        return log.info(fields, 'the chat moved; its subscription went along');
    }
  }

  /** A message that cannot be drawn blocks no other. */
  async function attempt(delivery: Delivery, channel: Channel): Promise<SendOutcome> {
    try {
      const message = delivery.notice === undefined ? changesOf(delivery) : noticeOf(delivery.notice);
      return typeof message === 'string'
        ? never(message)
        : await channel.send(delivery.destination, message, delivery.id);
    } catch (error) {
      log.error({ err: error, delivery: delivery.id }, 'a message could not be drawn');
      return never('the message could not be drawn');
    }
  }

  /** A chat that has unsubscribed meanwhile is owed nothing more: then, why. */
  function changesOf(delivery: Delivery): Message | string {
    if (store.state().subscriptions.get(keyOf(delivery.destination)) === undefined) return 'no longer subscribed';
    const changes = delivery.changes.flatMap((id) => store.state().changes.get(id) ?? []);
    return changes.length === 0 ? 'the change is no longer recorded' : options.announce(changes);
  }

  /** Nobody subscribes to notices: they go where the configuration said when they were owed. */
  function noticeOf(id: string): Message | string {
    const notice = store.state().notices.get(id);
    return notice === undefined ? 'the notice is no longer recorded' : options.notify(notice);
  }

  return {
    wake,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await Promise.allSettled([...running]);
    },
  };
}

function never(why: string): SendOutcome {
  return { kind: 'never', why, unsubscribe: false };
}

/** The oldest debt of each chat, in the order they came: a later one waits for it. */
function heads(owed: Iterable<Delivery>): Delivery[] {
  const oldest = new Map<string, Delivery>();
  for (const delivery of owed) {
    const chat = keyOf(delivery.destination);
    if (!oldest.has(chat)) oldest.set(chat, delivery);
  }
  return [...oldest.values()];
}

/** 2 s, 4 s, 8 s … an hour. */
export function backoff(attempts: number): Duration {
  return Math.min(FIRST_RETRY * 2 ** Math.min(attempts, 20), HOUR);
}
