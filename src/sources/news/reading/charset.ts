/** The text of a body: which charset it is in, and the decoding that never fails. */
import { decoderFor } from './labels.ts';
import { decodeWide, wideOf } from './wide.ts';

const XML_DECLARATION = /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']?([\w.:-]{1,40})/i;
const CONTENT_TYPE = /charset\s*=\s*["']?([\w.:-]{1,40})/i;

/**
 * The body as text. What the bytes themselves say comes before any label, for labels are often wrong and bytes that
 * are valid UTF-8 are hardly ever anything else: a byte order mark or zeros, then UTF-8, then the content type's label,
 * then the XML declaration's, then windows-1252. Bytes that fit no character become U+FFFD.
 */
export function decodeBody(bytes: Uint8Array, contentType: string | null): string {
  const wide = wideOf(bytes);
  if (wide !== undefined) return decodeWide(bytes, wide);
  // Labels of UTF-8 and UTF-16 are not asked: the bytes would have shown it.
  const decoders = [CONTENT_TYPE.exec(contentType ?? '')?.[1], declared(bytes)]
    .map((label) => (label === undefined ? undefined : decoderFor(label)))
    .filter((decoder) => decoder !== undefined && !decoder.encoding.startsWith('utf-'));
  // The one charset that looks like ASCII and is none: it switches alphabets by escape characters.
  const switching = decoders.find((decoder) => decoder?.encoding === 'iso-2022-jp');
  if (switching !== undefined && bytes.includes(0x1b)) return switching.decode(bytes);
  return utf8(bytes) ?? (decoders[0] ?? new TextDecoder('windows-1252')).decode(bytes);
}

/** The encoding of the XML declaration, which is in ASCII whatever follows. */
function declared(bytes: Uint8Array): string | undefined {
  return XML_DECLARATION.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 300)))?.[1];
}

/** The text where the bytes are UTF-8, or were before somebody cut them off or spoilt a few; else undefined. */
function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder().decode(bytes);
    return hasMark(bytes) || isMostlyWhole(text) ? text : undefined;
  }
}

function hasMark([a, b, c]: Uint8Array): boolean {
  return a === 0xef && b === 0xbb && c === 0xbf;
}

/** Bytes of another charset hardly ever make a letter of UTF-8 by chance. A body that was cut off may end in half a one. */
function isMostlyWhole(text: string): boolean {
  const spoilt = text.replace(/\uFFFD+$/, '').match(/\uFFFD/g)?.length ?? 0;
  const whole = text.match(/[^\0-\x7F\uFFFD]/gu)?.length ?? 0;
  return whole > 2 * spoilt;
}
