/** Texts in two or four bytes a character, which the first bytes give away. */

type Wide = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be';

/** By a byte order mark, or by where the zeros are in the first two characters, which feeds have from ASCII. */
export function wideOf(bytes: Uint8Array): Wide | undefined {
  const [a = 1, b = 1, c = 1, d = 1] = bytes;
  if (a === 0xff && b === 0xfe) return bytes.length >= 4 && c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  const zeros = [a, b, c, d].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  return ZEROS.get(zeros);
}

const ZEROS: ReadonlyMap<string, Wide> = new Map([
  ['x0x0', 'utf-16le'],
  ['0x0x', 'utf-16be'],
  ['x000', 'utf-32le'],
  ['000x', 'utf-32be'],
]);

/** The text, without its byte order mark. What is no character becomes U+FFFD. */
export function decodeWide(bytes: Uint8Array, wide: Wide): string {
  if (wide === 'utf-16le' || wide === 'utf-16be') return new TextDecoder(wide).decode(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: string[] = [];
  for (let at = 0; at + 4 <= bytes.length; at += 4) parts.push(letter(view.getUint32(at, wide === 'utf-32le')));
  return parts.join('').replace(/^\uFEFF/, '');
}

function letter(point: number): string {
  const isSurrogate = point >= 0xd800 && point < 0xe000;
  return String.fromCodePoint(point > 0x10ffff || isSurrogate ? 0xfffd : point);
}
