import { expect, test } from 'vitest';
import { nexus } from '../../../src/sources/metrics/nexus.ts';
import { nexus as provider } from '../../providers/nexus.ts';
import { NOW, reasonsOf, replyOf, requestOf } from '../bodies.ts';
import { survivesAnything } from '../hostile.ts';
import { newestOf, readingOf } from '../parse.ts';

const source = nexus({});
const BLOCK = requestOf(source, 'nexus.xyz');
const block = { jsonrpc: '2.0', id: 1, result: '0x2f4a10' };

test('asks for the newest block of the main network, and for nothing else', () => {
  expect(source.requests()).toHaveLength(1);
  expect(BLOCK.url).toBe('https://mainnet.rpc.nexus.xyz');
  expect(JSON.parse(BLOCK.body ?? '')).toEqual({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] });
  expect(source.series.map(({ id }) => id)).toEqual(['nexus.block_height']);
});

test('gives what its provider says', () => {
  expect(newestOf(readingOf(source, provider, NOW))).toEqual(provider.gives);
});

test('a block is told at the time of the fetch', () => {
  expect(source.parse(replyOf(block), BLOCK, NOW)).toEqual({
    samples: [{ series: 'nexus.block_height', at: NOW, value: 3_099_152, source: 'nexus' }],
    articles: [],
    dropped: [],
  });
});

test.each([
  ['block 0', { ...block, result: '0x0' }, 'result: expected a block number above 0 in hex'],
  ['a plain number', { ...block, result: 3_099_152 }, 'result: expected string, received number'],
  [
    'too many calls',
    { jsonrpc: '2.0', id: null, error: { code: -32005, message: 'limit exceeded' } },
    'the node answers error -32005 (more calls than the node allows): limit exceeded',
  ],
])('%s gives no height', (_, body, reason) => {
  const reading = source.parse(replyOf(body), BLOCK, NOW);
  expect(reading.samples).toEqual([]);
  expect(reasonsOf(reading)).toEqual({ 'nexus.block_height': reason });
});

survivesAnything(source, BLOCK, block);
