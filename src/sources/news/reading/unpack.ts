/** Bodies that are gzip files themselves (`feed.xml.gz`), whatever the transfer did to them; and the bound on all bodies. */
import { gunzipSync, constants as zlib } from 'node:zlib';

type Unpacked =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * The bytes themselves, or what they unpack to where they begin like gzip; refused where either is more than `largest`.
 * Unpacking stops there, so that a small body cannot become a large one. Of a file that was cut off, what came before
 * the cut is given.
 */
export function unpack(bytes: Uint8Array, largest: number): Unpacked {
  const limit = `${largest / 1024 / 1024} MiB`;
  if (bytes.length > largest) return { kind: 'refused', reason: `larger than ${limit}` };
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return { kind: 'bytes', bytes };
  try {
    const options = { maxOutputLength: largest, finishFlush: zlib.Z_SYNC_FLUSH };
    return { kind: 'bytes', bytes: gunzipSync(bytes, options) };
  } catch (error) {
    const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { kind: 'refused', reason: isTooLarge ? `unpacks to more than ${limit}` : 'broken gzip' };
  }
}
