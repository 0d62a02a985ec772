/** Series of which there is one a GPU, such as `akash.<gpu>_price`. */
import type { Dropped } from '../../../core/ports.ts';
import { withoutAll } from '../../figures.ts';
import { GPU_IDS } from '../../gpus.ts';

/** `akash.h100_price` of `akash.<gpu>_price`. */
export function seriesOf(grid: string, gpu: string): string {
  return grid.replace('<gpu>', gpu);
}

/** Most lists lack some card: one reason a grid does for all of them. */
export function unlisted(grids: readonly string[], isListed: (gpu: string) => boolean): readonly Dropped[] {
  const missing = GPU_IDS.filter((gpu) => !isListed(gpu));
  return missing.length === 0 ? [] : withoutAll(grids, `no row is of ${missing.join(', ')}`).dropped;
}
