import { describe, expect, test } from 'vitest';
import { BlockHeight, TokenAmount } from '../../../src/sources/chain/evm.ts';

const word = (wei: bigint): string => `0x${wei.toString(16).padStart(64, '0')}`;
const why = (parsed: { error?: { issues: readonly { message: string }[] } }): string | undefined =>
  parsed.error?.issues[0]?.message;

describe('a block height', () => {
  test.each([
    ['0x1', 1],
    ['0x2c620e', 2_908_686],
    ['0x2C620E', 2_908_686],
    ['0x1fffffffffffff', Number.MAX_SAFE_INTEGER],
  ])('%s is %i', (hex, height) => {
    expect(BlockHeight.parse(hex)).toBe(height);
  });

  test.each([
    ['0x0', /above 0/],
    ['0x', /above 0/],
    ['0x01', /above 0/],
    ['12', /above 0/],
    ['-0x1', /above 0/],
    ['0x1g', /above 0/],
    [' 0x1', /above 0/],
    [`0x1${'0'.repeat(1_000_000)}`, /above 0/],
    ['0x20000000000000', /larger than any/],
    [12, /expected string/],
    [null, /expected string/],
  ])('%s is none', (hex, reason) => {
    expect(why(BlockHeight.safeParse(hex))).toMatch(reason);
  });
});

describe('an amount of tokens', () => {
  test.each([
    [10n ** 28n, 10_000_000_000],
    [9_999_999_999_750_000_000n * 10n ** 9n, 9_999_999_999.75],
    [1n, 1e-18],
    [2n ** 256n - 1n, 1.157920892373162e59],
  ])('of %s wei', (wei, tokens) => {
    expect(TokenAmount.parse(word(wei))).toBe(tokens);
  });

  test.each([
    ['0x', 'no contract answers at this address'],
    [word(0n), 'is 0, which is no supply of a token'],
    ['0x1', 'expected 32 bytes in hex'],
    [`${word(1n)}00`, 'expected 32 bytes in hex'],
    [word(1n).slice(2), 'expected 32 bytes in hex'],
    [word(1n).replace('0x', '1x'), 'expected 32 bytes in hex'],
  ])('%s is none', (hex, reason) => {
    expect(why(TokenAmount.safeParse(hex))).toBe(reason);
  });
});
