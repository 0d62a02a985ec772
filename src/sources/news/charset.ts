/** The text of a body: which charset it is in, and the decoding that never fails. */

const XML_DECLARATION = /^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/i;
const CONTENT_TYPE = /charset\s*=\s*"?([\w.:-]{1,40})/i;

/**
 * The body as text. The charset is the byte order mark's, else the content type's, else the XML declaration's, else
 * UTF-8 (RFC 7303, section 3). A label nobody knows is passed over; bytes that fit no character become U+FFFD.
 */
export function decodeBody(bytes: Uint8Array, contentType: string | null): string {
  const labels = [CONTENT_TYPE.exec(contentType ?? '')?.[1], declared(bytes)];
  for (const label of [wide(bytes), ...labels]) {
    const decoder = label === undefined ? undefined : decoderFor(label);
    if (decoder !== undefined) return decoder.decode(bytes);
  }
  return new TextDecoder().decode(bytes);
}

/** The charset that the first bytes give away: a byte order mark, or `<` written in two bytes. */
function wide(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  return undefined;
}

/** The encoding of the XML declaration. One that could be read byte by byte is not UTF-16, whatever it says. */
function declared(bytes: Uint8Array): string | undefined {
  const label = XML_DECLARATION.exec(new TextDecoder('latin1').decode(bytes.subarray(0, 300)))?.[1];
  return label !== undefined && /^utf-?16/i.test(label) ? undefined : label;
}

function decoderFor(label: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(label);
  } catch {
    return undefined;
  }
}
