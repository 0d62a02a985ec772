/** How often the sources that ship with Tierwatch may be asked at most, for the check of the configuration. */
import type { BuiltInPaces } from '../config/polled.ts';
import { builtInFacts } from '../sources/registry.ts';

export function leastPaces(): BuiltInPaces {
  return Object.fromEntries(builtInFacts().map(({ id, least }) => [id, least]));
}
