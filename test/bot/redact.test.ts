/** Secrets in what libraries say are taken out. */
import { expect, test } from 'vitest';
import { redact, sayError } from '../../src/bot/redact.ts';

const TELEGRAM = '5000000001:AALocalTestToken-0123456789_abcdefgh';
const DISCORD = 'MTE4NzY1NDMyMTA5ODc2NTQzMjEw.GaBcDe.local-test-token-0123456789abcdefghij';

test.each([
  [
    `request to https://api.telegram.org/bot${TELEGRAM}/sendMessage failed`,
    'request to https://api.telegram.org/bot<token>/sendMessage failed',
  ],
  [`Bot ${DISCORD}`, 'Bot <token>'],
  [
    'PATCH /webhooks/700000000000000004/aW50ZXJhY3Rpb24/messages',
    'PATCH /webhooks/700000000000000004/<token>/messages',
  ],
  ['my-own-secret is out', '<token> is out'],
])('%s', (text, shown) => {
  expect(redact(text, 'my-own-secret')).toBe(shown);
});

test('an error says its cause, in one short line', () => {
  const inner = new Error(`connect ECONNREFUSED\nhttps://api.telegram.org/bot${TELEGRAM}/getMe`);
  const said = sayError(new Error('Network request failed', { cause: inner }), TELEGRAM);
  expect(said).toBe('Error: Network request failed: connect ECONNREFUSED https://api.telegram.org/bot<token>/getMe');
  expect(sayError('x'.repeat(9999), '')).toHaveLength(300);
});
