import { expect, test } from 'vitest';
import { gensyn } from '../../../src/sources/metrics/gensyn.ts';
import { gensyn as provider } from '../../providers/gensyn.ts';
import { NOW, reasonsOf, replyOf, valuesOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = gensyn({});
const [BLOCK, SUPPLY] = source.requests();
if (BLOCK === undefined || SUPPLY === undefined) throw new Error('two requests are expected');

const block = { jsonrpc: '2.0', id: 1, result: '0x1e8480' };
const supply = { jsonrpc: '2.0', id: 1, result: `0x${(10n ** 28n).toString(16).padStart(64, '0')}` };

test('asks one address twice, for the newest block and the supply of its contract', () => {
  expect(BLOCK.url).toBe(SUPPLY.url);
  expect(JSON.parse(BLOCK.body ?? '')).toMatchObject({ method: 'eth_blockNumber', params: [] });
  expect(JSON.parse(SUPPLY.body ?? '')).toMatchObject({
    method: 'eth_call',
    params: [{ to: '0x4e742319f6b0fec4afa504fc8ed3ceab0fb751a2', data: '0x18160ddd' }, 'latest'],
  });
});

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

test('reads each answer as what was asked', () => {
  const height = source.parse(replyOf(block), BLOCK, NOW);
  expect(height.samples).toEqual([{ series: 'gensyn.block_height', at: NOW, value: 2_000_000, source: 'gensyn' }]);
  expect(valuesOf(source.parse(replyOf(supply), SUPPLY, NOW))).toEqual({ 'gensyn.token_supply': 10_000_000_000 });
  expect(reasonsOf(source.parse(replyOf(supply), BLOCK, NOW))).toEqual({
    'gensyn.block_height': 'result: expected a block number above 0 in hex',
  });
  expect(reasonsOf(source.parse(replyOf(block), SUPPLY, NOW))).toEqual({
    'gensyn.token_supply': 'result: expected 32 bytes in hex',
  });
});

test('an address without a contract is no supply of 0', () => {
  expect(reasonsOf(source.parse(replyOf({ ...supply, result: '0x' }), SUPPLY, NOW))).toEqual({
    'gensyn.token_supply': 'result: no contract answers at this address',
  });
});

survivesAnything(source, BLOCK, block);
survivesAnything(source, SUPPLY, supply);
