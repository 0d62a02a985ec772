/** Bodies that are gzip files, and bombs. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readFeed } from '../../../../src/sources/news/reading/read.ts';
import { unpack } from '../../../../src/sources/news/reading/unpack.ts';
import { given, item, rss } from './feeds.ts';

const MIB = 1024 * 1024;
const bytesOf = (buffer: Buffer): Uint8Array => new Uint8Array(buffer);

test('a feed that is a gzip file is read', () => {
  expect(given(bytesOf(gzipSync(rss(item('a'))))).titles).toEqual(['a']);
});

test('of a gzip file that was cut off, what came before the cut is read', () => {
  const items = Array.from({ length: 500 }, (_, index) => item(`t${index}`, `<guid>${Math.sin(index)}</guid>`));
  const packed = bytesOf(gzipSync(rss(...items)));
  const { titles, forgiven } = given(packed.subarray(0, packed.length / 2));
  expect(titles.length).toBeGreaterThan(100);
  expect(titles.length).toBeLessThan(500);
  expect(forgiven).toMatch(/^line 1: ends inside|left open$/);
});

test('a bomb is refused once it has grown too large', () => {
  const bomb = bytesOf(gzipSync(Buffer.alloc(64 * MIB)));
  expect(bomb.length).toBeLessThan(MIB);
  expect(unpack(bomb, 4 * MIB)).toEqual({ kind: 'refused', reason: 'unpacks to more than 4 MiB' });
});

test('as much as is allowed is allowed, packed or not', () => {
  expect(unpack(new Uint8Array(MIB), MIB)).toMatchObject({ kind: 'bytes' });
  expect(unpack(new Uint8Array(MIB + 1), MIB)).toEqual({ kind: 'refused', reason: 'larger than 1 MiB' });
  expect(unpack(bytesOf(gzipSync(Buffer.alloc(MIB))), MIB)).toMatchObject({ kind: 'bytes' });
  expect(unpack(bytesOf(gzipSync(Buffer.alloc(MIB + 1))), MIB)).toMatchObject({ kind: 'refused' });
  expect(readFeed(new Uint8Array(MIB + 1), null, MIB)).toEqual({ kind: 'refused', reason: 'larger than 1 MiB' });
});

test('what only begins like gzip is broken', () => {
  expect(unpack(Uint8Array.from([0x1f, 0x8b, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7]), MIB)).toEqual({
    kind: 'refused',
    reason: 'broken gzip',
  });
});
