/** Texts of a picture: what XML may hold, in the room there is. */
import { describe, expect, it } from 'vitest';
import { clip, printable, widthOf } from '../../src/chart/text.ts';

describe('printable', () => {
  it.each([
    ['controls', 'a\u0000b\u0008c\u001Fd\u007Fe\u0085f', 'abcde f'],
    ['lines and tabs', ' a\n\tb\r\nc\u2028d ', 'a b c d'],
    ['lone surrogates', 'a\uD800b\uDC00c', 'abc'],
    ['noncharacters', 'a\uFFFEb\uFFFFc', 'abc'],
    ['turned text', 'a\u202Eb\u2066c', 'abc'],
    ['emoji', 'a 🚀 b', 'a b'],
  ])('is rid of %s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('leaves markup alone: escaping is done once, later', () => {
    expect(printable('<b>"A & B\'s"</b> {c|d}')).toBe('<b>"A & B\'s"</b> {c|d}');
  });
});

describe('clip', () => {
  it('leaves what fits', () => {
    expect(clip('Akash', 28, widthOf('Akash', 28))).toBe('Akash');
  });

  it('cuts what does not, with an ellipsis that fits too', () => {
    const cut = clip('GPU utilization below 20% for a very long time', 42, 400);
    expect(cut).toBe('GPU utilization be…');
    expect(widthOf(cut, 42)).toBeLessThanOrEqual(400);
  });

  it('cuts between characters, not within one', () => {
    expect(clip('𝒜'.repeat(50), 10, 100)).toMatch(/^(?:𝒜)+…$/u);
  });

  it('reads no further than it must', () => {
    expect(clip('x'.repeat(5_000_000), 42, 300).length).toBeLessThan(20);
  });
});
