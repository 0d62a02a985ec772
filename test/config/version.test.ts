/** A rule's version moves with its meaning, and with nothing else. */
import { expect, test } from 'vitest';
import { ruleVersion } from '../../src/config/version.ts';
import { Rule } from '../../src/core/rule.ts';

const WRITTEN = {
  id: 'floor',
  title: 'A title',
  networks: ['akash', 'ionet'],
  when: 'avg(gpu_utilization, 7d) < 20%',
  for: '14d',
  effect: { lower: 1, note: true },
};

function version(change: object = {}): string {
  return ruleVersion(Rule.parse({ ...WRITTEN, ...change }));
}

test('seven hex digits, pinned: a change here makes every rule look edited', () => {
  expect(version()).toBe('7a194f6');
});

test.each([
  [{ title: 'Another title' }],
  [{ because: 'A reason' }],
  [{ source: 'https://example.com' }],
  [{ id: 'renamed' }],
  [{ enabled: false }],
  [{ for: '2w' }],
  [{ keepFiringFor: '0s' }],
  [{ networks: ['ionet', 'akash'] }],
  [{ networks: ['akash'] }],
  [{ networks: 'all' }],
  [{ effect: { note: true, lower: 1 } }],
  [{ when: 'avg(gpu_utilization, 7d)\n  < 20%\n' }],
])('stays with %o', (change) => expect(version(change)).toBe(version()));

test.each([
  [{ when: 'avg(gpu_utilization, 7d) < 21%' }],
  [{ for: '13d' }],
  [{ clear: 'gpu_utilization > 25%' }],
  [{ keepFiringFor: '1d' }],
  [{ effect: { lower: 2, note: true } }],
  [{ effect: { lower: 1 } }],
])('moves with %o', (change) => expect(version(change)).not.toBe(version()));

test('moves with the expression of a derived series that it rests on, and with no other', () => {
  const versionWith = (when: string, expressions: Record<string, string>): string =>
    ruleVersion(
      Rule.parse({ ...WRITTEN, when }),
      new Map(
        Object.entries(expressions).map(([id, expression]) => [
          id,
          { id, unit: 'ratio', meaning: 'for the test', expression },
        ]),
      ),
    );
  const when = 'avg(akash.share, 7d) < 20%';
  const expressions = { share: 'part * 50%', part: 'gpus_leased / gpus_total', 'market.gap': 'a / b' };
  const before = versionWith(when, expressions);
  expect(versionWith(when, { ...expressions, share: 'part  *  50%', 'market.gap': 'b / a' })).toBe(before);
  expect(versionWith(when, { ...expressions, share: 'part * 60%' })).not.toBe(before);
  expect(versionWith(when, { ...expressions, part: 'gpus_active / gpus_total' })).not.toBe(before);
  expect(versionWith('market.gap < 20%', { ...expressions, 'market.gap': 'b / a' })).not.toBe(
    versionWith('market.gap < 20%', expressions),
  );
  expect(versionWith(WRITTEN.when, expressions)).toBe(version());
});
