import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readRpc, rpcCall } from '../../../src/sources/chain/json-rpc.ts';
import { replyOf, textReply } from '../bodies.ts';

const Text = z.string();
const read = (body: unknown) => readRpc(replyOf(body), Text);

test('a call is a POST of its method and parameters', () => {
  const call = rpcCall('https://node.example', 'eth_call', [{ to: '0x1' }, 'latest']);
  expect(call.url).toBe('https://node.example');
  expect(JSON.parse(call.body ?? '')).toEqual({
    jsonrpc: '2.0',
    id: 1,
    method: 'eth_call',
    params: [{ to: '0x1' }, 'latest'],
  });
});

describe('an answer', () => {
  test('gives its result', () => {
    expect(read({ jsonrpc: '2.0', id: 1, result: '0x5' })).toEqual({ ok: true, value: '0x5' });
  });

  test('may carry an empty error beside its result, as some nodes write it', () => {
    expect(read({ jsonrpc: '2.0', id: 1, result: '0x5', error: null })).toEqual({ ok: true, value: '0x5' });
  });

  test.each([
    ['no result', { jsonrpc: '2.0', id: 1 }, 'result: expected string, received undefined'],
    ['a null result', { jsonrpc: '2.0', id: 1, result: null }, 'result: expected string, received null'],
    ['another id', { jsonrpc: '2.0', id: 2, result: '0x5' }, 'id: answers another call'],
    ['another version', { jsonrpc: '1.0', id: 1, result: '0x5' }, 'jsonrpc: expected "2.0"'],
    ['a batch', [{ jsonrpc: '2.0', id: 1, result: '0x5' }], 'expected object, received array'],
    ['no object', '0x5', 'expected object, received string'],
  ])('%s is none', (_, body, reason) => {
    const piece = read(body);
    expect(piece.ok ? '' : piece.reason).toContain(reason);
  });

  test('HTML is none', () => {
    expect(readRpc(textReply('<!doctype html><title>502</title>'), Text)).toEqual({
      ok: false,
      reason: 'the body is an HTML page, not JSON',
    });
  });
});

describe('an error', () => {
  test.each([
    [-32005, 'limit exceeded', 'the node answers error -32005 (more calls than the node allows): limit exceeded'],
    [-32601, 'Method not found', 'the node answers error -32601 (no such method): Method not found'],
    [-32000, 'execution reverted', 'the node answers error -32000 (its own code): execution reverted'],
    [3, '', 'the node answers error 3 (its own code)'],
  ])('%i is named', (code, message, reason) => {
    expect(read({ jsonrpc: '2.0', id: null, error: { code, message } })).toEqual({ ok: false, reason });
  });

  test('wins over a result beside it', () => {
    expect(read({ jsonrpc: '2.0', id: 1, result: '0x5', error: { code: -32603, message: 'x' } }).ok).toBe(false);
  });

  test('in another form is still one', () => {
    for (const error of ['rate limited', {}, 0, false])
      expect(read({ error, result: '0x5', jsonrpc: '2.0', id: 1 })).toEqual({
        ok: false,
        reason: 'the node answers an error in an unknown form',
      });
  });

  test('has its message cut short, on one line', () => {
    const piece = read({ error: { code: 1, message: `a\n\u0000\u202eb${'c'.repeat(500)}` } });
    expect(piece.ok ? '' : piece.reason).toBe(`the node answers error 1 (its own code): a b${'c'.repeat(97)}`);
  });
});
