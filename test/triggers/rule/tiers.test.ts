import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../src/core/rule.ts';
import { deriveTier } from '../../../src/triggers/rule/tiers.ts';
import { LADDER } from '../../world.ts';

describe('deriveTier', () => {
  it.each<[string, string, Effect[], string]>([
    ['nothing fires', 'watching', [], 'watching'],
    ['one step down', 'conviction', [{ lower: 1 }], 'watching'],
    ['two rules, two steps', 'conviction', [{ lower: 1 }, { lower: 1 }], 'avoid'],
    ['no further than the last', 'watching', [{ lower: 5 }], 'avoid'],
    ['one step up', 'watching', [{ raise: 1 }], 'conviction'],
    ['no further than the first, before the lowers', 'conviction', [{ raise: 2 }, { lower: 1 }], 'watching'],
    ['a cap lowers', 'conviction', [{ cap: 'watching' }], 'watching'],
    ['a cap does not raise', 'avoid', [{ cap: 'watching' }], 'avoid'],
    ['the lowest cap counts', 'conviction', [{ cap: 'watching' }, { cap: 'avoid' }], 'avoid'],
    ['a hold keeps the base', 'watching', [{ lower: 1 }, { hold: true }], 'watching'],
    ['a hold does not raise', 'watching', [{ hold: true }], 'watching'],
    ['a hold lets a raise through', 'watching', [{ raise: 1 }, { hold: true }], 'conviction'],
    ['watch and note move nothing', 'watching', [{ watch: 'negative' }, { note: true }], 'watching'],
    ['unrated is not moved', 'unrated', [{ lower: 1 }, { cap: 'avoid' }, { raise: 1 }], 'unrated'],
  ])('%s', (_, base, firing, tier) => expect(deriveTier(LADDER, base, firing)).toBe(tier));

  it('does not depend on the order of the rules', () => {
    const effect = fc.constantFrom<Effect>(
      { lower: 1 },
      { raise: 1 },
      { cap: 'watching' },
      { cap: 'avoid' },
      { hold: true },
      { note: true },
    );
    const shuffled = fc
      .array(effect, { maxLength: 6 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));
    fc.assert(
      fc.property(fc.constantFrom('conviction', 'watching', 'avoid'), shuffled, (base, [list, other]) => {
        expect(deriveTier(LADDER, base, list)).toBe(deriveTier(LADDER, base, other));
      }),
      { seed: 7 },
    );
  });
});
