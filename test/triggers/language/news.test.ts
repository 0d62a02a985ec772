/** What `news()` counts, what it leaves out, and what its reading tells of both. */
import { describe, expect, it } from 'vitest';
import { MARKED } from '../../../src/core/independent.ts';
import type { Names } from '../../../src/core/names.ts';
import type { NewsEvent } from '../../../src/core/news.ts';
import type { Evidence } from '../../../src/core/ports.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import type { NewsReading } from '../../../src/core/verdict.ts';
import { compileCondition } from '../../../src/triggers/language/expression.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { NAMES, report, T0 } from '../../world.ts';

const NOW = T0 + 20 * DAY;
const FACTS = 'news(lab_training, 30d) >= 2';
const CLAIMS = 'news(lab_training, 30d, claimed) >= 2';

const at = (day: number, outlet: string, more: Partial<NewsEvent> = {}) => report(T0 + day * DAY, outlet, more);

function read(text: string, news: readonly NewsEvent[], network = 'bittensor', names: Names = NAMES): NewsReading {
  const scene = { network, now: NOW, evidence: recorded([], news) };
  const [reading] = compileCondition(text, names).explain(scene).readings;
  if (reading?.kind !== 'news') throw new Error('no news is read');
  return reading;
}

const left = ({ leftOut = [] }: NewsReading) => leftOut.map(({ outlet, why }) => `${outlet}: ${why}`);

describe('a reading of news', () => {
  it('tells each report that counts, oldest first, and each that does not with the reason, newest first', () => {
    const news = [
      at(3, 'Wired', { owner: 'Condé Nast', title: 'A lab trains a model on Bittensor' }),
      at(1, 'CoinDesk', { title: 'Bittensor subnet finishes training run' }),
      at(4, 'Ars Technica', { owner: 'condé nast', title: 'Strangers pool their GPUs' }),
      at(5, 'Copycat', { title: 'Bittensor subnet finishes training run' }),
      at(6, 'Planner', { status: 'planned' }),
      at(7, 'Gossip', { status: 'speculative' }),
      at(8, 'Denier', { status: 'denied' }),
      at(9, 'Somebody', { trust: 'social' }),
      at(10, 'Marked', { uncounted: 'marked as wrong by an admin' }),
    ];
    const reading = read(FACTS, news);
    expect(reading.count).toBe(2);
    expect(reading.reports).toEqual([
      {
        outlet: 'CoinDesk',
        title: 'Bittensor subnet finishes training run',
        link: 'https://coindesk.example/a',
        at: T0 + DAY,
        because: [],
      },
      expect.objectContaining({ outlet: 'Wired', at: T0 + 3 * DAY }),
    ]);
    expect(left(reading)).toEqual([
      'Marked: marked as wrong by an admin',
      'Somebody: a social post',
      'Denier: denied',
      'Gossip: rumour only',
      'Planner: plan only',
      'Copycat: copy of CoinDesk',
      'Ars Technica: same owner as Wired',
    ]);
    expect(reading.moreLeftOut).toBe(0);
  });

  it('leaves out the copy of a marked text that has left the window, and names the marked one no more', () => {
    const copy = at(5, 'Copier', { title: 'Bittensor subnet finishes training run' });
    const wrong = [{ ...copy, at: T0 - 90 * DAY, outlet: 'Marked', owner: 'Marked', uncounted: MARKED }];
    const evidence: Evidence = { ...recorded([], [copy]), wrong: () => wrong };
    const condition = compileCondition(FACTS, NAMES);
    const supposed: Evidence = { ...recorded([], [copy]), past: { evidence, until: NOW } };
    for (const each of [evidence, supposed]) {
      const [reading] = condition.explain({ network: 'bittensor', now: NOW, evidence: each }).readings;
      expect(reading).toMatchObject({ count: 0, leftOut: [{ outlet: 'Copier', why: 'copy of Marked' }] });
      expect(left(reading as NewsReading)).toHaveLength(1);
    }
  });

  it('judges anew when a text is marked that is not in the window', () => {
    const copy = at(5, 'Copier', { title: 'Bittensor subnet finishes training run' });
    const wrong: NewsEvent[][] = [[]];
    const evidence: Evidence = { ...recorded([], [copy]), wrong: () => wrong[0] ?? [] };
    const condition = compileCondition(FACTS, NAMES);
    const count = () =>
      (condition.explain({ network: 'bittensor', now: NOW, evidence }).readings[0] as NewsReading).count;
    expect(count()).toBe(1);
    wrong[0] = [{ ...copy, at: T0 - 90 * DAY, uncounted: MARKED }];
    expect(count()).toBe(0);
  });

  it('counts plans and rumours with claimed, denials never', () => {
    const news = [
      at(1, 'A', { status: 'planned' }),
      at(2, 'B', { status: 'speculative' }),
      at(3, 'C', { status: 'denied' }),
    ];
    const reading = read(CLAIMS, news);
    expect(reading.reports.map(({ outlet }) => outlet)).toEqual(['A', 'B']);
    expect(left(reading)).toEqual(['C: denied']);
  });

  it('names at most eight of those left out, and counts the rest', () => {
    const plans = Array.from({ length: 11 }, (_, day) => at(day, `Outlet ${day}`, { status: 'planned' }));
    const reading = read(FACTS, plans);
    expect(left(reading)).toEqual([10, 9, 8, 7, 6, 5, 4, 3].map((day) => `Outlet ${day}: plan only`));
    expect(reading.moreLeftOut).toBe(3);
  });

  it('tells reports about others after those, at most three, by the names of the networks', () => {
    const news = [
      at(1, 'Planner', { status: 'planned' }),
      at(2, 'Oldest', { network: 'akash' }),
      at(3, 'One', { network: 'ionet' }),
      at(4, 'Two', { network: 'other:prime-intellect' }),
      at(5, 'Three', { network: null }),
      at(-15, 'Before', { network: 'akash' }),
    ];
    const named = { ...NAMES, titles: new Map([['ionet', 'io.net']]) };
    expect(left(read(FACTS, news, 'bittensor', named))).toEqual([
      'Planner: plan only',
      'Three: about no network by name',
      'Two: about prime-intellect',
      'One: about io.net',
    ]);
    expect(left(read(FACTS, news.slice(2, 3)))).toEqual(['One: about ionet']);
    expect(read(FACTS, news).moreLeftOut).toBe(0);
  });

  it('leaves nothing out for being about another network where the type is about the market', () => {
    const news = [at(1, 'One', { type: 'new_entrant', network: 'other:cocoon' })];
    const own = { type: 'new_entrant', network: 'bittensor' } as const;
    const reading = read('news(new_entrant, 30d) >= 2', [...news, at(2, 'Two', own)]);
    expect(reading.reports.map(({ outlet }) => outlet)).toEqual(['One']);
    expect(left(reading)).toEqual([]);
  });

  it('names who had the story first, where that is not the first report counted', () => {
    const story = 'the-story';
    const news = [
      at(1, 'Project blog', { trust: 'primary', story }),
      at(2, 'Wired', { story, title: 'Another text of it' }),
    ];
    expect(read(FACTS, [...news, at(3, 'Post', { trust: 'social', story })]).origin).toBeUndefined();
    const never = { ...NAMES, primary: 'never' } as const;
    expect(read(FACTS, news, 'bittensor', never).origin).toMatchObject({ outlet: 'Project blog', at: T0 + DAY });
    expect(read(FACTS, news.slice(0, 1), 'bittensor', never).origin).toBeUndefined();
  });
});

describe("a project's own word", () => {
  const own = at(1, 'Project blog', { trust: 'primary' });
  const press = at(2, 'Wired');
  const count = (primary: Names['primary'], news: readonly NewsEvent[]) =>
    read(FACTS, news, 'bittensor', primary === undefined ? NAMES : { ...NAMES, primary }).count;

  it.each([
    [undefined, 0, 2],
    ['with-press', 0, 2],
    ['alone', 1, 2],
    ['never', 0, 1],
  ] as const)('counts as configured: %s', (primary, alone, backed) => {
    expect(count(primary, [own])).toBe(alone);
    expect(count(primary, [own, press])).toBe(backed);
  });
});

describe('the work', () => {
  /** Evidence that tells how often it was asked. */
  function counting(news: readonly NewsEvent[]): { readonly evidence: Evidence; asked(): number } {
    const inner = recorded([], news);
    let asked = 0;
    const evidence: Evidence = {
      ...inner,
      news: (...question) => {
        asked += 1;
        return inner.news(...question);
      },
    };
    return { evidence, asked: () => asked };
  }

  it('is done once an evaluation: once for the truth, and once more for what is about others', () => {
    const { evidence, asked } = counting([at(1, 'One'), at(2, 'Two')]);
    const condition = compileCondition(FACTS, NAMES);
    condition.truth({ network: 'bittensor', now: NOW, evidence });
    expect(asked()).toBe(1);
    condition.explain({ network: 'bittensor', now: NOW, evidence });
    expect(asked()).toBe(3);
  });

  it('sees what comes in between two evaluations at one instant', () => {
    const all = [at(1, 'One'), at(2, 'Two'), at(3, 'Three')];
    let known = 1;
    const evidence: Evidence = { series: () => undefined, news: () => all.slice(0, known) };
    const condition = compileCondition('news(lab_training, 30d) == 2', NAMES);
    const truths = [1, 2, 2, 3].map((count) => {
      known = count;
      return condition.truth({ network: 'bittensor', now: NOW, evidence });
    });
    expect(truths).toEqual(['false', 'true', 'true', 'false']);
  });

  it('sees a report that changed where another stood: one marked as wrong counts no more', () => {
    const [one, two] = [at(1, 'One'), at(2, 'Two')];
    let news = [one, two];
    const evidence: Evidence = { series: () => undefined, news: () => news };
    const condition = compileCondition(FACTS, NAMES);
    const truth = (now: number) => condition.truth({ network: 'bittensor', now, evidence });
    expect(truth(NOW)).toBe('true');
    news = [one, { ...two, uncounted: 'marked as wrong by an admin' }];
    expect(truth(NOW + HOUR)).toBe('false');
  });

  it('keeps networks apart', () => {
    const evidence = recorded([], [at(1, 'One'), at(2, 'Two'), at(1, 'Three', { network: 'akash' })]);
    const condition = compileCondition(FACTS, NAMES);
    const truths = ['bittensor', 'akash', 'bittensor'].map((network) =>
      condition.truth({ network, now: NOW, evidence }),
    );
    expect(truths).toEqual(['true', 'false', 'true']);
  });
});
