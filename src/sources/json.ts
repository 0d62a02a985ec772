/** Reads a reply's bytes as JSON, or says in words what they are instead. */
import type { z } from 'zod';
import type { Reply } from '../core/ports.ts';
import { type Piece, readPiece } from './figures.ts';

export type Json = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

/** Strict UTF-8 (a byte order mark is skipped), then JSON. Never throws. */
export function readJson(reply: Reply): Json {
  const text = decode(reply.bytes);
  if (text === null) return { ok: false, reason: 'the body is not UTF-8 text' };
  if (text.trim() === '') return { ok: false, reason: 'the body is empty' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, reason: misread(text) };
  }
}

/** A body of JSON that has the shape of a schema, or why it is not one. */
export function readBody<T>(reply: Reply, schema: z.ZodType<T>): Piece<T> {
  const json = readJson(reply);
  return json.ok ? readPiece(schema, json.value) : json;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function misread(text: string): string {
  const start = text.trimStart().slice(0, 500);
  if (/^<(!doctype html|html|head|body)\b/i.test(start)) return 'the body is an HTML page, not JSON';
  if (start.startsWith('<')) return 'the body is markup, not JSON';
  return /^[[{]/.test(start) ? 'the body is broken JSON, perhaps cut short' : 'the body is not JSON';
}
