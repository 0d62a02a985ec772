/** Standard deviation and slope of a moving window, from exact sums of powers and products. */
import type { Series } from '../../core/series.ts';
import { DAY } from '../../core/time.ts';
import type { Aggregate } from './aggregate.ts';
import { add, addMultiple, addProduct, type ExactSum, exactSum, rounded, subtractProduct } from './exact.ts';

/** Beyond these the square of a value is no double, or not exactly one. */
const [LEAST, MOST] = [2 ** -400, 2 ** 480];

/**
 * The standard deviation of all samples: sqrt(n Σv² - (Σv)²) / n. This formula's difference, infamous for cancelling, is
 * taken of exact sums: it is 0 for a constant series and loses nothing where the mean dwarfs the deviation. Values closer
 * to 0 than 1e-120 count as 0, those beyond 1e144 as that.
 */
export function stddev(): Aggregate {
  const values = exactSum();
  const squares = exactSum();
  const spread = exactSum();
  let count = 0;
  return {
    add(series, index) {
      const held = squarable(series.value(index));
      add(values, held);
      addProduct(squares, held, held);
      count += 1;
    },
    drop(series, index) {
      const held = squarable(series.value(index));
      add(values, -held);
      addProduct(squares, -held, held);
      count -= 1;
    },
    value: () => Math.sqrt(determinant(spread, count, squares, values, values)) / count,
  };
}

function squarable(value: number): number {
  if (Math.abs(value) < LEAST) return 0;
  return Math.min(Math.max(value, -MOST), MOST);
}

/** n Σab - Σa Σb, rounded once; `room` is to work in. */
function determinant(room: ExactSum, count: number, products: ExactSum, a: ExactSum, b: ExactSum): number {
  room.count = 0;
  addMultiple(room, products, count);
  subtractProduct(room, a, b);
  return rounded(room);
}

/** Values are taken at 2^-128 of their size, so that no product of sums overflows. */
const SCALE = 2 ** -128;

/**
 * The least-squares slope a day: (n Σtv - Σt Σv) / (n Σt² - (Σt)²), 0 for a single sample. The sums are exact, so the
 * distance of the times from their origin, 1970, costs no accuracy.
 */
export function slope(): Aggregate {
  const times = exactSum();
  const values = exactSum();
  const squares = exactSum();
  const products = exactSum();
  const room = exactSum();
  let count = 0;

  function change(series: Series, index: number, sign: 1 | -1): void {
    const time = series.time(index);
    const value = series.value(index) * SCALE;
    add(times, sign * time);
    add(values, sign * value);
    addProduct(squares, sign * time, time);
    addProduct(products, sign * time, value);
    count += sign;
  }

  function value(): number {
    const spread = determinant(room, count, squares, times, times);
    return spread === 0 ? 0 : ((determinant(room, count, products, times, values) / spread) * DAY) / SCALE;
  }

  return {
    add: (series, index) => change(series, index, 1),
    drop: (series, index) => change(series, index, -1),
    value,
  };
}
