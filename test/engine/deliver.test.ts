import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change, NoteChange } from '../../src/core/change.ts';
import type { Destination } from '../../src/core/destination.ts';
import { says } from '../../src/core/message.ts';
import type { Notice } from '../../src/core/notice.ts';
import type { Channel, SendOutcome, Store } from '../../src/core/ports.ts';
import { backoff, createDeliver } from '../../src/engine/deliver.ts';
import { oweNotice } from '../../src/engine/notices.ts';
import { owe } from '../../src/engine/outbox.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { fakeChannel, heardLog } from '../fakes.ts';

const CHAT: Destination = { platform: 'discord', chat: '1', thread: null };
const OTHER: Destination = { platform: 'discord', chat: '2', thread: null };
const SENT: SendOutcome = { kind: 'sent', message: 'm' };

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 0 }));
afterEach(() => void vi.useRealTimers());

function change(id: string): NoteChange {
  return { kind: 'note', id, at: 0, networks: ['akash'], cause: 'rule', drivers: [], says: id };
}

async function owing(changes: readonly Change[], to: readonly Destination[] = [CHAT]): Promise<Store> {
  const store = memoryStore();
  for (const destination of to)
    await store.commit([{ kind: 'subscribed', subscription: { destination, networks: 'all', by: '9', at: 0 } }]);
  const debts = owe(changes, store.state().subscriptions.values(), new Set(['discord'] as const), 0, false);
  await store.commit([...changes.map((one) => ({ kind: 'change' as const, change: one })), ...debts]);
  return store;
}

function delivering(store: Store, channel: Channel, broken = '') {
  const log = heardLog();
  const announce = (changes: readonly Change[]) => {
    if (changes.some(({ id }) => id === broken)) throw new Error('a bug');
    return says(changes.map(({ says: text }) => text).join(' + '));
  };
  const deliver = createDeliver({
    store,
    channels: new Map([[channel.platform, channel]]),
    announce,
    notify: ({ title }) => says(title),
    clock: { now: () => Date.now() },
    log,
  });
  return { deliver, log };
}

const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const texts = (channel: ReturnType<typeof fakeChannel>) =>
  channel.sent.map(({ message }) => JSON.stringify(message.blocks[0]).match(/"line":"(.*?)"/)?.[1]);

describe('delivery', () => {
  it('pays a debt once, records it, and pays nothing again after a restart', async () => {
    const store = await owing([change('a')]);
    const channel = fakeChannel('discord');
    const { deliver } = delivering(store, channel);
    deliver.wake();
    deliver.wake();
    await settle();
    expect(channel.sent).toHaveLength(1);
    expect(store.state().owed.size).toBe(0);
    expect(store.state().outcomes.get('discord/1')).toMatchObject([{ result: 'sent', changes: ['a'] }]);
    delivering(store, channel).deliver.wake();
    await settle(10_000);
    expect(channel.sent).toHaveLength(1);
  });

  it('keeps the order within a chat, and lets no chat wait for another', async () => {
    const store = await owing([change('a'), change('b'), change('c')], [CHAT, OTHER]);
    const channel = fakeChannel('discord', { kind: 'later', after: 5000, why: 'busy' }, SENT);
    const { deliver } = delivering(store, channel);
    deliver.wake();
    await settle(4000);
    const first = channel.sent[0]?.to.chat ?? '';
    const seen = (chat: string) =>
      channel.sent.filter(({ to }) => to.chat === chat).map(({ message }) => JSON.stringify(message)).length;
    expect(seen(first)).toBe(1);
    expect(seen(first === '1' ? '2' : '1')).toBe(3);
    await settle(10_000);
    expect(
      channel.sent.filter(({ to }) => to.chat === first).map(({ message }) => JSON.stringify(message.blocks[0])),
    ).toEqual(['a', 'a', 'b', 'c'].map((text) => JSON.stringify({ kind: 'text', line: text })));
  });

  it('sends to no more than three chats at once, and to all in the end', async () => {
    const chats = Array.from({ length: 10 }, (_, at): Destination => ({ ...CHAT, chat: String(at) }));
    const store = await owing([change('a')], chats);
    let [now, most, done] = [0, 0, 0];
    const slow: Channel = {
      ...fakeChannel('discord'),
      send: async () => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 100));
        now--;
        done++;
        return SENT;
      },
    };
    delivering(store, slow).deliver.wake();
    await settle(2000);
    expect({ most, done, owed: store.state().owed.size }).toEqual({ most: 3, done: 10, owed: 0 });
  });

  it('leaves a second between two messages to one chat', async () => {
    const store = await owing([change('a'), change('b')]);
    const channel = fakeChannel('discord');
    delivering(store, channel).deliver.wake();
    await settle(1000);
    expect(texts(channel)).toEqual(['a']);
    await settle(200);
    expect(texts(channel)).toEqual(['a', 'b']);
  });

  it('tries again when told when, else ever later', async () => {
    const store = await owing([change('a')]);
    const channel = fakeChannel(
      'discord',
      { kind: 'later', after: null, why: 'down' },
      { kind: 'later', after: 60_000, why: 'slow down' },
      SENT,
    );
    delivering(store, channel).deliver.wake();
    await settle();
    expect([...store.state().owed.values()]).toMatchObject([{ attempts: 1, notBefore: 2000 }]);
    await settle(2000);
    expect([...store.state().owed.values()]).toMatchObject([{ attempts: 2, notBefore: 62_000 }]);
    await settle(59_000);
    expect(channel.sent).toHaveLength(2);
    await settle(1000);
    expect(channel.sent).toHaveLength(3);
    expect(new Set(channel.sent.map(({ key }) => key)).size).toBe(1);
    expect([0, 1, 5, 11, 50].map(backoff)).toEqual([2000, 4000, 64_000, 3_600_000, 3_600_000]);
  });

  it('gives up for good where the platform says never, and forgets a chat that is gone', async () => {
    const store = await owing([change('a'), change('b')]);
    const channel = fakeChannel('discord', { kind: 'never', why: 'the bot was kicked', unsubscribe: true });
    const { deliver, log } = delivering(store, channel);
    deliver.wake();
    await settle(5000);
    expect(store.state().subscriptions.size).toBe(0);
    expect(channel.sent).toHaveLength(1);
    const reasons = store
      .state()
      .outcomes.get('discord/1')
      ?.map(({ result, reason }) => `${result}: ${reason}`);
    expect(reasons).toEqual(['refused: no longer subscribed', 'refused: the bot was kicked']);
    expect(log.lines.join('\n')).toContain('cannot be delivered');
  });

  it('sends nothing more to a chat that unsubscribed meanwhile', async () => {
    const store = await owing([change('a')]);
    const channel = fakeChannel('discord');
    await store.commit([{ kind: 'unsubscribed', at: 0, destination: CHAT, by: '9', networks: 'all' }]);
    delivering(store, channel).deliver.wake();
    await settle();
    expect(channel.sent).toEqual([]);
    expect(store.state().outcomes.get('discord/1')).toMatchObject([{ reason: 'no longer subscribed' }]);
  });

  it('lets a message that cannot be drawn block no other', async () => {
    const store = await owing([change('bad'), change('good')]);
    const channel = fakeChannel('discord');
    const { deliver, log } = delivering(store, channel, 'bad');
    deliver.wake();
    await settle(5000);
    expect(texts(channel)).toEqual(['good']);
    expect(log.lines.join('\n')).toContain('could not be drawn');
  });

  it('keeps the order in which debts came, whatever the clock says', async () => {
    const store = await owing([
      { ...change('first'), at: 5000 },
      { ...change('second'), at: 1000 },
    ]);
    const channel = fakeChannel('discord');
    delivering(store, channel).deliver.wake();
    await settle(5000);
    expect(texts(channel)).toEqual(['first', 'second']);
  });

  it('follows a chat that moved', async () => {
    const store = await owing([change('a')]);
    const channel = fakeChannel('discord', { kind: 'moved', to: OTHER }, SENT);
    delivering(store, channel).deliver.wake();
    await settle(5000);
    expect(channel.sent.map(({ to }) => to.chat)).toEqual(['1', '2']);
    expect(store.state().subscriptions.get('discord/2')?.networks).toBe('all');
  });

  it('stops after what is in flight, and starts nothing more', async () => {
    const store = await owing([change('a'), change('b')]);
    const channel = fakeChannel('discord');
    const { deliver } = delivering(store, channel);
    deliver.wake();
    await deliver.stop();
    deliver.wake();
    await settle(5000);
    expect(channel.sent).toHaveLength(1);
    expect(store.state().owed.size).toBe(1);
  });
});

describe('notices', () => {
  const notice = (id: string): Notice => ({ id, at: 0, kind: 'dark', title: `title of ${id}`, says: [] });
  const ADMIN: Destination = { platform: 'discord', chat: '@700', thread: null };

  it('go to chats that subscribed to nothing, once, and are recorded like any message', async () => {
    const store = memoryStore();
    await store.commit(oweNotice(notice('n'), [ADMIN], 0));
    const channel = fakeChannel('discord');
    const { deliver, log } = delivering(store, channel);
    deliver.wake();
    deliver.wake();
    await settle();
    expect(channel.sent).toMatchObject([{ to: ADMIN, message: says('title of n') }]);
    expect(store.state().owed.size).toBe(0);
    expect(store.state().outcomes.get('discord/@700')).toMatchObject([{ result: 'sent', changes: ['n'] }]);
    expect(log.lines.at(-1)).toContain('"notice":"n"');
    delivering(store, channel).deliver.wake();
    await settle(10_000);
    expect(channel.sent).toHaveLength(1);
  });

  it('keep their place among the alerts of a chat', async () => {
    const store = await owing([change('a')]);
    await store.commit(oweNotice(notice('n'), [CHAT], 0));
    const later = owe([change('b')], store.state().subscriptions.values(), new Set(['discord'] as const), 0, false);
    await store.commit([{ kind: 'change', change: change('b') }, ...later]);
    const channel = fakeChannel('discord');
    delivering(store, channel).deliver.wake();
    await settle(5000);
    expect(texts(channel)).toEqual(['a', 'title of n', 'b']);
  });

  it('are tried again under the same key, and given up where the person takes none', async () => {
    const store = memoryStore();
    await store.commit(oweNotice(notice('n'), [ADMIN], 0));
    const why = 'this person takes no direct messages';
    const channel = fakeChannel(
      'discord',
      { kind: 'later', after: 1000, why: 'busy' },
      { kind: 'never', why, unsubscribe: false },
    );
    delivering(store, channel).deliver.wake();
    await settle(5000);
    expect(new Set(channel.sent.map(({ key }) => key)).size).toBe(1);
    expect(store.state().outcomes.get('discord/@700')).toMatchObject([{ result: 'refused', reason: why }]);
  });

  it('that are no longer recorded block nothing', async () => {
    const store = memoryStore();
    await store.commit(oweNotice(notice('n'), [ADMIN], 0).slice(1));
    const channel = fakeChannel('discord');
    delivering(store, channel).deliver.wake();
    await settle();
    expect(channel.sent).toEqual([]);
    expect(store.state().outcomes.get('discord/@700')).toMatchObject([{ reason: 'the notice is no longer recorded' }]);
  });
});
