/** Reads a response body whole: bounded as sent and as decompressed, so that a small bomb stays small. */
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

/** `permanent` as in FetchResult: a damaged body may arrive whole next time, a large one stays large. */
export type Body =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly why: string; readonly permanent: boolean };

/** What is asked for; anything else is refused. */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

const unzip = { gzip: promisify(gunzip), br: promisify(brotliDecompress) };
const zlibWrapped = promisify(inflate);
const bare = promisify(inflateRaw);

/** Reads and decompresses at most `limit` bytes. Rejects only with what the stream itself was destroyed with. */
export async function readBody(body: Readable, encoding: string, limit: number): Promise<Body> {
  const sent = await readAll(body, limit);
  if (sent === null) return tooLarge(limit);
  const coding = encoding.trim().toLowerCase();
  if (coding === '' && isGzip(sent))
    return decoded(unzip.gzip, sent, limit, 'the body begins as gzip, without being announced as such, and is damaged');
  if (sent.length === 0 || coding === '' || coding === 'identity') return { ok: true, bytes: sent };
  const decode = decoderOf(coding, sent);
  if (decode === null)
    return { ok: false, why: 'the body has a content encoding that was not asked for', permanent: true };
  return decoded(decode, sent, limit, `the body is not valid ${coding}`);
}

/** Some servers compress without saying so. No text in UTF-8 begins with these two bytes of RFC 1952. */
function isGzip(sent: Buffer): boolean {
  return sent[0] === 0x1f && sent[1] === 0x8b;
}

type Decode = (sent: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

function decoded(decode: Decode, sent: Buffer, limit: number, damaged: string): Promise<Body> {
  return decode(sent, { maxOutputLength: limit }).then(
    (bytes): Body => ({ ok: true, bytes }),
    (error: { code?: string }): Body =>
      error.code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(limit) : { ok: false, why: damaged, permanent: false },
  );
}

function decoderOf(coding: string, sent: Buffer): Decode | null {
  if (coding === 'gzip' || coding === 'x-gzip') return unzip.gzip;
  if (coding === 'br') return unzip.br;
  if (coding !== 'deflate') return null;
  // Some servers send bare deflate under this name: RFC 9110 section 8.4.1.2. A zlib header is a multiple of 31.
  return ((sent[0] ?? 0) & 0x0f) === 8 && sent.length > 1 && sent.readUInt16BE(0) % 31 === 0 ? zlibWrapped : bare;
}

async function readAll(body: Readable, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function tooLarge(limit: number): Body {
  return { ok: false, why: `the body is larger than ${Math.round(limit / 1024)} KiB`, permanent: true };
}
