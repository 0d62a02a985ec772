/** From invocation to answer: arguments, permission, events, repeats, and any text at all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/bot/commands/index.ts';
import { renderDiscord } from '../../src/bot/discord/render.ts';
import { createDispatch } from '../../src/bot/dispatch.ts';
import { renderTelegram } from '../../src/bot/telegram/render.ts';
import { keyOf } from '../../src/core/destination.ts';
import type { Event } from '../../src/core/events.ts';
import type { Invocation } from '../../src/core/ports.ts';
import { bench, CALLER, CHAT, emptyState, HOSTILE, keepLog, NOW, stateOf, worldOf } from './sample.ts';

function typed(line: string, over: Partial<Invocation> = {}): Invocation {
  const [command = '', ...rest] = line.split(' ');
  return { command, input: { kind: 'typed', text: rest.join(' ') }, caller: CALLER, update: null, ...over };
}

function picked(command: string, values: Readonly<Record<string, unknown>>): Invocation {
  return { command, input: { kind: 'picked', values }, caller: CALLER, update: null };
}

const subscribedTo = (networks: 'all' | readonly string[]): Event => ({
  kind: 'subscribed',
  subscription: { destination: CHAT, networks, by: 'ada', at: NOW },
});

describe('subscriptions', () => {
  test.each<[string, 'all' | readonly string[] | null, string, 'all' | readonly string[] | undefined]>([
    ['subscribe', null, 'everything', 'all'],
    ['subscribe akash', null, 'one', ['akash']],
    ['subscribe render akash', null, 'several, in the order of the configuration', ['akash', 'render']],
    ['subscribe network=render network=IO', null, 'several by name', ['ionet', 'render']],
    ['subscribe akash,render', null, 'several with a comma', ['akash', 'render']],
    ['subscribe ionet', ['akash'], 'added to what there was', ['akash', 'ionet']],
    ['subscribe akash', 'all', 'all stays all', 'all'],
    ['subscribe all', ['akash'], 'all takes over', 'all'],
    ['subscribe render', ['gone'], 'a network that left the configuration stays', ['render', 'gone']],
    ['unsubscribe', ['akash'], 'everything', undefined],
    ['unsubscribe akash', ['akash', 'ionet'], 'one of two', ['ionet']],
    ['unsubscribe akash ionet', ['akash', 'ionet'], 'the last ones', undefined],
    ['unsubscribe akash', 'all', 'one of all leaves the others', ['ionet', 'render']],
    ['unsubscribe render', ['akash'], 'one it does not have', ['akash']],
    ['unsubscribe akash', null, 'nothing to stop', undefined],
  ])('%s after %j: %s', async (line, before, _, after) => {
    const { answer, state } = bench(before === null ? emptyState() : stateOf(subscribedTo(before)));
    await answer(typed(line));
    expect(state().subscriptions.get(keyOf(CHAT))?.networks).toEqual(after);
  });

  test('nothing is committed when nothing changes', async () => {
    const { answer, committed } = bench(stateOf(subscribedTo(['akash'])));
    for (const line of ['subscribe akash', 'unsubscribe render', 'tiers', 'why akash', 'nonsense'])
      await answer(typed(line));
    expect(committed).toEqual([]);
  });

  test('two at once both count', async () => {
    const { answer, state } = bench(emptyState());
    await Promise.all([answer(typed('subscribe akash')), answer(typed('subscribe render'))]);
    expect(state().subscriptions.get(keyOf(CHAT))?.networks).toEqual(['akash', 'render']);
  });
});

describe('permission', () => {
  test.each([
    [false, false, false],
    [false, true, true],
    [true, false, true],
  ])('direct %s, manages %s: %s', async (direct, manages, may) => {
    const { answer, committed } = bench(emptyState());
    const answered = await answer(typed('subscribe', { caller: { ...CALLER, platform: 'discord', direct, manages } }));
    expect(committed.length > 0).toBe(may);
    expect(answered?.ephemeral).toBe(!may);
  });

  test('reading needs none', async () => {
    const { answer } = bench();
    const answered = await answer(typed('tier akash', { caller: { ...CALLER, manages: false } }));
    expect(answered?.message.blocks[0]).toMatchObject({ text: 'Akash: Avoid' });
  });
});

describe('updates', () => {
  const update = (id: number) => typed('subscribe akash', { update: id, caller: { ...CALLER, platform: 'telegram' } });

  test('are acted on once, and remembered with what they did', async () => {
    const { answer, committed, state } = bench(emptyState());
    expect(await answer(update(10))).not.toBeNull();
    expect(committed.map((event) => event.kind)).toEqual(['subscribed', 'handled']);
    expect(await answer(update(10))).toBeNull();
    expect(await answer(update(9))).toBeNull();
    expect(committed).toHaveLength(2);
    expect(await answer(update(11))).not.toBeNull();
    expect(state().handled.get('telegram')).toBe(11);
  });

  test('that start again from a far lower id are new', async () => {
    const { answer } = bench(stateOf({ kind: 'handled', platform: 'telegram', update: 900_000 }));
    expect(await answer(update(5000))).not.toBeNull();
    expect(await answer(update(5000))).toBeNull();
  });

  test('that are refused or mistyped are remembered too', async () => {
    const { answer, state } = bench(emptyState());
    await answer(typed('nonsense', { update: 3, caller: { ...CALLER, platform: 'telegram' } }));
    expect(state().handled.get('telegram')).toBe(3);
  });
});

describe('when something breaks', () => {
  const polite = 'That went wrong on our side; it has been logged. Please try again later.';

  test('a handler: a polite answer, nothing leaked, logged, the update remembered', async () => {
    const { answer, committed, lines } = bench(emptyState(), {
      standings() {
        throw new Error('secret detail');
      },
    });
    const answered = await answer(typed('tier akash', { update: 4 }));
    expect(answered).toEqual({ message: { blocks: [{ kind: 'text', line: polite }] }, ephemeral: true });
    expect(committed).toMatchObject([{ kind: 'handled' }]);
    expect(lines).toMatchObject([{ level: 'error', details: { says: 'secret detail' } }]);
  });

  test('the store: a polite answer, and the next command works', async () => {
    const { log, lines } = keepLog();
    let broken = true;
    const answer = createDispatch({
      commands,
      world: () => worldOf(emptyState()),
      async commit() {
        if (broken) throw new Error('disk full');
      },
      log,
    });
    expect(JSON.stringify(await answer(typed('subscribe')))).toContain(polite);
    broken = false;
    expect(JSON.stringify(await answer(typed('subscribe')))).toContain('Subscribed');
    expect(lines).toHaveLength(1);
  });
});

/** A name, or text of any kind, as an argument. */
const anyText = fc.oneof(
  fc.constantFrom(
    'akash',
    'AKASH',
    'Akash Network',
    'rndr',
    'all',
    '',
    HOSTILE,
    'x'.repeat(10_000),
    '__proto__',
    'a,b',
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(...'"\'\\= \n“”«»akshnetwork,'), maxLength: 60 }),
);
const argument: Readonly<Record<string, string>> = {
  tier: 'network',
  why: 'network',
  subscribe: 'network',
  unsubscribe: 'network',
  help: 'command',
};
const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

describe('any text', () => {
  test('typed gives an answer that can be shown, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...commands.map(({ name }) => name), 'nonsense', HOSTILE),
        anyText,
        async (command, text) => {
          const { answer, lines } = bench();
          const answered = await answer({ ...typed(''), command, input: { kind: 'typed', text } });
          expect(answered).not.toBeNull();
          if (answered === null) return;
          expect(renderDiscord(answered.message).length).toBeLessThanOrEqual(2000);
          expect(renderTelegram(answered.message).text.length).toBeLessThanOrEqual(4096);
          expect(lines).toEqual([]);
        },
      ),
      { numRuns: 400, seed: 20261120 },
    );
  });

  test('picked gives an answer too, whatever the values are', async () => {
    const values = fc.dictionary(fc.oneof(fc.constantFrom('network', 'command'), fc.string()), fc.anything());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...commands.map(({ name }) => name)), values, async (command, given) => {
        const { answer, lines } = bench();
        expect(await answer(picked(command, given))).not.toBeNull();
        expect(lines).toEqual([]);
      }),
      { numRuns: 300, seed: 20261120 },
    );
  });

  test('typed and picked give the same answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(argument)), anyText, async (command, text) => {
        const name = argument[command] ?? '';
        const fromPicked = await bench().answer(picked(command, { [name]: text }));
        const line = `${name}=${quoted(text)}`;
        const fromTyped = await bench().answer({ ...typed(''), command, input: { kind: 'typed', text: line } });
        expect(fromTyped).toEqual(fromPicked);
      }),
      { numRuns: 400, seed: 20261120 },
    );
  });
});
