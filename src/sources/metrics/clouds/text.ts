/** Reads a reply's bytes as plain text, or says in words what they are instead. */
import type { Reply } from '../../../core/ports.ts';
import type { Piece } from '../../figures.ts';

/** Strict UTF-8; a byte order mark is skipped. Never throws. */
export function readText(reply: Reply): Piece<string> {
  const text = decode(reply.bytes);
  if (text === null) return { ok: false, reason: 'the body is not UTF-8 text' };
  if (text.trim() === '') return { ok: false, reason: 'the body is empty' };
  if (/^\s{0,99}<(!doctype|html)\b/i.test(text)) return { ok: false, reason: 'the body is an HTML page' };
  return { ok: true, value: text };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
