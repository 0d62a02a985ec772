/** What a picture shows. */
import type { Instant } from '../core/time.ts';

/** `value: null` is unknown: a gap in the line, never drawn over. */
export type Point = { readonly at: Instant; readonly value: number | null };

export type Line = {
  readonly name: string;
  /** What a rule read, what it decided on, and what that was compared with. */
  readonly role: 'series' | 'value' | 'threshold';
  /** Oldest first. */
  readonly points: readonly Point[];
};

export type Band = {
  readonly from: Instant;
  readonly to: Instant;
  readonly kind: 'pending' | 'firing' | 'unknown';
};

/** All texts are raw. What lies outside `from` to `to` is not drawn. */
export type Chart = {
  readonly title: string;
  readonly subtitle: string;
  /** Unit of all lines, as in core/units. */
  readonly unit: string;
  readonly from: Instant;
  readonly to: Instant;
  readonly lines: readonly Line[];
  readonly bands: readonly Band[];
  /** Sources and range of dates. */
  readonly footer: string;
};

/** The values of a line that are known. */
export function known(line: Line): readonly number[] {
  return line.points.flatMap(({ value }) => value ?? []);
}

/** The newest known value of a line. */
export function newest(line: Line): number | undefined {
  return known(line).at(-1);
}
