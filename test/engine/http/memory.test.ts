import { expect, test } from 'vitest';
import { createMemory } from '../../../src/engine/http/memory.ts';

function kept(size: number) {
  return { etag: '"e"', lastModified: null, bytes: new Uint8Array(size), contentType: null };
}

test('the one unused for longest makes room', () => {
  const memory = createMemory(50, 100);
  for (const key of ['a', 'b']) memory.put(key, kept(40));
  memory.get('a');
  memory.put('c', kept(40));
  expect(['a', 'b', 'c'].map((key) => memory.get(key)?.bytes.length)).toEqual([40, undefined, 40]);
});

test('replacing frees the old body, and too large a body frees it without a successor', () => {
  const memory = createMemory(50, 100);
  for (let i = 0; i < 10; i++) memory.put('a', kept(50));
  memory.put('b', kept(50));
  expect(memory.get('a')).toBeDefined();
  memory.put('a', kept(51));
  expect(memory.get('a')).toBeUndefined();
  memory.forget('b');
  memory.forget('b');
  memory.put('c', kept(50));
  memory.put('d', kept(50));
  expect(['c', 'd'].map((key) => memory.get(key)?.bytes.length)).toEqual([50, 50]);
});
