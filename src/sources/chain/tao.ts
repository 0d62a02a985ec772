/** TAO's schedule: how many new tokens a block brings follows from how many there are. */

/** The smallest part of a TAO. */
export const RAO = 1_000_000_000n;
/** In rao: there will never be more. */
export const MOST_RAO = 21_000_000n * RAO;
/** Of 12 s each. */
export const BLOCKS_A_DAY = 7200;

/**
 * Rao that a block brings at an issuance of 0 to 21e15 rao: 1 TAO, halved n times, where n is the largest number with
 * issuance × 2^n ≥ 21e15 × (2^n − 1) (subtensor, block_emission.rs). In integers: a double cannot tell a halving from
 * the rao before it.
 */
export function blockEmission(issuance: bigint): bigint {
  let n = 0n;
  while (RAO >> n > 0n && issuance << (n + 1n) >= MOST_RAO * ((1n << (n + 1n)) - 1n)) n += 1n;
  return RAO >> n;
}

/** Tokens, for people and doubles: exact to the rao up to 9 million TAO, to two rao above. */
export function taoOf(rao: bigint): number {
  return Number(rao) / 1e9;
}
