/** Records samples, and counts what of them is new to the store. */
import type { Store } from '../../core/ports.ts';
import type { Sample, Series } from '../../core/series.ts';
import type { Instant } from '../../core/time.ts';

export type Counts = { readonly added: number; readonly corrected: number; readonly already: number };

/** Each piece is synced to the disk by itself: large enough to be quick, small enough for progress. */
const PIECE = 20_000;

/** @param advance called with how many samples were dealt with */
export async function record(
  store: Store,
  samples: readonly Sample[],
  advance: (samples: number) => void,
): Promise<Counts> {
  let [added, corrected, already] = [0, 0, 0];
  for (let from = 0; from < samples.length; from += PIECE) {
    const piece = samples.slice(from, from + PIECE);
    for (const { series, at, value } of piece) {
      const known = valueAt(store.evidence().series(series), at);
      if (known === undefined) added += 1;
      else if (known === value) already += 1;
      else corrected += 1;
    }
    await store.observe(piece, []);
    advance(piece.length);
  }
  return { added, corrected, already };
}

/** The value at exactly this instant. */
function valueAt(series: Series | undefined, at: Instant): number | undefined {
  if (series === undefined) return undefined;
  let [low, high] = [0, series.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (series.time(middle) < at) low = middle + 1;
    else high = middle;
  }
  return low < series.length && series.time(low) === at ? series.value(low) : undefined;
}
