/** One JSON-RPC 2.0 call over HTTP: what to send, and the result in what comes back. */
import { z } from 'zod';
import type { Reply, Request } from '../../core/ports.ts';
import { type Piece, readPiece } from '../figures.ts';
import { readJson } from '../json.ts';

const ID = 1;

/** A POST of one call; its body tells it from other calls to the same address. */
export function rpcCall(url: string, method: string, params: readonly unknown[]): Request {
  return { url, body: JSON.stringify({ jsonrpc: '2.0', id: ID, method, params }) };
}

const Maybe = z.object({ error: z.unknown() });
const Failure = z.object({ code: z.int(), message: z.string() });
const Envelope = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.literal(ID, { error: 'answers another call' }),
});

/** The result, read by its schema; or why there is none: no JSON, an error of the node's, another shape. */
export function readRpc<T>(reply: Reply, result: z.ZodType<T>): Piece<T> {
  const body = readJson(reply);
  if (!body.ok) return body;
  // Some nodes write `error: null` beside a result.
  const error = Maybe.safeParse(body.value).data?.error ?? null;
  if (error !== null) return { ok: false, reason: reasonOf(error) };
  const envelope = readPiece(Envelope, body.value);
  if (!envelope.ok) return envelope;
  const piece = readPiece(z.object({ result }), body.value);
  return piece.ok ? { ok: true, value: piece.value.result } : piece;
}

/** Names of JSON-RPC 2.0, section 5.1, and of EIP-1474. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [-32700, 'parse error'],
  [-32600, 'invalid request'],
  [-32601, 'no such method'],
  [-32602, 'invalid parameters'],
  [-32603, 'internal error'],
  [-32005, 'more calls than the node allows'],
]);

function reasonOf(error: unknown): string {
  const failure = Failure.safeParse(error).data;
  if (failure === undefined) return 'the node answers an error in an unknown form';
  const message = failure.message
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, 100);
  const said = message === '' ? '' : `: ${message}`;
  return `the node answers error ${failure.code} (${NAMES.get(failure.code) ?? 'its own code'})${said}`;
}
