/** The console channel writes what it is given and never rejects. */
import { expect, test } from 'vitest';
import { createConsole } from '../../../src/bot/console/channel.ts';
import { says } from '../../../src/core/message.ts';
import { CHAT } from '../sample.ts';

test('a message is written with a blank line after it', async () => {
  const written: string[] = [];
  const channel = createConsole({ write: (text) => written.push(text), width: 12 });
  await channel.start();
  expect(await channel.send(CHAT, says('one two three four'), 'key')).toEqual({ kind: 'sent', message: 'key' });
  expect(written.join('')).toBe('one two\nthree four\n\n');
  await channel.stop();
});

test('a closed terminal is an outcome', async () => {
  const channel = createConsole({
    write() {
      throw new Error('EPIPE');
    },
  });
  expect(await channel.send(CHAT, says('x'), 'key')).toEqual({ kind: 'later', after: null, why: 'EPIPE' });
});
