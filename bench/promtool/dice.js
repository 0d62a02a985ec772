/** Chance that repeats: the same seed throws the same dice on every machine. */

/** Dice for a whole-number seed, by the mulberry32 generator. */
export function dice(seed) {
  let state = seed >>> 0;
  /** Uniform in [0, 1). */
  function toss() {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const between = (low, high) => low + (high - low) * toss();
  const pick = (list) => list[Math.floor(toss() * list.length)];
  return { toss, between, pick };
}
