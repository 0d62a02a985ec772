/** A rule's version moves with its meaning, and with nothing else. */
import { expect, test } from 'vitest';
import { ruleVersion } from '../../src/config/version.ts';
import type { Derived } from '../../src/core/metric.ts';
import type { PrimaryCounts } from '../../src/core/news.ts';
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
  [{ effect: { lower: 1, note: true, watch: 'negative', expires: '9d' } }],
])('moves with %o', (change) => expect(version(change)).not.toBe(version()));

/** Expressions by id; one with limits as a pair. */
type Written = Readonly<Record<string, string | readonly [string, [number, number]]>>;

function versionWith(
  when: string,
  written: Written,
  groups: Readonly<Record<string, readonly string[]>> = {},
  atLeast = 1,
) {
  const derived = Object.entries(written).map(([id, text]): [string, Derived] => {
    const [expression, limits] = typeof text === 'string' ? [text] : text;
    return [
      id,
      { id, unit: 'ratio', meaning: 'for the test', expression, ...(limits === undefined ? {} : { limits }) },
    ];
  });
  return ruleVersion(Rule.parse({ ...WRITTEN, when }), {
    derived: new Map(derived),
    groups: new Map(Object.entries(groups)),
    atLeast: new Map(Object.keys(groups).map((name) => [name, atLeast])),
    networks: ['akash', 'bittensor'],
  });
}

test('moves with the expression of a derived series that it rests on, and with no other', () => {
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

test('moves with the limits of a derived series', () => {
  const limited = (low: number) => versionWith('share < 20%', { share: ['part', [low, 1]] });
  expect(limited(0)).not.toBe(limited(0.1));
  expect(limited(0)).not.toBe(versionWith('share < 20%', { share: 'part' }));
});

test("moves with a group's members, what they are worked out of, and how many are needed", () => {
  const when = 'mean(signals.slack) > 60%';
  const slack = { 'aws.slack': 'a', 'vast.slack': 'b' };
  const before = versionWith(when, slack, { signals: ['aws', 'vast'] }, 2);
  expect(versionWith(when, slack, { signals: ['aws', 'vast'] }, 1)).not.toBe(before);
  expect(versionWith(when, slack, { signals: ['aws', 'vast', 'gcp'] }, 2)).not.toBe(before);
  expect(versionWith(when, { ...slack, 'aws.slack': 'c' }, { signals: ['aws', 'vast'] }, 2)).not.toBe(before);
});

test('stays where a cloud joins the clouds', () => {
  const when = 'median(clouds.h100_price) < $2';
  expect(versionWith(when, {}, { clouds: ['aws', 'gcp'] })).toBe(versionWith(when, {}, { clouds: ['aws'] }));
});

test('moves with what a bare metric means for one of the networks', () => {
  const meaning = (expression: string) => versionWith(WRITTEN.when, { 'bittensor.gpu_utilization': expression });
  expect(meaning('a / b')).not.toBe(meaning('a / c'));
});

test("moves with when a project's own word counts where the rule counts news, and nowhere else", () => {
  const withWord = (when: string, primary?: PrimaryCounts) =>
    ruleVersion(Rule.parse({ ...WRITTEN, when }), {
      derived: new Map(),
      groups: new Map(),
      atLeast: new Map(),
      networks: [],
      ...(primary === undefined ? {} : { primary }),
    });
  const news = 'news(lab_training, 30d) >= 2';
  expect(withWord(news, 'with-press')).toBe(withWord(news));
  expect(new Set([withWord(news), withWord(news, 'alone'), withWord(news, 'never')]).size).toBe(3);
  expect(withWord(WRITTEN.when, 'never')).toBe(withWord(WRITTEN.when));
  const cleared = (primary: PrimaryCounts) =>
    ruleVersion(Rule.parse({ ...WRITTEN, clear: news }), {
      derived: new Map(),
      groups: new Map(),
      atLeast: new Map(),
      networks: [],
      primary,
    });
  expect(cleared('alone')).not.toBe(cleared('with-press'));
});
