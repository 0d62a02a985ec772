/** Decides who is told about a change, always with a named reason, also when nothing is sent. */
import { createHash } from 'node:crypto';
import type { Change } from '../core/change.ts';
import { type Destination, keyOf, type Platform } from '../core/destination.ts';
import type { Delivery, Event, Subscription } from '../core/events.ts';
import type { Instant } from '../core/time.ts';

export type Decision = { readonly send: boolean; readonly reason: string };

/** Whether one subscription gets one change. `running` are the platforms this process can reach. */
export function decide(change: Change, subscription: Subscription, running: ReadonlySet<Platform>): Decision {
  const { networks, destination } = subscription;
  if (!running.has(destination.platform)) return { send: false, reason: `${destination.platform} is not running` };
  if (networks === 'all') return { send: true, reason: 'subscribed to all networks' };
  const wanted = change.networks.filter((network) => networks.includes(network));
  if (wanted.length > 0) return { send: true, reason: `subscribed to ${wanted.join(', ')}` };
  return { send: false, reason: `not subscribed to ${change.networks.join(', ')}` };
}

/** The first look at a network changes nothing, and a watch may come with a change of the tier that tells it: recorded, told to nobody. */
export function isTold(change: Change): boolean {
  return change.cause !== 'start' && !(change.kind === 'watch' && change.told !== undefined);
}

/**
 * The debts that changes make: a delivery for each subscription that gets them, a suppression for each that does not.
 * `together` sums up what happened during downtime: one message a destination instead of one a change.
 */
export function owe(
  changes: readonly Change[],
  subscriptions: Iterable<Subscription>,
  running: ReadonlySet<Platform>,
  now: Instant,
  together: boolean,
): readonly Event[] {
  const told = changes.filter(isTold);
  if (told.length === 0) return [];
  return [...subscriptions].flatMap((subscription) => {
    const decided = told.map((change) => ({ change, decision: decide(change, subscription, running) }));
    const sent = decided.filter(({ decision }) => decision.send);
    const suppressed = decided.filter(({ decision }) => !decision.send);
    const batches = together ? [sent] : sent.map((one) => [one]);
    return [
      ...batches
        .filter((batch) => batch.length > 0)
        .map(
          (batch): Event => ({
            kind: 'owed',
            delivery: delivery(
              subscription.destination,
              batch.map(({ change }) => change.id),
              now,
            ),
            reason: batch[0]?.decision.reason ?? '',
          }),
        ),
      ...suppressed.map(
        ({ change, decision }): Event => ({
          kind: 'suppressed',
          at: now,
          destination: subscription.destination,
          changes: [change.id],
          reason: decision.reason,
        }),
      ),
    ];
  });
}

function delivery(destination: Destination, changes: readonly string[], now: Instant): Delivery {
  return { id: deliveryId(changes, destination), destination, changes, at: now, attempts: 0, notBefore: now };
}

/**
 * The idempotency key: the same changes, or the same notice, to the same chat are the same delivery, whenever and however
 * often decided.
 */
export function deliveryId(told: readonly string[] | { readonly notice: string }, destination: Destination): string {
  return createHash('sha256')
    .update(JSON.stringify([told, keyOf(destination)]))
    .digest('hex')
    .slice(0, 40);
}
