import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { says } from '../../src/core/message.ts';
import { type Channel, StartupError, Unreachable } from '../../src/core/ports.ts';
import { patient } from '../../src/engine/patient.ts';
import { fakeChannel, heardLog } from '../fakes.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const CHAT = { platform: 'discord', chat: '1', thread: null } as const;

/** Each try ends as given; the last one for good. */
function tries(...ends: (Error | null)[]) {
  let made = 0;
  const heard = { fatal: [] as string[], reached: 0 };
  const inner = fakeChannel('discord');
  const channel: Channel = patient({
    platform: 'discord',
    make: () => {
      const end = ends[Math.min(made++, ends.length - 1)];
      return { ...inner, start: async () => (end == null ? undefined : Promise.reject(end)) };
    },
    log: heardLog(),
    fatal: (error) => heard.fatal.push(error.message),
    reached: () => heard.reached++,
  });
  return { channel, heard, made: () => made, inner };
}

it('starts at once where the platform answers', async () => {
  const { channel, heard, made } = tries(null);
  await channel.start();
  expect(await channel.send(CHAT, says('x'), 'k')).toMatchObject({ kind: 'sent' });
  expect({ made: made(), heard }).toEqual({ made: 1, heard: { fatal: [], reached: 0 } });
});

it('rejects with what a person must mend, and tries no more', async () => {
  const { channel, made } = tries(new StartupError('wrong token'));
  await expect(channel.start()).rejects.toThrow('wrong token');
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(made()).toBe(1);
});

it('waits ever longer for a platform out of reach, keeps what is sent, and says when it answers', async () => {
  const away = new Unreachable('no network');
  const { channel, heard, made, inner } = tries(away, away, null);
  await channel.start();
  expect(await channel.send(CHAT, says('x'), 'k')).toMatchObject({ kind: 'later', why: 'discord is out of reach' });
  await vi.advanceTimersByTimeAsync(5000);
  expect({ made: made(), reached: heard.reached }).toEqual({ made: 2, reached: 0 });
  await vi.advanceTimersByTimeAsync(10_000);
  expect({ made: made(), reached: heard.reached }).toEqual({ made: 3, reached: 1 });
  await channel.send(CHAT, says('x'), 'k');
  expect(inner.sent).toHaveLength(1);
});

it('ends where a later try finds a refused token, and stops when told', async () => {
  const late = tries(new Unreachable('no network'), new StartupError('wrong token'));
  await late.channel.start();
  await vi.advanceTimersByTimeAsync(5000);
  expect(late.heard.fatal).toEqual(['wrong token']);
  const stopped = tries(new Unreachable('no network'));
  await stopped.channel.start();
  await stopped.channel.stop();
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(stopped.made()).toBe(1);
});
