import fc from 'fast-check';
import { test } from 'vitest';
import { answered } from './searched.ts';

test.each(['hacker-news', 'google-news', 'gdelt'] as const)('no answer of %s makes reading throw', (on) => {
  const pieces = fc.constantFrom(
    '{"hits":[',
    '{"articles":[',
    '{"title":"x",',
    '"url":"https://a.example/b",',
    '"objectID":"1","created_at":"2026-06-30T10:00:00Z"}',
    '"seendate":"20260630T101500Z"}',
    ']}',
    '<rss version="2.0"><channel>',
    '<item><title>x - y</title><source url="',
    '">',
    '</source></item>',
    '</channel></rss>',
    '\\',
    '\u0000',
    ',',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), fc.uint8Array({ maxLength: 8 }), (parts, tail) => {
      answered(on, Uint8Array.from([...new TextEncoder().encode(parts.join('')), ...tail]));
    }),
    { seed: 5, numRuns: 500 },
  );
});
