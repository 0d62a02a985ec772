/** The thresholds' values, written on the value axis. */
import { type Box, type Piece, rect, text } from './elements.ts';
import type { Scale } from './scale.ts';
import { BESIDE, PAPER, TEXT, THRESHOLD } from './style.ts';
import { widthOf } from './text.ts';

export type Mark = { readonly label: string; readonly y: number };

const HEIGHT = 42;

/** One mark for each threshold, from the top; close ones are moved apart. */
export function marksOf(thresholds: readonly number[], scale: Scale, plot: Box): readonly Mark[] {
  const marks: Mark[] = [];
  for (const value of [...new Set(thresholds)].sort((a, b) => b - a)) {
    const lowest = marks.at(-1)?.y ?? Number.NEGATIVE_INFINITY;
    marks.push({ label: scale.label(value), y: Math.max(heightOf(value, scale, plot), lowest + HEIGHT + 2) });
  }
  return marks;
}

/** Where a value lies in the picture. */
export function heightOf(value: number, { min, max }: Scale, plot: Box): number {
  return plot.top + ((max - value) / (max - min)) * plot.height;
}

/** Whether a tick's label at this height would be half hidden behind a mark. */
export function isCovered(marks: readonly Mark[], y: number): boolean {
  return marks.some((mark) => Math.abs(mark.y - y) < (HEIGHT + TEXT) / 2);
}

/** A mark in the colour of its line, beside the plot. */
export function drawn({ label, y }: Mark, plot: Box): readonly Piece[] {
  const left = plot.left + plot.width;
  const box = { left, top: y - HEIGHT / 2, width: widthOf(label, TEXT) + 2 * BESIDE, height: HEIGHT };
  return [rect(box, THRESHOLD, 8, 6), text(label, left + BESIDE, y, { color: PAPER, bold: true })];
}
