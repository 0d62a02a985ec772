/** A past recorded elsewhere covers windows at its own pace; what is asked here is held to the pace of its source. */
import { describe, expect, it } from 'vitest';
import type { Names } from '../../src/core/names.ts';
import type { Sample } from '../../src/core/series.ts';
import { DAY, type Instant, MINUTE } from '../../src/core/time.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { compileCondition } from '../../src/triggers/language/expression.ts';
import { NAMES, T0 } from '../world.ts';

const LIVE = T0 + 30 * DAY;

const at = (series: string, instant: Instant, source: string): Sample => ({ series, at: instant, value: 0.5, source });
const daily = (series: string): readonly Sample[] =>
  Array.from({ length: 30 }, (_, day) => at(series, T0 + day * DAY, 'record'));

async function truthOf(condition: string, now: Instant, samples: readonly Sample[], names: Names = NAMES) {
  const store = memoryStore({ step: () => 10 * MINUTE, live: (source) => source === 'api' });
  await store.observe(samples, []);
  const compiled = compileCondition(condition, names);
  return compiled.truth({ network: 'akash', now, evidence: store.evidence() });
}

describe('a daily past before a source that is asked every ten minutes', () => {
  const past = daily('akash.gpu_utilization');
  const first = at('akash.gpu_utilization', LIVE, 'api');

  it('covers a window from the first live figure on', async () => {
    expect(await truthOf('avg(gpu_utilization, 7d) == 50%', LIVE, [...past, first])).toBe('true');
    expect(await truthOf('change(gpu_utilization, 7d) == 0%', LIVE, [...past, first])).toBe('true');
  });

  it('keeps its pace until a live figure comes', async () => {
    expect(await truthOf('gpu_utilization == 50%', T0 + 31 * DAY, past)).toBe('true');
    expect(await truthOf('gpu_utilization == 50%', T0 + 33 * DAY, past)).toBe('unknown');
  });

  it('excuses no outage of the live source', async () => {
    expect(await truthOf('gpu_utilization == 50%', LIVE + DAY, [...past, first])).toBe('unknown');
    expect(await truthOf('avg(gpu_utilization, 7d) == 50%', LIVE + 2 * DAY, [...past, first])).toBe('unknown');
  });

  it('ends with the first live figure, whatever comes in between', async () => {
    const between = at('akash.gpu_utilization', LIVE + 2 * DAY, 'record');
    expect(await truthOf('avg(gpu_utilization, 7d) == 50%', LIVE + 2 * DAY, [...past, first, between])).toBe('unknown');
  });

  it('weighs by time where a window holds both, so that a day of many samples does not drown a week of few', async () => {
    const lively = Array.from({ length: 144 }, (_, step) => ({
      ...at('akash.gpu_utilization', LIVE + step * 10 * MINUTE, 'api'),
      value: 0.1,
    }));
    const now = LIVE + 143 * 10 * MINUTE;
    // Six days at 50%, one at 10%.
    expect(await truthOf('avg(gpu_utilization, 7d) > 44%', now, [...past, ...lively])).toBe('true');
    expect(await truthOf('avg(gpu_utilization, 7d) < 45%', now, [...past, ...lively])).toBe('true');
  });

  it('is handed on to what is worked out of it', async () => {
    const leased = daily('akash.gpus_leased').map((sample) => ({ ...sample, value: 5 }));
    const total = daily('akash.gpus_total').map((sample) => ({ ...sample, value: 10 }));
    const live = [
      { ...at('akash.gpus_leased', LIVE, 'api'), value: 5 },
      { ...at('akash.gpus_total', LIVE, 'api'), value: 10 },
    ];
    expect(await truthOf('avg(leased_share, 7d) == 50%', LIVE, [...leased, ...total, ...live])).toBe('true');
    expect(await truthOf('avg(leased_share, 7d) == 50%', LIVE + 2 * DAY, [...leased, ...total, ...live])).toBe(
      'unknown',
    );
  });
});
