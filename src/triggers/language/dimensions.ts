/** What kind of value something is, and the algebra of dimensions: which are the same, and what products of them are. */
import type { Dimensions, Unit } from '../../core/units.ts';

/** A unit; `loose` literals (`5`, `$2.50`) take the unit of what they meet; `absolute` is a point in time. */
export type Kind = { readonly unit: Unit; readonly loose: 'plain' | 'money' | null; readonly absolute: boolean };

export function sameDimensions(a: Dimensions, b: Dimensions): boolean {
  return (['usd', 'token', 'gpu', 'item', 'time'] as const).every((name) => (a[name] ?? 0) === (b[name] ?? 0));
}

/** GPUs, tokens or items, or so many of them a day: what people write as a bare number. */
export function isCounted({ usd = 0, token = 0, gpu = 0, item = 0, time = 0 }: Dimensions): boolean {
  return usd === 0 && token >= 0 && gpu >= 0 && item >= 0 && token + gpu + item === 1 && (time === 0 || time === -1);
}

export function isDailyRatio(dimensions: Dimensions): boolean {
  return sameDimensions(dimensions, { time: -1 });
}

/** The product with the other's power: 1 multiplies, -1 divides. */
export function multiply(a: Dimensions, b: Dimensions, sign: 1 | -1): Dimensions {
  const result: Partial<Record<keyof Dimensions, number>> = {};
  for (const name of ['usd', 'token', 'gpu', 'item', 'time'] as const) {
    const power = (a[name] ?? 0) + sign * (b[name] ?? 0);
    if (power !== 0) result[name] = power;
  }
  return result;
}

/** `usd·gpu/day^2`; of nothing but time below, `1/day`. */
export function spell(dimensions: Dimensions): string {
  const words = { usd: 'usd', token: 'token', gpu: 'gpu', item: 'item', time: 'day' };
  const part = (sign: 1 | -1): string =>
    Object.entries(dimensions)
      .filter(([, power]) => Math.sign(power) === sign)
      .map(([name, power]) => words[name as keyof typeof words] + (Math.abs(power) > 1 ? `^${Math.abs(power)}` : ''))
      .join('·');
  const [above, below] = [part(1), part(-1)];
  return below === '' ? above : `${above === '' ? '1' : above}/${below}`;
}
