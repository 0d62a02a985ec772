/** The legend: a sample and a name for each line, and for each kind of band there is. */
import { hatch, line, type Piece, rect, text } from './elements.ts';
import type { Band } from './shape.ts';
import { BANDS, EDGE, TEXT, WIDTH } from './style.ts';
import { clip, printable, widthOf } from './text.ts';

export type Entry = { readonly name: string } & (
  | { readonly kind: Band['kind'] | 'more' }
  | { readonly kind: 'line'; readonly style: object }
);

const SAMPLE = 46;
const GAP = 12;
const APART = 38;
const ROW = 42;
const MOST_ROWS = 2;
const WIDEST = 520;

type Legend = { readonly height: number; readonly parts: readonly Piece[] };

/** The legend's pieces, its first row centred at `top`, and its height; what finds no room is counted at the end. */
export function legend(entries: readonly Entry[], top: number): Legend {
  for (let left = 0; ; left++) {
    const kept = entries.slice(0, entries.length - left);
    const tail: readonly Entry[] = left === 0 ? [] : [{ kind: 'more', name: `and ${left} more` }];
    const placed = place([...kept, ...tail]);
    const rows = (placed.at(-1)?.row ?? -1) + 1;
    if (rows > MOST_ROWS) continue;
    return { height: rows * ROW, parts: placed.flatMap((entry) => partsOf(entry, top + entry.row * ROW)) };
  }
}

type Placed = { readonly entry: Entry; readonly x: number; readonly row: number };

function place(entries: readonly Entry[]): readonly Placed[] {
  let [x, row] = [EDGE, 0];
  return entries.map((raw) => {
    const entry = { ...raw, name: clip(printable(raw.name), TEXT, WIDEST) };
    const width = indentOf(entry) + widthOf(entry.name, TEXT);
    if (x > EDGE && x + width > WIDTH - EDGE) [x, row] = [EDGE, row + 1];
    const placed = { entry, x, row };
    x += width + APART;
    return placed;
  });
}

function indentOf({ kind }: Entry): number {
  return kind === 'more' ? 0 : SAMPLE + GAP;
}

function partsOf({ entry, x }: Placed, y: number): readonly Piece[] {
  return [...sampleOf(entry, x, y), text(entry.name, x + indentOf(entry), y)];
}

function sampleOf(entry: Entry, x: number, y: number): readonly Piece[] {
  if (entry.kind === 'more') return [];
  if (entry.kind === 'line') return [line([x, y], [x + SAMPLE, y], entry.style)];
  const box = { left: x, top: y - 13, width: SAMPLE, height: 26 };
  return [rect(box, BANDS[entry.kind], 8), ...(entry.kind === 'unknown' ? hatch(box, 9) : [])];
}
