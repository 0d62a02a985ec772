/** Results of chains that speak Ethereum's JSON-RPC: heights and amounts of tokens. */
import { z } from 'zod';

const WEI = 10n ** 18n;

/** A block number as a QUANTITY: hex without leading zeros. A chain at block 0 does not live. */
export const BlockHeight = z
  .string()
  // Sixteen digits hold every safe integer, and are the most that is ever made a number.
  .regex(/^0x[1-9a-f][0-9a-f]{0,15}$/i, { error: 'expected a block number above 0 in hex' })
  .transform((hex) => Number(BigInt(hex)))
  .refine(Number.isSafeInteger, { error: 'is larger than any block number' });

/** A uint256 of an ERC-20 token with 18 decimals, as tokens. An address without code answers `0x`. */
export const TokenAmount = z
  .string()
  .refine((hex) => hex !== '0x', { error: 'no contract answers at this address', abort: true })
  .regex(/^0x[0-9a-f]{64}$/i, { error: 'expected 32 bytes in hex' })
  .transform((hex) => tokens(BigInt(hex)))
  .refine((amount) => amount > 0, { error: 'is 0, which is no supply of a token' });

/** Whole tokens first: a double holds neither the wei nor their quotient exactly. */
function tokens(wei: bigint): number {
  return Number(wei / WEI) + Number(wei % WEI) / 1e18;
}
