/** Derived series worked out in pieces, and again only from where their inputs were rewritten. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../src/core/ports.ts';
import type { Sample } from '../../../src/core/series.ts';
import { DAY, type Duration, HOUR, type Instant } from '../../../src/core/time.ts';
import { memoryStore } from '../../../src/store/memory.ts';
import { compileCondition } from '../../../src/triggers/language/expression.ts';
import { inPart } from '../../../src/triggers/language/ration.ts';
import { hypothetical } from '../../../src/triggers/outlook/hypothesis.ts';
import { recorded } from '../../../src/triggers/replay/recorded.ts';
import { daily, NAMES, T0 } from '../../world.ts';

const DAYS = 40;
const NOW = T0 + DAYS * DAY;

const shares = (leased: (day: number) => number) => [
  ...daily(
    'akash.gpus_leased',
    Array.from({ length: DAYS }, (_, day) => leased(day)),
  ),
  ...daily('akash.gpus_total', Array<number>(DAYS).fill(100)),
];

/** The left side of `avg(leased_share, 30d)` compared, asked as often as is needed, and how often that was. */
function asker(text = 'avg(leased_share, 30d) != 123456%') {
  const condition = compileCondition(text, NAMES);
  const left = (evidence: Evidence, now: Instant) =>
    condition.explain({ network: 'akash', now, evidence }).comparison?.left ?? null;
  function inPieces(evidence: Evidence, now: Instant, most: number): { figure: number | null; pieces: number } {
    for (let pieces = 1; ; pieces++) {
      const whole = inPart(most, () => left(evidence, now));
      if (whole !== undefined) return { figure: whole.result, pieces };
      if (pieces > 1000) expect.fail('no end to it');
    }
  }
  return { left, inPieces };
}

/** The same samples in a record of which nothing has been worked out yet. */
function afresh(evidence: Evidence, step?: Duration): Evidence {
  const samples = ['akash.gpus_leased', 'akash.gpus_total'].flatMap((id): Sample[] => {
    const series = evidence.series(id);
    return Array.from({ length: series?.length ?? 0 }, (_, index) => ({
      series: id,
      at: series?.time(index) ?? Number.NaN,
      value: series?.value(index) ?? Number.NaN,
      source: 'test',
    }));
  });
  return recorded(samples, [], step);
}

async function stored() {
  const store = memoryStore({ step: () => DAY, retention: 20 * DAY });
  await store.observe(
    shares((day) => 10 + day),
    [],
  );
  const corrected = (day: number) =>
    store.observe([{ series: 'akash.gpus_leased', at: T0 + day * DAY, value: 90, source: 'test' }], []);
  return { store, corrected };
}

describe('a history worked out in pieces', () => {
  it.each([1, 2, 7, 100])('of %d figures comes to the same', (most) => {
    const samples = shares((day) => (day * 7919) % 100);
    const { figure, pieces } = asker().inPieces(recorded(samples), NOW, most);
    expect(figure).toBe(asker().left(recorded(samples), NOW));
    expect(figure).not.toBeNull();
    expect(pieces).toBeGreaterThanOrEqual(Math.ceil(30 / most));
  });

  it('of a series of derived ones comes to the same', () => {
    const samples = shares((day) => (day * 7919) % 100);
    const text = 'avg(idle_share, 30d) != 123456%';
    expect(asker(text).inPieces(recorded(samples), NOW, 3).figure).toBe(asker(text).left(recorded(samples), NOW));
  });

  it('leaves what comes after it unbounded, also where it was broken off', () => {
    const evidence = recorded(shares((day) => day));
    const { left } = asker();
    expect(inPart(5, () => left(evidence, NOW))).toBeUndefined();
    expect(left(evidence, NOW)).not.toBeNull();
  });

  it('passes on what goes wrong for another reason', () => {
    expect(() =>
      inPart(1, () => {
        throw new Error('another');
      }),
    ).toThrow('another');
  });

  it('does not bound what is only supposed, of which nothing would be kept', () => {
    const evidence = recorded(shares(() => 50));
    const { left } = asker();
    left(evidence, NOW);
    const levels = new Map([
      ['akash.gpus_leased', 10],
      ['akash.gpus_total', 100],
    ]);
    const later = NOW + 30 * DAY;
    const supposed = hypothetical(evidence, NOW, later, { levels, reports: 0 });
    expect(inPart(3, () => left(supposed, later))).toEqual({ result: 0.1 });
  });

  it('does not depend on where it was broken off, on corrections meanwhile, or on what was dropped', async () => {
    const acts = fc.array(
      fc.tuple(fc.constantFrom('ask', 'piece', 'correct', 'late'), fc.nat(DAYS - 1), fc.integer({ min: 1, max: 20 })),
      { minLength: 5, maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(acts, async (happened) => {
        const { store } = await stored();
        const { left } = asker();
        for (const [act, day, number] of happened) {
          const now = T0 + day * DAY;
          if (act === 'ask') left(store.evidence(), now);
          if (act === 'piece') inPart(number, () => left(store.evidence(), now));
          const at = act === 'late' ? now + number * HOUR : now;
          if (act === 'late' || act === 'correct')
            await store.observe([{ series: 'akash.gpus_leased', at, value: number, source: 'test' }], []);
        }
        expect(left(store.evidence(), NOW)).toBe(left(afresh(store.evidence(), DAY), NOW));
      }),
      { seed: 11, numRuns: 100 },
    );
  });
});

describe('after a sample was rewritten', () => {
  it.each([
    ['the last one', DAYS - 1, 1],
    ['the last but two', DAYS - 3, 3],
    ['one of weeks ago', DAYS - 20, 20],
  ])('%s, only what came from there on is worked out again', async (_, day, figures) => {
    const { store, corrected } = await stored();
    const { left } = asker();
    left(store.evidence(), NOW);
    await corrected(day);
    const expected = left(afresh(store.evidence(), DAY), NOW);
    expect(inPart(figures, () => left(store.evidence(), NOW))).toEqual({ result: expected });
    await corrected(day - 1);
    expect(inPart(figures, () => left(store.evidence(), NOW))).toBeUndefined();
  });

  it('nothing is worked out again where old ones were dropped', async () => {
    const { store } = await stored();
    const { left } = asker('avg(leased_share, 7d) != 123456%');
    const before = left(store.evidence(), NOW);
    const length = store.evidence().series('akash.gpus_leased')?.length ?? 0;
    await store.expire(NOW + 15 * DAY);
    expect(store.evidence().series('akash.gpus_leased')?.length).toBeLessThan(length);
    expect(inPart(0, () => left(store.evidence(), NOW))).toEqual({ result: before });
  });

  it('a late one that came as old ones were dropped counts too', async () => {
    const { store } = await stored();
    const { left } = asker('avg(leased_share, 7d) != 123456%');
    const now = NOW + DAY;
    await store.observe([{ series: 'akash.gpus_total', at: now, value: 100, source: 'test' }], []);
    left(store.evidence(), now);
    await store.observe([{ series: 'akash.gpus_leased', at: NOW, value: 1, source: 'test' }], []);
    await store.expire(NOW + 15 * DAY);
    expect(left(store.evidence(), now)).toBe(left(afresh(store.evidence(), DAY), now));
  });

  it('all is worked out again where its samples stay good for less', async () => {
    const store = memoryStore();
    const { left } = asker();
    const totals = shares((day) => day * day).filter(({ series, at }) => !(series.endsWith('total') && isGap(at)));
    await store.observe(totals, []);
    const before = left(store.evidence(), NOW);
    const more = (series: string) => daily(series, Array<number>(4 * DAYS).fill(50), 6 * HOUR);
    const late = [...more('akash.gpus_leased'), ...more('akash.gpus_total')].filter(({ at }) => at > T0 + 20 * DAY);
    await store.observe(late, []);
    expect(left(store.evidence(), NOW)).toBe(left(afresh(store.evidence()), NOW));
    expect(left(store.evidence(), NOW)).not.toBe(before);
    expect(store.evidence().series('akash.gpus_total')?.step).toBe(6 * HOUR);
  });
});

/** Two days on which a figure of three days ago still speaks, and one of a day ago does not. */
function isGap(at: Instant): boolean {
  return at === T0 + 12 * DAY || at === T0 + 13 * DAY;
}
