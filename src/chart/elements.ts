/** The pieces a picture is drawn from beside its axes and lines, in the form ECharts takes them. */
import { FONT, HATCH, INK, TEXT } from './style.ts';

/** A piece; a lower `z` is drawn first. */
export type Piece = { readonly type: string; readonly z: number } & Readonly<Record<string, unknown>>;

type TextStyle = {
  readonly size?: number;
  readonly color?: string;
  readonly bold?: boolean;
  readonly align?: 'left' | 'center' | 'right';
};

export type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** One line of text, its middle at `y`. */
export function text(content: string, x: number, y: number, style: TextStyle = {}): Piece {
  const { size = TEXT, color = INK, bold = false, align = 'left' } = style;
  const font = { fontFamily: FONT, fontSize: size, fontWeight: bold ? 600 : 400 };
  return {
    type: 'text',
    z: 10,
    x,
    y,
    style: { text: content, fill: color, align, verticalAlign: 'middle', ...font },
  };
}

export function rect(box: Box, fill: string, z: number, round = 0): Piece {
  const shape = { x: box.left, y: box.top, width: box.width, height: box.height, r: round };
  return { type: 'rect', z, shape, style: { fill } };
}

export function line(from: readonly number[], to: readonly number[], style: object, z = 10): Piece {
  const shape = { x1: from[0], y1: from[1], x2: to[0], y2: to[1] };
  return { type: 'line', z, shape, style };
}

const APART = 13;

/** Rising strokes over a box; those of neighbouring boxes are in line with each other. */
export function hatch(box: Box, z: number): readonly Piece[] {
  const { left, top } = box;
  const [right, bottom] = [left + box.width, top + box.height];
  const strokes: Piece[] = [];
  for (let sum = Math.ceil((left + top) / APART) * APART; sum < right + bottom; sum += APART) {
    const [x1, x2] = [Math.max(left, sum - bottom), Math.min(right, sum - top)];
    strokes.push(line([x1, sum - x1], [x2, sum - x2], { stroke: HATCH, lineWidth: 2 }, z));
  }
  return strokes;
}
