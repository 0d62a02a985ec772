import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { DAY, HOUR, type Instant, MINUTE, SECOND } from '../../src/core/time.ts';
import {
  createSchedule,
  isDue,
  type Job,
  nextDue,
  type Schedule,
  type ScheduleOptions,
} from '../../src/engine/schedule.ts';

const NOW = Date.parse('2026-07-17T20:00:00Z');

/** A schedule whose seconds pass by hand. `last` outlives it, as the store does. */
function setUp(last: Map<string, Instant> = new Map(), from: Instant = NOW) {
  let now = from;
  let beat = () => {};
  let beating = false;
  const errors: { fields: Readonly<Record<string, unknown>>; message: string }[] = [];
  const options: ScheduleOptions = {
    clock: { now: () => now },
    lastRun: (job) => last.get(job),
    ran: (job, at) => void last.set(job, at),
    log: { error: (fields, message) => void errors.push({ fields, message }) },
    beat: (tick) => {
      [beat, beating] = [tick, true];
      return () => {
        beating = false;
      };
    },
  };
  const schedule = createSchedule(options);
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  async function pass(duration: number, step = SECOND): Promise<void> {
    await settle();
    for (const end = now + duration; now < end; ) {
      now += Math.min(step, end - now);
      if (beating) beat();
      await settle();
    }
  }
  return { schedule, pass, settle, errors, last, now: () => now };
}

/** A job that notes when it ran. */
function noting(id: string, every: number, now: () => Instant): Job & { runs: Instant[] } {
  const runs: Instant[] = [];
  return { id, every, runs, run: async () => void runs.push(now()) };
}

function addAll(schedule: Schedule, jobs: readonly Job[]): void {
  for (const job of jobs) schedule.add(job);
}

describe('starting', () => {
  test('a new installation runs everything at once', async () => {
    const { schedule, settle, now } = setUp();
    const jobs = ['a', 'b', 'c'].map((id) => noting(id, HOUR, now));
    addAll(schedule, jobs);
    schedule.start();
    await settle();
    expect(jobs.map((job) => job.runs)).toEqual([[NOW], [NOW], [NOW]]);
  });

  test('after long downtime a job runs once, not once for each missed slot', async () => {
    const { schedule, pass, now } = setUp(new Map([['a', NOW - 10 * DAY]]));
    const job = noting('a', HOUR, now);
    schedule.add(job);
    schedule.start();
    await pass(29 * MINUTE);
    expect(job.runs).toEqual([NOW]);
  });

  test('whatever its slots, a job whose last run is older than its period runs at the start', async () => {
    const ids = Array.from({ length: 40 }, (_, i) => `job:${i}`);
    const { schedule, settle, now } = setUp(new Map(ids.map((id) => [id, NOW - HOUR])));
    const jobs = ids.map((id) => noting(id, HOUR, now));
    addAll(schedule, jobs);
    schedule.start();
    await settle();
    expect(jobs.filter((job) => job.runs.length !== 1)).toEqual([]);
  });

  test('a restart right after a run does not run again', async () => {
    const { schedule, pass, now } = setUp(new Map([['a', NOW - MINUTE]]));
    const job = noting('a', HOUR, now);
    schedule.add(job);
    schedule.start();
    await pass(25 * MINUTE);
    expect(job.runs).toEqual([]);
    await pass(65 * MINUTE);
    expect(job.runs.length).toBeGreaterThanOrEqual(1);
  });

  test('a last run in the future, from a clock set back, does not stop a job for good', async () => {
    const { schedule, settle, now } = setUp(new Map([['a', NOW + 30 * DAY]]));
    const job = noting('a', HOUR, now);
    schedule.add(job);
    schedule.start();
    await settle();
    expect(job.runs).toEqual([NOW]);
  });

  test('two jobs of one id are a bug', () => {
    const { schedule, now } = setUp();
    schedule.add(noting('a', HOUR, now));
    expect(() => schedule.add(noting('a', DAY, now))).toThrow(/two jobs have the id a/);
    for (const every of [0, 999, Number.NaN])
      expect(() => schedule.add(noting('b', every, now))).toThrow(/once a second/);
  });
});

describe('running', () => {
  test('jobs of one period are spread over it, each keeping its distance', async () => {
    const { schedule, pass, now } = setUp();
    const jobs = Array.from({ length: 20 }, (_, i) => noting(`poll:${i}`, HOUR, now));
    addAll(schedule, jobs);
    schedule.start();
    await pass(5 * HOUR, 10 * SECOND);
    const minutes = new Set(jobs.map((job) => Math.floor(((job.runs[2] ?? 0) % HOUR) / MINUTE)));
    expect(minutes.size).toBeGreaterThan(10);
    for (const { runs } of jobs) {
      const gaps = runs.slice(1).map((run, i) => run - (runs[i] ?? 0));
      expect(gaps[0]).toBeGreaterThanOrEqual(30 * MINUTE - SECOND);
      expect(gaps[0]).toBeLessThanOrEqual(90 * MINUTE);
      expect(new Set(gaps.slice(1))).toEqual(new Set([HOUR]));
    }
  });

  test('a job keeps its place in the period across restarts', async () => {
    const first = setUp();
    const before = noting('a', HOUR, first.now);
    first.schedule.add(before);
    first.schedule.start();
    await first.pass(3 * HOUR);
    await first.schedule.stop();
    const second = setUp(first.last, first.now() + 5 * MINUTE);
    const after = noting('a', HOUR, second.now);
    second.schedule.add(after);
    second.schedule.start();
    await second.pass(3 * HOUR);
    expect((after.runs.at(-1) ?? 0) % HOUR).toBe((before.runs.at(-1) ?? 1) % HOUR);
  });

  test('a job of one second runs at every beat, early or late ones included', async () => {
    const { schedule, pass, now } = setUp();
    const job = noting('deliver', SECOND, now);
    schedule.add(job);
    schedule.start();
    for (let i = 0; i < 20; i++) await pass(i % 2 === 0 ? 1004 : 996, 2000);
    expect(job.runs).toHaveLength(21);
  });

  test('one job never overlaps itself; slots missed meanwhile make one run', async () => {
    const { schedule, pass, settle } = setUp();
    let [open, most, runs] = [0, 0, 0];
    let finish = () => {};
    schedule.add({
      id: 'slow',
      every: 10 * SECOND,
      run: async () => {
        runs += 1;
        most = Math.max(most, ++open);
        await new Promise<void>((resolve) => {
          finish = resolve;
        });
        open -= 1;
      },
    });
    schedule.start();
    await pass(MINUTE);
    expect(runs).toBe(1);
    finish();
    await settle();
    await pass(SECOND);
    expect([runs, most]).toEqual([2, 1]);
  });

  test('the last run is stored when a run completes, not before', async () => {
    const { schedule, pass, last, settle } = setUp();
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    schedule.add({ id: 'a', every: HOUR, run: () => finished });
    schedule.start();
    await pass(20 * SECOND);
    expect(last.size).toBe(0);
    finish();
    await settle();
    expect(last.get('a')).toBe(NOW + 20 * SECOND);
  });

  test('a failing job is logged, is not repeated at every beat, and stops no other', async () => {
    const { schedule, pass, errors, now } = setUp();
    const good = noting('good', MINUTE, now);
    const thrown = new Error('boom');
    schedule.add({ id: 'rejects', every: MINUTE, run: () => Promise.reject(thrown) });
    schedule.add({
      id: 'throws',
      every: MINUTE,
      run: () => {
        throw thrown;
      },
    });
    schedule.add(good);
    schedule.start();
    await pass(10 * MINUTE);
    expect(good.runs.length).toBeGreaterThanOrEqual(10);
    expect(errors.length).toBeGreaterThanOrEqual(20);
    expect(errors.length).toBeLessThanOrEqual(24);
    expect(errors).toContainEqual({ fields: { job: 'rejects', err: thrown }, message: 'a job failed' });
  });

  test('a record that cannot be written is logged and stops nothing', async () => {
    const error = vi.fn();
    const schedule = createSchedule({
      clock: { now: () => NOW },
      lastRun: () => undefined,
      ran: () => {
        throw new Error('disk full');
      },
      log: { error },
      beat: () => () => {},
    });
    schedule.add({ id: 'a', every: HOUR, run: async () => {} });
    schedule.start();
    await schedule.stop();
    await new Promise((resolve) => setImmediate(resolve));
    expect(error.mock.calls.length).toBeLessThanOrEqual(1);
  });
});

describe('stopping', () => {
  test('aborts what is under way, waits for it, records nothing and starts nothing more', async () => {
    const { schedule, pass, last, now, errors } = setUp();
    const other = noting('other', SECOND, now);
    let ended = false;
    schedule.add({
      id: 'slow',
      every: HOUR,
      run: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () =>
            setTimeout(() => {
              ended = true;
              reject(new Error('aborted'));
            }, 20),
          );
        }),
    });
    schedule.add(other);
    schedule.start();
    await pass(3 * SECOND);
    const runs = other.runs.length;
    await schedule.stop();
    expect(ended).toBe(true);
    expect(last.has('slow')).toBe(false);
    expect(errors).toEqual([]);
    await pass(5 * SECOND);
    schedule.start();
    expect(other.runs).toHaveLength(runs);
  });

  test('before a start it ends at once', async () => {
    await setUp().schedule.stop();
  });
});

describe('isDue', () => {
  const every = fc.integer({ min: 1, max: 7 * 86_400 }).map((seconds) => seconds * SECOND);
  const id = fc.string({ maxLength: 20 });
  const at = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * SECOND);

  test('whatever the id and period, a run is due again within one and a half periods and a beat', () => {
    fc.assert(
      fc.property(id, every, at, fc.integer({ min: 0, max: 400 }), (id, every, since, jitter) => {
        expect(isDue({ id, every }, since, since, since + 1.5 * every + SECOND + jitter)).toBe(true);
      }),
    );
  });

  test('and never before half a period', () => {
    fc.assert(
      fc.property(id, every, at, fc.double({ min: 0, max: 0.49, noNaN: true }), (id, every, since, part) => {
        const now = since + part * every - SECOND;
        if (now >= since) expect(isDue({ id, every }, since, since, now)).toBe(false);
      }),
    );
  });
});

describe('nextDue', () => {
  const every = fc.integer({ min: 1, max: 7 * 86_400 }).map((seconds) => seconds * SECOND);
  const id = fc.string({ maxLength: 20 });
  const at = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 }).map((seconds) => seconds * SECOND);
  const started = fc.boolean();

  test('is the first instant at which a job is due, whatever its id, period and last run', () => {
    fc.assert(
      fc.property(id, every, at, fc.double({ min: 0, max: 3, noNaN: true }), started, (id, every, now, ago, known) => {
        const since = Math.round(now - ago * every);
        const due = (instant: Instant) => isDue({ id, every }, known ? since : null, since, instant);
        const next = nextDue({ id, every }, known ? since : null, since, now);
        expect(next).toBeGreaterThanOrEqual(now);
        expect(due(next)).toBe(true);
        if (next > now) expect(due(next - 1)).toBe(false);
        for (const part of [0, 0.25, 0.5, 0.75]) {
          const between = now + Math.floor((next - now) * part);
          if (between < next) expect(due(between)).toBe(false);
        }
      }),
    );
  });

  test('is now for a job that never ran', () => {
    expect(nextDue({ id: 'a', every: HOUR }, null, undefined, NOW)).toBe(NOW);
  });

  test('is told of jobs by their ids: while one runs, of the run after', async () => {
    const { schedule, pass, settle, now } = setUp();
    const runs: Instant[] = [];
    let ends = () => {};
    const run = () => {
      runs.push(now());
      return new Promise<void>((resolve) => {
        ends = resolve;
      });
    };
    schedule.add({ id: 'a', every: HOUR, run });
    expect(schedule.nextRun('a', NOW)).toBe(NOW);
    expect(() => schedule.nextRun('b', NOW)).toThrow(/no job has the id b/);
    schedule.start();
    await settle();
    const next = schedule.nextRun('a', NOW);
    expect(next).toBeGreaterThanOrEqual(NOW + 30 * MINUTE - SECOND);
    ends();
    await pass(next - NOW + SECOND);
    expect(runs).toHaveLength(2);
    expect((runs[1] ?? 0) - next).toBeLessThan(SECOND);
  });
});

test('node-cron beats about once a second and says nothing', async () => {
  const said = ['log', 'info', 'warn', 'error', 'debug'].map((name) =>
    vi.spyOn(console, name as 'log').mockImplementation(() => {}),
  );
  const last = new Map<string, Instant>();
  let runs = 0;
  const schedule = createSchedule({
    clock: { now: Date.now },
    lastRun: (job) => last.get(job),
    ran: (job, at) => void last.set(job, at),
    log: { error: () => {} },
  });
  schedule.add({ id: 'second', every: SECOND, run: async () => void runs++ });
  schedule.start();
  await new Promise((resolve) => setTimeout(resolve, 2600));
  await schedule.stop();
  const then = runs;
  expect(then).toBeGreaterThanOrEqual(3);
  expect(then).toBeLessThanOrEqual(4);
  await new Promise((resolve) => setTimeout(resolve, 1200));
  expect(runs).toBe(then);
  expect(said.every((spy) => spy.mock.calls.length === 0)).toBe(true);
  vi.restoreAllMocks();
});
