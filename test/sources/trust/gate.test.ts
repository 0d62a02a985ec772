/** Readings of sources on their way into a store: what is recorded, what is not, and with which words. */
import { beforeEach, describe, expect, it } from 'vitest';
import { catalogue, type Metric } from '../../../src/core/metric.ts';
import type { Source, Store } from '../../../src/core/ports.ts';
import { DAY, HOUR, type Instant, MINUTE } from '../../../src/core/time.ts';
import { createTrust } from '../../../src/sources/trust/gate.ts';
import { memoryStore } from '../../../src/store/memory.ts';
import { fakeSource } from '../../fakes.ts';
import { T0 } from '../../world.ts';

const ID = 'akash.h100_price';
const EVERY = 10 * MINUTE;

function catalogueOf(over: Partial<Metric> = {}) {
  return catalogue([{ id: 'h100_price', unit: 'usd/gpu-hour', meaning: 'price', ...over }], ['h100']);
}

const given = (id: string, refresh: number | null = EVERY, every = EVERY): Source =>
  fakeSource(id, { every, series: [{ id: ID, refresh }] });
const first = given('first');
const second = given('second');

/** A store, a gate, and polls in which each source says `value` of an instant. */
function setUp(
  sources: readonly Source[],
  over: Partial<Metric> = {},
  store: Store = memoryStore({ step: () => EVERY }),
) {
  const trust = createTrust(sources, catalogueOf(over));
  /** Gives what was dropped. `values` are figures with the number of steps after T0 at which they hold. */
  async function poll(source: Source, now: number, ...values: readonly (readonly [step: number, value: number])[]) {
    const samples = values.map(([step, value]) => ({ series: ID, at: at(step), value, source: source.id }));
    const known = { evidence: store.evidence(), disputes: store.state().disputes };
    const weighed = trust.weigh(source, samples, known, at(now));
    await store.observe(weighed.samples, []);
    await store.commit(weighed.turns.map(({ series, dispute }) => ({ kind: 'disputed', series, dispute })));
    return { ...weighed, reasons: weighed.dropped.map(({ what, reason }) => `${what} ${reason}`) };
  }
  return { store, poll, recorded: () => recordedIn(store) };
}

const at = (step: number): Instant => T0 + step * EVERY;

function recordedIn(store: Store): readonly (readonly [number, number, string])[] {
  const series = store.evidence().series(ID);
  return Array.from({ length: series?.length ?? 0 }, (_, index) => [
    ((series?.time(index) ?? 0) - T0) / EVERY,
    series?.value(index) ?? Number.NaN,
    series?.source(index) ?? '',
  ]);
}

/** Twelve figures around 2, one a step; the usual step is 0.01. */
const QUIET = Array.from({ length: 12 }, (_, step) => [step, 2 + (step % 2) / 100] as const);

describe('a figure that leaps', () => {
  let gate: ReturnType<typeof setUp>;
  beforeEach(async () => {
    gate = setUp([first]);
    for (const figure of QUIET) await gate.poll(first, figure[0], figure);
  });
  const added = () => gate.recorded().slice(QUIET.length);

  it('is held, with the reason', async () => {
    const { reasons } = await gate.poll(first, 12, [12, 200]);
    expect(reasons).toEqual([
      `${ID} jumped from $2.01/GPU-hour to $200.00/GPU-hour, 19799 times its usual step; held until the next reading confirms it`,
    ]);
    expect(added()).toEqual([]);
  });

  it('is recorded at its own time once a newer figure is nearer to it than to the old level', async () => {
    await gate.poll(first, 12, [12, 4]);
    const { reasons } = await gate.poll(first, 13, [13, 3.9]);
    expect(reasons).toEqual([]);
    expect(added()).toEqual([
      [12, 4, 'first'],
      [13, 3.9, 'first'],
    ]);
    expect((await gate.poll(first, 14, [14, 3.95])).reasons).toEqual([]);
  });

  it('never happened where the next is back at the old level', async () => {
    await gate.poll(first, 12, [12, 4]);
    const { reasons } = await gate.poll(first, 13, [13, 2.02]);
    expect(reasons).toEqual([
      `${ID} $4.00/GPU-hour at 2026-01-01 02:00 UTC is not confirmed: the next figure is $2.02/GPU-hour`,
    ]);
    expect(added()).toEqual([[13, 2.02, 'first']]);
  });

  it('is not confirmed by the same body again, however often it comes', async () => {
    for (let now = 12; now < 20; now++) {
      const { reasons } = await gate.poll(first, now, [11, 2.01], [12, 4]);
      expect(reasons[0]).toContain('held until the next reading confirms it');
    }
    expect(added()).toEqual([]);
    await gate.poll(first, 20, [11, 2.01], [12, 4], [20, 4]);
    expect(added()).toEqual([
      [12, 4, 'first'],
      [20, 4, 'first'],
    ]);
  });

  it('stays away where a body that lists the past repeats it', async () => {
    await gate.poll(first, 12, [12, 4]);
    await gate.poll(first, 13, [12, 4], [13, 2]);
    const { reasons } = await gate.poll(first, 14, [12, 4], [13, 2], [14, 2]);
    expect(reasons).toEqual([
      `${ID} $4.00/GPU-hour at 2026-01-01 02:00 UTC was not confirmed: the figures before and after it are far from it`,
    ]);
    expect(added()).toEqual([
      [13, 2, 'first'],
      [14, 2, 'first'],
    ]);
  });

  it('is let go where the source takes it back, or gives another for the same instant', async () => {
    await gate.poll(first, 12, [12, 4]);
    expect((await gate.poll(first, 12.5, [12, 2.02])).reasons).toEqual([]);
    expect(added()).toEqual([[12, 2.02, 'first']]);
    expect((await gate.poll(first, 13, [13, 9])).reasons).toEqual([expect.stringContaining('held')]);
    expect((await gate.poll(first, 13.5, [13, 7])).reasons[0]).toContain('to $7.00/GPU-hour');
    await gate.poll(first, 14, [14, 7]);
    expect(added().slice(1)).toEqual([
      [13, 7, 'first'],
      [14, 7, 'first'],
    ]);
  });

  it('leaves a second one held where two leaps follow each other in different directions', async () => {
    await gate.poll(first, 12, [12, 200]);
    const { reasons } = await gate.poll(first, 13, [13, 90]);
    expect(reasons).toEqual([
      expect.stringContaining('is not confirmed'),
      expect.stringContaining('jumped from $2.01/GPU-hour to $90.00/GPU-hour'),
    ]);
    expect(added()).toEqual([]);
  });

  it('goes on being held where the next one goes on further than it did', async () => {
    await gate.poll(first, 12, [12, 3]);
    expect((await gate.poll(first, 13, [13, 59])).reasons).toEqual([
      expect.stringContaining('$3.00/GPU-hour at 2026-01-01 02:00 UTC is not confirmed'),
      expect.stringContaining('jumped from $2.01/GPU-hour to $59.00/GPU-hour'),
    ]);
    expect(added()).toEqual([]);
  });

  it('is recorded one step late in a fall that goes on', async () => {
    const values = [1.5, 1.1, 0.8];
    for (const [index, value] of values.entries()) await gate.poll(first, 12 + index, [12 + index, value]);
    expect(added()).toEqual([
      [12, 1.5, 'first'],
      [13, 1.1, 'first'],
    ]);
  });

  it('passes after five in a row that the next figure did not bear out: the series moves so', async () => {
    for (let step = 12; step < 18; step++) await gate.poll(first, step, [step, step % 2 === 0 ? 3 : 1.2]);
    expect(added()).toEqual([[17, 1.2, 'first']]);
  });

  it('is counted anew after a figure that passes', async () => {
    for (let step = 12; step < 30; step++) await gate.poll(first, step, [step, step % 2 === 0 ? 200 : 2]);
    expect(added().every(([, value]) => value === 2)).toBe(true);
  });

  it('is forgotten in a restart, and held anew', async () => {
    await gate.poll(first, 12, [12, 4]);
    gate = setUp([first], {}, gate.store);
    expect((await gate.poll(first, 13, [13, 4])).reasons[0]).toContain('held');
    await gate.poll(first, 14, [14, 4]);
    expect(added()).toEqual([
      [13, 4, 'first'],
      [14, 4, 'first'],
    ]);
  });

  it('passes where the catalogue says that nothing is a leap', async () => {
    gate = setUp([first], { jump: 0 }, gate.store);
    await gate.poll(first, 12, [12, 200]);
    expect(added()).toEqual([[12, 200, 'first']]);
  });
});

describe('a body that lists the past', () => {
  let gate: ReturnType<typeof setUp>;
  beforeEach(async () => {
    gate = setUp([first]);
    await gate.poll(first, 11, ...QUIET);
  });
  const values = () => gate.recorded().map(([, value]) => value);
  const sound = QUIET.map(([, value]) => value);

  it('is held as a whole where more than three figures leap, until it says the same a usual step later', async () => {
    const zeros = QUIET.map(([step]) => [step, 0] as const);
    const { reasons } = await gate.poll(first, 12, ...zeros, [12, 2]);
    expect(reasons).toEqual([expect.stringMatching(/12 figures of one reading jumped.*all of it is held/)]);
    await gate.poll(first, 12.9, ...zeros, [12, 2]);
    expect(values()).toEqual(sound);
    await gate.poll(first, 13, ...zeros, [12, 2], [13, 2]);
    expect(values()).toEqual([...zeros.map(() => 0), 2, 2]);
  });

  it('counts from the last time it said something else', async () => {
    await gate.poll(first, 12, [5, 60]);
    await gate.poll(first, 12.5, [5, 90]);
    await gate.poll(first, 13, [5, 90]);
    await gate.poll(first, 13.2, ...QUIET);
    await gate.poll(first, 13.5, [5, 90]);
    expect(values()).toEqual(sound);
    await gate.poll(first, 14.5, [5, 90]);
    expect(values()[5]).toBe(90);
  });

  it('restates the newest day only where it says so again', async () => {
    const { reasons } = await gate.poll(first, 12, [11, 59]);
    expect(reasons).toEqual([expect.stringContaining('at 2026-01-01 01:50 UTC is given anew, moved from $2.01')]);
    expect(values()).toEqual(sound);
    await gate.poll(first, 13, [11, 59], [13, 59]);
    expect(values().slice(-2)).toEqual([59, 59]);
  });

  it('is held where it moves a change of level to an earlier day or a later one', async () => {
    await gate.poll(first, 12, [12, 4]);
    await gate.poll(first, 13, [13, 4]);
    expect((await gate.poll(first, 13.5, [11, 4])).reasons).toEqual([expect.stringContaining('is given anew')]);
    expect((await gate.poll(first, 13.5, [12, 2])).reasons).toEqual([expect.stringContaining('is given anew')]);
  });

  it('restates a little at once', async () => {
    expect((await gate.poll(first, 12, [5, 2.1], [12, 2])).reasons).toEqual([]);
    expect(values()[5]).toBe(2.1);
  });

  it('has no two new figures that vouch for each other', async () => {
    expect((await gate.poll(first, 13, ...QUIET, [12, 0], [13, 0])).reasons).toHaveLength(2);
    expect(values()).toEqual(sound);
    await gate.poll(first, 14, ...QUIET, [12, 0], [13, 0], [14, 0]);
    expect(values().slice(-3)).toEqual([0, 0, 0]);
  });

  it('is not confirmed in one of two leaps by a figure that confirms the other', async () => {
    await gate.poll(first, 13, [12, 200], [13, 4]);
    await gate.poll(first, 14, [14, 4]);
    expect(values().slice(12)).toEqual([4, 4]);
  });

  it('adds nothing between sound figures that is far from both, also after a restart', async () => {
    await gate.poll(first, 12, [12, 59]);
    await gate.poll(first, 13, [12, 59], [13, 2]);
    for (const now of [13.5, 15, 20]) {
      gate = setUp([first], {}, gate.store);
      const { reasons } = await gate.poll(first, now, ...QUIET, [12, 59], [13, 2]);
      expect(reasons).toEqual([expect.stringContaining('was not confirmed')]);
    }
    expect((await gate.poll(first, 20, [5.5, 2.1], [6.5, 60])).reasons).toHaveLength(1);
    expect(gate.recorded()).toContainEqual([5.5, 2.1, 'first']);
    expect(Math.max(...values())).toBe(2.1);
  });

  it('may add a stretch at another level, if it says so again', async () => {
    const stretch = [12, 13, 14, 15].map((step) => [step, 4] as const);
    await gate.poll(first, 16, ...stretch, [16, 2]);
    expect(values()).toEqual(sound);
    await gate.poll(first, 17, ...stretch, [16, 2]);
    expect(values().slice(12)).toEqual([4, 4, 4, 4, 2]);
  });

  it('takes along what leads from one level to another', async () => {
    await gate.poll(first, 14, [12, 2.6], [13, 2.3], [14, 2.1]);
    expect(values().slice(12)).toEqual([2.6, 2.3, 2.1]);
  });
});

describe('two sources of one series', () => {
  it('agree: the first is recorded, the second is not', async () => {
    const { poll, recorded, store } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    const { reasons, turns } = await poll(second, 0, [0, 2.2]);
    expect([reasons, turns]).toEqual([[], []]);
    await poll(second, 1, [1, 2.1]);
    await poll(first, 1, [1, 2.05]);
    expect(recorded()).toEqual([
      [0, 2, 'first'],
      [1, 2.05, 'first'],
    ]);
    expect(store.state().disputes.size).toBe(0);
  });

  it('differ by more than the tolerance: neither is recorded, which is said once', async () => {
    const { poll, recorded, store } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    const says = 'first says $2.00/GPU-hour, second says $3.00/GPU-hour: 33.3% apart, more than 10%';
    const begun = await poll(second, 0, [0, 3]);
    expect(begun.reasons).toEqual([`${ID} ${says}`]);
    expect(begun.turns).toEqual([{ series: ID, dispute: { since: at(0), says }, says }]);
    const going = await poll(first, 1, [1, 2.05]);
    expect(going.reasons).toEqual([expect.stringContaining('first says $2.05/GPU-hour')]);
    expect(going.turns).toEqual([]);
    expect(recorded()).toEqual([[0, 2, 'first']]);
    expect(store.state().disputes.get(ID)).toEqual({ since: at(0), says });
  });

  it('have the tolerance of the catalogue', async () => {
    const { poll, store } = setUp([first, second], { tolerance: 0.4 });
    await poll(first, 0, [0, 2]);
    await poll(second, 0, [0, 3]);
    expect(store.state().disputes.size).toBe(0);
    await poll(second, 1, [1, 3.4]);
    expect(store.state().disputes.size).toBe(1);
  });

  it('agree again: said once, and the first is recorded from then on', async () => {
    const { poll, recorded, store } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    await poll(second, 0, [0, 3]);
    const over = await poll(second, 1, [1, 2.1]);
    expect(over.turns).toEqual([
      {
        series: ID,
        dispute: null,
        says: 'first says $2.00/GPU-hour, second says $2.10/GPU-hour: they agree again',
      },
    ]);
    expect(store.state().disputes.size).toBe(0);
    const next = await poll(first, 2, [2, 2.05]);
    expect([next.reasons, next.turns]).toEqual([[], []]);
    expect(recorded()).toEqual([
      [0, 2, 'first'],
      [2, 2.05, 'first'],
    ]);
  });

  it('are compared only within three steps of the quicker one', async () => {
    const { poll, store } = setUp([first, given('slow', DAY)]);
    await poll(first, 0, [0, 2]);
    await poll(given('slow', DAY), 4, [4, 3]);
    expect(store.state().disputes.size).toBe(0);
    await poll(first, 6, [6, 2]);
    expect(store.state().disputes.size).toBe(1);
  });

  it('end their dispute where the witness has come to speak of another moment: a monthly file says nothing of today', async () => {
    const slow = given('slow', 28 * DAY);
    const { poll, store, recorded } = setUp([first, slow]);
    await poll(first, 0, [0, 2]);
    await poll(slow, 2, [0, 2]);
    const cut = await poll(first, 3, [3, 1.2]);
    expect(cut.reasons).toEqual([expect.stringContaining('apart, more than 10%')]);
    expect((await poll(first, 4, [4, 1.2])).reasons).toEqual([
      `${ID} first and slow now speak of different moments; first says $1.20/GPU-hour, the record $2.00/GPU-hour: recorded once it has been given 3 times more, over 30m`,
    ]);
    for (const step of [5, 6]) expect((await poll(first, step, [step, 1.2])).turns).toEqual([]);
    const later = await poll(first, 7, [7, 1.2]);
    expect(later.turns).toEqual([{ series: ID, dispute: null, says: 'first and slow now speak of different moments' }]);
    expect(store.state().disputes.size).toBe(0);
    expect(recorded().slice(1)).toEqual([[7, 1.2, 'first']]);
  });

  it('leave a source that falls silent to its witness, and take it back', async () => {
    const { poll, recorded } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    for (const step of [0, 1, 2, 3]) await poll(second, step, [step, 2.1]);
    expect(recorded()).toEqual([[0, 2, 'first']]);
    await poll(second, 4, [4, 2.1]);
    await poll(first, 5, [5, 2]);
    await poll(second, 5, [5, 2.1]);
    expect(recorded()).toEqual([
      [0, 2, 'first'],
      [4, 2.1, 'second'],
      [5, 2, 'first'],
    ]);
  });

  it('leave a source that keeps giving an old figure to its witness', async () => {
    const { poll, recorded } = setUp([first, second]);
    for (const step of [0, 2, 4]) {
      await poll(first, step, [0, 2]);
      await poll(second, step, [step, 2.1]);
    }
    expect(recorded().at(-1)).toEqual([4, 2.1, 'second']);
  });

  it('have the max age of the catalogue', async () => {
    const { poll, recorded } = setUp([first, second], { maxAge: DAY });
    await poll(first, 0, [0, 2]);
    await poll(second, 100, [100, 2.1]);
    expect(recorded()).toHaveLength(1);
    await poll(second, 145, [145, 2.1]);
    expect(recorded()).toHaveLength(2);
  });

  it('learn their pace where the provider dates its figures', async () => {
    const store = memoryStore({ step: () => ({ atLeast: EVERY }) });
    const dated = given('dated', null);
    const { poll, recorded } = setUp([dated, second], {}, store);
    const days = Array.from({ length: 5 }, (_, day) => [(day * DAY) / EVERY, 2] as const);
    const now = (4 * DAY) / EVERY;
    await poll(dated, now, ...days);
    await poll(second, now + 6, [now + 6, 2.1]);
    expect(recorded()).toHaveLength(5);
    await poll(second, now + (3 * DAY) / EVERY + 1, [now + (3 * DAY) / EVERY + 1, 2.1]);
    expect(recorded().at(-1)?.[2]).toBe('second');
  });

  it('wait for the first until it has been asked once', async () => {
    const { poll, recorded } = setUp([first, second]);
    await poll(second, 0, [0, 2.1]);
    expect(recorded()).toEqual([]);
    await poll(first, 0);
    await poll(second, 1, [1, 2.1]);
    expect(recorded()).toEqual([[1, 2.1, 'second']]);
  });

  it('have the record to tell that the first is well, where it fails right after a restart', async () => {
    const before = setUp([first, second]);
    await before.poll(first, 0, [0, 2]);
    const { poll, recorded } = setUp([first, second], {}, before.store);
    await poll(first, 2);
    await poll(second, 3, [3, 2.1]);
    expect(recorded()).toHaveLength(1);
    await poll(second, 4, [4, 2.1]);
    expect(recorded().at(-1)).toEqual([4, 2.1, 'second']);
  });

  it('end a dispute where one has given nothing fresh for its max age', async () => {
    const { poll, recorded, store } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    await poll(second, 0, [0, 3]);
    for (const step of [1, 2, 3]) await poll(first, step, [step, 2]);
    expect(store.state().disputes.size).toBe(1);
    const { turns } = await poll(first, 4, [4, 2]);
    expect(turns).toEqual([{ series: ID, dispute: null, says: 'second has given nothing fresh for 30m' }]);
    expect(recorded().at(-1)).toEqual([4, 2, 'first']);
  });

  it('do not end it for a figure far from the record: the one that is left must give it three times more', async () => {
    const { poll, recorded, store } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    await poll(second, 0, [0, 3]);
    await poll(first, 4);
    for (const step of [4, 5, 6]) await poll(second, step, [step, 3]);
    // The same body again, however often it comes, is no further figure.
    for (const now of [6.1, 6.2, 6.3]) await poll(second, now, [6, 3]);
    expect([store.state().disputes.size, recorded().length]).toEqual([1, 1]);
    await poll(second, 7, [7, 3]);
    expect(store.state().disputes.size).toBe(0);
    expect(recorded().at(-1)).toEqual([7, 3, 'second']);
  });

  it('take neither quick figures nor a few for three more over three steps', async () => {
    const { poll, recorded } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    await poll(second, 0, [0, 3]);
    await poll(first, 4);
    for (const step of [4, 4.2, 4.4, 4.6, 4.8]) await poll(second, step, [step, 3]);
    expect(recorded()).toHaveLength(1);
    await poll(second, 5, [5, 9]);
    for (const now of [8.1, 8.2, 8.3, 8.4]) await poll(second, now, [8.1, 9]);
    expect(recorded()).toHaveLength(1);
  });

  it('count from the first again where the one that is left changes its word, and end it where it comes back', async () => {
    const { poll, recorded, store } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    await poll(second, 0, [0, 3]);
    await poll(first, 4);
    for (const step of [4, 5, 6]) await poll(second, step, [step, 3]);
    for (const step of [7, 8, 9]) await poll(second, step, [step, 9]);
    expect([store.state().disputes.size, recorded().length]).toEqual([1, 1]);
    await poll(second, 10, [10, 2.1]);
    expect(recorded().at(-1)).toEqual([10, 2.1, 'second']);
  });

  it('do not end it in a restart', async () => {
    const { poll, store } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    await poll(second, 0, [0, 3]);
    await poll(first, 4);
    for (const step of [4, 5, 6]) await poll(second, step, [step, 3]);
    const again = setUp([first, second], {}, store);
    for (const step of [7, 8]) {
      await again.poll(first, step);
      await again.poll(second, step, [step, 3]);
    }
    expect([store.state().disputes.size, again.recorded().length]).toEqual([1, 1]);
  });

  it('do not end it at the edge of the tolerance, before three comparisons in a row', async () => {
    const { poll, store } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    const turns = [];
    for (let step = 0; step < 40; step++) {
      turns.push(...(await poll(first, step, [step, 2 + (step % 2) / 100])).turns);
      turns.push(...(await poll(second, step + 0.5, [step + 0.5, 2.225])).turns);
    }
    expect(turns).toHaveLength(1);
    for (const step of [40, 41]) {
      expect(store.state().disputes.size).toBe(1);
      await poll(first, step, [step, 2.05]);
      await poll(second, step + 0.5, [step + 0.5, 2.225]);
    }
    expect(store.state().disputes.size).toBe(0);
  });

  it('keep a dispute over a restart until a comparison, or the max age, says otherwise', async () => {
    const { poll, store } = setUp([first, second]);
    await poll(first, 0, [0, 2]);
    await poll(second, 0, [0, 3]);
    const again = setUp([first, second], {}, store);
    const { reasons, turns } = await again.poll(first, 1, [1, 2]);
    expect(reasons).toEqual([expect.stringContaining('second says $3.00/GPU-hour')]);
    expect(turns).toEqual([]);
    expect((await again.poll(second, 2, [2, 2.05])).turns).toMatchObject([{ dispute: null }]);
    await poll(second, 3, [3, 3]);
    expect(store.state().disputes.size).toBe(1);
    const alone = setUp([first, second], {}, store);
    await alone.poll(first, 4, [4, 2]);
    await alone.poll(first, 7, [7, 2]);
    expect(store.state().disputes.size).toBe(1);
    await alone.poll(first, 8, [8, 2]);
    expect(store.state().disputes.size).toBe(0);
  });

  it('of three count the two that agree', async () => {
    const third = given('third');
    const { poll, store, recorded } = setUp([first, second, third]);
    await poll(first, 0, [0, 2]);
    await poll(third, 0, [0, 2.1]);
    await poll(second, 0, [0, 9]);
    expect(store.state().disputes.size).toBe(0);
    expect(recorded()).toEqual([[0, 2, 'first']]);
    await poll(third, 1, [1, 9]);
    expect(store.state().disputes.size).toBe(1);
    const { turns } = await poll(third, 2, [2, 2.05]);
    expect(turns[0]?.says).toContain('third says $2.05/GPU-hour: they agree again');
  });

  it('do not take a lasting difference for leaps: a witness is measured by its own last figure too', async () => {
    const { poll, store } = setUp([first, second], { tolerance: 0.6 });
    for (const [step, value] of QUIET) {
      await poll(first, step, [step, value]);
      expect((await poll(second, step, [step, 2 * value])).reasons).toEqual([]);
    }
    expect(store.state().disputes.size).toBe(0);
  });

  it('are both held before they are compared: a spike of one starts no dispute', async () => {
    const { poll, store } = setUp([first, second]);
    for (const [step, value] of QUIET) {
      await poll(first, step, [step, value]);
      await poll(second, step, [step, value]);
    }
    expect((await poll(first, 12, [12, 200])).reasons).toEqual([expect.stringContaining('jumped')]);
    await poll(first, 13, [13, 2]);
    // Also where the other one has been recorded for the same moment already.
    expect((await poll(second, 13, [13, 200])).reasons).toEqual([expect.stringContaining('jumped')]);
    expect(store.state().disputes.size).toBe(0);
  });

  it('bear each other out where both leap: no dispute, and no sample lost', async () => {
    const { poll, store, recorded } = setUp([first, second]);
    for (const [step, value] of QUIET) {
      await poll(first, step, [step, value]);
      await poll(second, step + 0.5, [step + 0.5, value]);
    }
    expect((await poll(first, 12, [12, 3])).reasons[0]).toContain('held');
    const { reasons, turns } = await poll(second, 12.5, [12.5, 3.1]);
    expect([reasons, turns]).toEqual([[], []]);
    expect(recorded().at(-1)).toEqual([12, 3, 'first']);
    expect((await poll(first, 13, [13, 3])).reasons).toEqual([]);
    expect(store.state().disputes.size).toBe(0);
  });

  it('do not rewrite what the other one said: who stands in adds newer figures alone', async () => {
    const { poll, recorded } = setUp([first, second], { tolerance: 0.3 });
    const list = (length: number, value: number) => Array.from({ length }, (_, step) => [step, value] as const);
    await poll(first, 11, ...list(12, 100));
    await poll(second, 11, ...list(12, 125));
    for (const step of [12, 13, 14, 15, 16]) {
      await poll(first, step);
      const { corrected } = await poll(second, step, [3.5, 125], ...list(step + 1, 125));
      expect(corrected.size).toBe(0);
    }
    expect(recorded()).toEqual([
      ...list(12, 100).map((figure) => [...figure, 'first']),
      ...[12, 13, 14, 15, 16].map((step) => [step, 125, 'second']),
    ]);
    await poll(second, 16.2, [16, 126]);
    await poll(first, 17, ...list(18, 101));
    expect(
      recorded()
        .slice(-4)
        .map(([, , source]) => source),
    ).toEqual(['second', 'second', 'second', 'first']);
    expect(recorded()[0]).toEqual([0, 101, 'first']);
    expect(recorded().at(-2)?.[1]).toBe(126);
  });

  it('leave what is recorded of the newest instant to the one that said it', async () => {
    const slow = given('slow', DAY);
    const { poll, recorded } = setUp([first, slow]);
    await poll(first, 0, [0, 2]);
    await poll(first, 4);
    expect((await poll(slow, 4, [0, 2.1])).reasons).toEqual([]);
    expect(recorded()).toEqual([[0, 2, 'first']]);
  });

  it('say nothing of the past that a witness tells otherwise', async () => {
    const { poll } = setUp([first, second]);
    await poll(first, 11, ...QUIET);
    expect((await poll(second, 11, [3, 900], [5.5, 800], [11, 2])).reasons).toEqual([]);
  });

  it('are compared again after a restart, though the first has told of each moment before', async () => {
    const { store, ...before } = setUp([first, second]);
    await before.poll(first, 11, ...QUIET);
    const { poll } = setUp([first, second], {}, store);
    for (const step of [12, 13]) {
      await poll(first, step, [step, 2]);
      await poll(second, step, [step, 4]);
    }
    expect(store.state().disputes.size).toBe(1);
  });

  it('wait for a witness that has not been asked since the start where the figure is far from the record', async () => {
    const { store, ...before } = setUp([first, second]);
    for (const [step, value] of QUIET) await before.poll(first, step, [step, value]);
    await before.poll(second, 12, [12, 2]);
    await before.poll(first, 12, [12, 2]);
    const { poll, recorded } = setUp([first, second], {}, store);
    const { reasons } = await poll(first, 13, [13, 2.38]);
    expect(reasons).toEqual([
      `${ID} moved from $2.00/GPU-hour to $2.38/GPU-hour; waits until second has been asked as well`,
    ]);
    await poll(first, 14, [14, 2.1]);
    expect(recorded().at(-1)).toEqual([14, 2.1, 'first']);
    await poll(second, 15, [15, 2.38]);
    await poll(first, 15, [15, 2.38]);
    expect(recorded().at(-1)).toEqual([15, 2.38, 'first']);
  });
});

describe('past figures given anew', () => {
  it('pass, and are counted by series', async () => {
    const { poll, recorded } = setUp([first]);
    await poll(first, 3, [0, 2], [1, 2], [2, 2], [3, 2]);
    const { corrected } = await poll(first, 4, [0, 2.1], [1, 2.1], [2, 2], [3, 2.2], [4, 2]);
    // The newest recorded figure is no past one yet: a running day grows.
    expect([...corrected]).toEqual([[ID, 2]]);
    expect(recorded().map(([, value]) => value)).toEqual([2.1, 2.1, 2, 2.2, 2]);
    expect((await poll(first, 5, [0, 2.1], [5, 2])).corrected.size).toBe(0);
  });

  it('wait like all others while the series is in dispute', async () => {
    const { poll, recorded } = setUp([first, second]);
    await poll(first, 1, [0, 2], [1, 2]);
    await poll(second, 1, [1, 3]);
    expect((await poll(first, 2, [0, 2.1], [2, 2])).corrected.size).toBe(0);
    expect(recorded().map(([, value]) => value)).toEqual([2, 2]);
  });
});

it('has its max age from three steps: as the source is asked, or as it promises', () => {
  const trust = createTrust([first], catalogueOf());
  const evidence = memoryStore().evidence();
  expect(trust.maxAge(given('a', MINUTE), ID, evidence)).toBe(30 * MINUTE);
  expect(trust.maxAge(given('a', HOUR), ID, evidence)).toBe(3 * HOUR);
  expect(trust.maxAge(given('a', null), ID, evidence)).toBe(30 * MINUTE);
});
