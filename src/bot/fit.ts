/** Makes a message fit a platform's limit by losing whole blocks first, and by clipping text last. */
import type { Block, Message } from '../core/message.ts';
import { clean, cut, sizeOf } from './tree.ts';

/**
 * Renders a message so that `fits` holds. Blocks with the highest `drop` go first (the last of equals before the
 * others); when only blocks without `drop` are left, the text is clipped at its end with `…`. Markup is never cut:
 * it is made anew from the shorter tree each time.
 */
export function fitMessage<T>(
  message: Message,
  render: (blocks: readonly Block[]) => T,
  fits: (rendered: T) => boolean,
): T {
  let blocks = clean(message.blocks);
  for (;;) {
    const rendered = render(blocks);
    if (fits(rendered)) return rendered;
    const least = leastNeeded(blocks);
    if (least === -1) return clipped(blocks, render, fits);
    blocks = blocks.toSpliced(least, 1);
  }
}

function leastNeeded(blocks: readonly Block[]): number {
  const highest = Math.max(0, ...blocks.map((block) => block.drop ?? 0));
  return highest === 0 ? -1 : blocks.findLastIndex((block) => block.drop === highest);
}

/** The longest beginning of the text that fits, found by halving. */
function clipped<T>(blocks: readonly Block[], render: (blocks: readonly Block[]) => T, fits: (rendered: T) => boolean) {
  let best = render([]);
  let [low, high] = [0, sizeOf(blocks)];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const rendered = render(cut(blocks, middle));
    if (fits(rendered)) [best, low] = [rendered, middle];
    else high = middle - 1;
  }
  return best;
}

/** Line ends between two blocks: one inside a paragraph or a list, two between parts. */
export function gapBetween(before: Block, after: Block): string {
  const paragraph = (before.kind === 'title' || before.kind === 'text') && after.kind === 'text';
  const sameList = before.kind === 'list' && after.kind === 'list' && after.title === undefined;
  return paragraph || sameList ? '\n' : '\n\n';
}
