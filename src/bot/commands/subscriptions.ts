/** `/subscriptions`: what this chat gets, and what became of the last messages to it. */
import { z } from 'zod';
import { type Destination, keyOf } from '../../core/destination.ts';
import type { Block, Line } from '../../core/message.ts';
import type { Outcome } from '../../core/state.ts';
import { list } from '../alerts.ts';
import { defineCommand } from '../command.ts';
import { headlineOf } from '../headline.ts';
import { clip } from '../plain.ts';
import { formatAt } from '../when.ts';
import type { World } from '../world.ts';
import { coverage } from './subscribe.ts';

const SHOWN = 8;

export const subscriptions = defineCommand({
  name: 'subscriptions',
  description: 'What this chat gets, what became of the last messages, and why something was not sent',
  example: () => '/subscriptions',
  private: true,
  args: () => z.strictObject({}),
  run: (_, caller, world) => ({
    message: {
      blocks: [
        { kind: 'title', text: 'Subscriptions of this chat' },
        { kind: 'text', line: subscribed(caller.destination, world) },
        ...waiting(caller.destination, world),
        ...outcomes(caller.destination, world),
      ],
    },
    events: [],
  }),
});

function subscribed(destination: Destination, world: World): Line {
  const subscription = world.state.subscriptions.get(keyOf(destination));
  if (subscription === undefined) return 'It gets nothing. /subscribe changes that.';
  return `It gets ${coverage(subscription.networks, world.networks)}, since ${formatAt(subscription.at)}, asked for by user ${clip(subscription.by, 40)}.`;
}

function waiting(destination: Destination, { state, ladder, networks, now }: World): readonly Block[] {
  const owed = [...state.owed.values()].filter((delivery) => keyOf(delivery.destination) === keyOf(destination));
  const lines = owed.slice(0, SHOWN).map((delivery): Line => {
    const ids = delivery.notice === undefined ? delivery.changes : [delivery.notice];
    const names = ids.map((id) => nameOf(id, { state, ladder, networks }));
    const next = delivery.notBefore > now ? `, next not before ${formatAt(delivery.notBefore)}` : '';
    return `${clip(names.join('; '), 120)}: tried ${delivery.attempts} times${next}`;
  });
  return list('Waiting to be sent', lines, 1);
}

function outcomes(destination: Destination, world: World): readonly Block[] {
  const kept = world.state.outcomes.get(keyOf(destination)) ?? [];
  if (kept.length === 0) return [{ kind: 'text', line: 'No message has been due yet.' }];
  return kept.slice(0, SHOWN).map((outcome, at) => ({
    kind: 'list',
    ...(at === 0 ? { title: 'Last messages' } : { drop: 2 }),
    items: [outcomeLine(outcome, world)],
  }));
}

const WORDS = { sent: 'sent', suppressed: 'not sent', refused: 'refused' } as const;

function outcomeLine(outcome: Outcome, world: World): Line {
  const names = outcome.changes.map((id) => nameOf(id, world)).join('; ');
  return [
    `${formatAt(outcome.at)} `,
    { bold: WORDS[outcome.result] },
    `: ${clip(names, 120)} (${clip(outcome.reason, 160)})`,
  ];
}

/** What a change or a notice is called. */
function nameOf(id: string, { state, ladder, networks }: Pick<World, 'state' | 'ladder' | 'networks'>): string {
  const change = state.changes.get(id);
  return change === undefined ? (state.notices.get(id)?.title ?? id) : headlineOf(change, ladder, networks);
}
