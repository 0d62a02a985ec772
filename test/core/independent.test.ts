/** Which reports are voices of their own. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { independent } from '../../src/core/independent.ts';
import type { NewsEvent } from '../../src/core/news.ts';

function report(at: number, owner: string, title: string): NewsEvent {
  return {
    type: 'lab_training',
    network: 'gensyn',
    status: 'done',
    because: [],
    at,
    outlet: owner,
    owner,
    title,
    link: null,
  };
}

const STORY = 'Gensyn trains a model of 70 billion parameters on home computers in forty countries';
const OTHER = 'Swarm of hobbyists finishes language model, says start-up from London';

test.each<[string, NewsEvent[], number[]]>([
  ['two owners, two texts', [report(1, 'A', STORY), report(2, 'B', OTHER)], [1, 2]],
  ['one owner in two cases', [report(1, 'Acme', STORY), report(2, 'ACME ', OTHER)], [1]],
  ['the earliest counts, whatever the order', [report(2, 'B', STORY), report(1, 'A', STORY)], [1]],
  ['an equal title but for case and marks', [report(1, 'A', STORY), report(2, 'B', `“${STORY.toUpperCase()}!”`)], [1]],
  ['a copy with another ending', [report(1, 'A', STORY), report(2, 'B', `${STORY}, report says`)], [1]],
  [
    'a copy with a publisher behind it',
    [report(1, 'A', STORY), report(2, 'B', `${STORY} - The Daily Token News`)],
    [1],
  ],
  [
    'a copy of a text that did not count itself',
    [report(1, 'A', STORY), report(2, 'A', OTHER), report(3, 'B', OTHER)],
    [1],
  ],
  [
    'the own text of an owner who copied before',
    [report(1, 'A', STORY), report(2, 'B', STORY), report(3, 'B', OTHER)],
    [1, 3],
  ],
  ['titles in other scripts', [report(1, 'A', '英伟达 改推 算力 平台'), report(2, 'B', 'Сеть обучила модель')], [1, 2]],
  ['titles without a word', [report(1, 'A', '!!!'), report(2, 'B', '???')], [1, 2]],
  ['nothing', [], []],
])('%s', (_, events, counted) => {
  expect(independent(events).map(({ at }) => at)).toEqual(counted);
});

test('the order of reports never matters, and counting twice changes nothing', () => {
  const events = fc.array(
    fc.record({
      at: fc.nat(5),
      owner: fc.constantFrom('A', 'a', 'B', 'C'),
      title: fc.constantFrom(STORY, OTHER, `${STORY} today`, 'x'),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(events, (list) => {
      const reports = list.map(({ at, owner, title }) => report(at, owner, title));
      const counted = independent(reports);
      const key = (all: readonly NewsEvent[]): unknown =>
        all.map(({ at, owner, title }) => [at, owner.toLowerCase(), title]);
      expect(key(independent([...reports].reverse()))).toEqual(key(counted));
      expect(independent(counted)).toEqual(counted);
    }),
    { seed: 3 },
  );
});
