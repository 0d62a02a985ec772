import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleState } from '../../../src/core/events.ts';
import { HOUR } from '../../../src/core/time.ts';
import type { Truth } from '../../../src/core/verdict.ts';
import { advance, atRest } from '../../../src/triggers/rule/lifecycle.ts';

const TRUTH: Readonly<Record<string, Truth>> = { t: 'true', f: 'false', u: 'unknown' };

/** One letter an hour for `when`, the same for what ends a firing where it is not simply the opposite. */
function phases(timing: { for?: number; keep?: number }, when: string, over?: string): string {
  let state: RuleState = atRest('v', 0);
  return [...when]
    .map((letter, hour) => {
      const truth = TRUTH[letter] ?? 'unknown';
      const opposite: Truth = truth === 'unknown' ? 'unknown' : truth === 'true' ? 'false' : 'true';
      const ends = over === undefined ? opposite : (TRUTH[over[hour] ?? ''] ?? 'unknown');
      const rule = { for: (timing.for ?? 0) * HOUR, keepFiringFor: (timing.keep ?? 0) * HOUR };
      state = advance(state, rule, truth, ends, hour * HOUR);
      return state.phase[0];
    })
    .join('');
}

describe('phases', () => {
  it.each([
    ['without for it fires at once and ends at once', {}, 'fttff', undefined, 'iffii'],
    ['it fires once t - t0 has reached for', { for: 3 }, 'ttttt', undefined, 'pppff'],
    ['one false evaluation starts it over', { for: 3 }, 'ttftttt', undefined, 'ppipppf'],
    ['unknown stops the clock and does not start it over', { for: 3 }, 'tuutttt', undefined, 'pppppff'],
    ['unknown alone never begins anything', { for: 0 }, 'uuuu', undefined, 'iiii'],
    ['unknown never ends a firing', {}, 'tuuuuf', undefined, 'fffffi'],
    ['keepFiringFor holds it that long', { keep: 2 }, 'tffff', undefined, 'fffii'],
    ['a relapse starts the clearing over', { keep: 2 }, 'tftfff', undefined, 'fffffi'],
    ['unknown does not count toward keepFiringFor', { keep: 2 }, 'tfuuff', undefined, 'fffffi'],
    ['clear decides, not the end of when', {}, 'tffff', 'ffftt', 'fffii'],
    ['clear may hold while when still does', {}, 'tttt', 'fftt', 'ffif'],
  ])('%s', (_, timing, when, over, expected) => expect(phases(timing, when, over)).toBe(expected));

  it('makes only allowed moves, stands still on unknown, and is idempotent', () => {
    const letters = fc.array(fc.tuple(fc.constantFrom('t', 'f', 'u'), fc.constantFrom('t', 'f', 'u')), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(letters, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 }), (steps, wait, keep) => {
        const timing = { for: wait * HOUR, keepFiringFor: keep * HOUR };
        const allowed = new Set([
          'inactive>pending',
          'inactive>firing',
          'pending>inactive',
          'pending>firing',
          'firing>inactive',
        ]);
        let state = atRest('v', 0);
        for (const [hour, [when, over]] of steps.entries()) {
          const next = advance(state, timing, TRUTH[when] ?? 'unknown', TRUTH[over] ?? 'unknown', hour * HOUR);
          if (next.phase !== state.phase) expect(allowed).toContain(`${state.phase}>${next.phase}`);
          const decisive = state.phase === 'firing' ? over : when;
          if (decisive === 'u') expect(next.phase).toBe(state.phase);
          const opposite = next.phase === state.phase;
          if (opposite)
            expect(advance(next, timing, TRUTH[when] ?? 'unknown', TRUTH[over] ?? 'unknown', hour * HOUR)).toEqual(
              next,
            );
          state = next;
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });
});
