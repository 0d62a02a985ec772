/** Reads a file of lines piece by piece, so that a large one never stands in memory as a whole. */
import { open } from 'node:fs/promises';

const PIECE = 512 * 1024;
const NEWLINE = 0x0a;

/** What a file held: bytes up to its last newline, and bytes after it. */
export type Extent = { readonly length: number; readonly torn: number };

/**
 * Gives whole lines, many at a time and in order, to `each`. What follows the last newline is not given. `piece` is how
 * many bytes are read at a stretch; between two of them other work runs.
 */
export async function readLines(path: string, each: (lines: string) => void, piece = PIECE): Promise<Extent> {
  const handle = await open(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(piece);
    let [length, held] = [0, 0];
    for (;;) {
      if (held === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
      const { bytesRead } = await handle.read(buffer, held, buffer.length - held, null);
      if (bytesRead === 0) return { length, torn: held };
      held += bytesRead;
      const end = buffer.lastIndexOf(NEWLINE, held - 1) + 1;
      if (end === 0) continue;
      each(buffer.toString('utf8', 0, end));
      buffer.copyWithin(0, end, held);
      length += end;
      held -= end;
    }
  } finally {
    await handle.close();
  }
}
