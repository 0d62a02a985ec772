import { describe, expect, it } from 'vitest';
import type { Destination } from '../../src/core/destination.ts';
import { says } from '../../src/core/message.ts';
import type { Notice } from '../../src/core/notice.ts';
import { createDeliver } from '../../src/engine/deliver.ts';
import { noticeChats, oweNotice } from '../../src/engine/notices.ts';
import { fakeChannel, heardLog, setClock } from '../fakes.ts';
import { crashed, freshDir, NOW, openAt } from '../store/facts.ts';

const ADMINS = { discord: ['700', '701', '700'], telegram: ['42'] };
const BOTH = new Set(['discord', 'telegram'] as const);
const discord = (chat: string): Destination => ({ platform: 'discord', chat, thread: null });
const telegram = (chat: string): Destination => ({ platform: 'telegram', chat, thread: null });

describe('notices go', () => {
  it('to every admin in a direct chat, each once', () => {
    expect(noticeChats({ admins: ADMINS }, BOTH)).toEqual([discord('@700'), discord('@701'), telegram('42')]);
  });

  it('to the chats the owner names, and then to no admin', () => {
    const notices = { discord: ['900'], telegram: ['-100'] };
    expect(noticeChats({ admins: ADMINS, notices }, BOTH)).toEqual([discord('900'), telegram('-100')]);
    expect(noticeChats({ admins: ADMINS, notices: { discord: ['900'], telegram: [] } }, BOTH)).toEqual([
      discord('900'),
    ]);
  });

  it('to platforms that run, and to the terminal where it is one', () => {
    expect(noticeChats({ admins: ADMINS }, new Set(['telegram'] as const))).toEqual([telegram('42')]);
    expect(noticeChats({ admins: ADMINS }, new Set(['console'] as const))).toEqual([
      { platform: 'console', chat: 'terminal', thread: null },
    ]);
  });
});

describe('a restart between the fact and the message', () => {
  const notice: Notice = { id: 'dark-a-1', at: NOW, kind: 'dark', title: 'a has gone dark', says: ['Why.'] };

  it('loses no notice, and sends none twice', async () => {
    const dir = await freshDir();
    const before = await openAt(dir);
    await before.commit(oweNotice(notice, [discord('@700')], NOW));
    const copy = await crashed(dir);
    await before.close();

    const store = await openAt(copy);
    expect([...store.state().notices.values()]).toEqual([notice]);
    const channel = fakeChannel('discord');
    const parts = {
      store,
      channels: new Map([['discord', channel] as const]),
      announce: () => says('a change'),
      notify: ({ title }: Notice) => says(title),
      clock: setClock(NOW),
      log: heardLog(),
    };
    const first = createDeliver(parts);
    first.wake();
    await first.stop();
    expect(channel.sent).toMatchObject([{ to: discord('@700'), message: says('a has gone dark') }]);
    await store.close();

    const again = await openAt(copy);
    const second = createDeliver({ ...parts, store: again });
    second.wake();
    await second.stop();
    expect(channel.sent).toHaveLength(1);
    await again.close();
  });
});
