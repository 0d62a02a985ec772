/** How often a series is renewed, as its source promises. */
import type { Duration } from '../core/time.ts';

/** A series' usual step as its source promises it, or the least it is while the provider's own times tell more. */
export type Pace = Duration | { readonly atLeast: Duration };

export type StepOf = (series: string) => Pace | undefined;
