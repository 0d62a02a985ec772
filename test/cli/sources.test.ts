import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPolled, keysOf, type Polled, sourceStandings, sourcesOf, stepOf } from '../../src/cli/sources.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Source } from '../../src/core/ports.ts';
import { DAY, HOUR, MINUTE } from '../../src/core/time.ts';
import { successOf } from '../../src/engine/health/course.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { fakeSource } from '../fakes.ts';
import { freshDir } from '../store/facts.ts';
import { T0 } from '../world.ts';

const loaded = await loadConfig(new URL('../../config', import.meta.url).pathname);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
const { config } = loaded;

const key = (variable: string) => ({ key: { variable, from: 'somewhere', required: true } });

describe('keys', () => {
  it('come from the environment or from files, each once however many sources share it', async () => {
    const cwd = await freshDir();
    await writeFile(join(cwd, 'two'), ' from-a-file\n');
    const env = { ONE_KEY: ' direct ', TWO_KEY_FILE: 'two', OTHER: 'x' };
    const facts = [key('ONE_KEY'), key('ONE_KEY'), key('TWO_KEY'), key('UNSET_KEY'), { key: null }];
    expect([...keysOf({ env, cwd }, facts)]).toEqual([
      ['ONE_KEY', 'direct'],
      ['TWO_KEY', 'from-a-file'],
    ]);
  });

  it('set twice, or in a file that cannot be read, are a mistake that says what to do', () => {
    const asked = (env: Record<string, string>) => () => keysOf({ env, cwd: '/' }, [key('A_KEY')]);
    expect(asked({ A_KEY: 'x', A_KEY_FILE: 'y' })).toThrow('A_KEY and A_KEY_FILE are both set: keep one of them');
    expect(asked({ A_KEY_FILE: 'nowhere' })).toThrow(/A_KEY_FILE names \/nowhere, which cannot be read \(ENOENT\)/);
  });
});

describe('the sources of a configuration', () => {
  it('are those switched on, in its order; the others are named with why', () => {
    const [first, ...others] = config.sources;
    const [feed, ...feeds] = config.feeds;
    if (first === undefined || feed === undefined) throw new Error('the shipped configuration has neither');
    const edited = {
      ...config,
      sources: [...others, { ...first, enabled: false }],
      feeds: [{ ...feed, enabled: false }, ...feeds],
    };
    const { sources, disabled } = sourcesOf(edited);
    const ids = [...others, ...feeds].filter(({ enabled }) => enabled).map(({ id }) => id);
    const asked = sources.map(({ id }) => id);
    expect(asked).toEqual(ids.filter((id) => asked.includes(id)));
    expect(disabled).toContainEqual(expect.objectContaining({ id: first.id, why: 'switched off in sources.yaml' }));
    expect(disabled).toContainEqual(expect.objectContaining({ id: feed.id, why: 'switched off in feeds.yaml' }));
    expect(asked).not.toContain(first.id);
    expect(isPolled({ sources, disabled })(first.id)).toBe(true);
    expect(isPolled({ sources, disabled })('imported')).toBe(false);
  });

  it('are searches too, and what they find is told by the outlets of feeds.yaml', () => {
    const search = sourcesOf(config).sources.find(({ id }) => id === 'hn-training');
    const [request] = search?.requests() ?? [];
    if (search === undefined || request === undefined) throw new Error('the shipped configuration lacks it');
    expect(new URL(request.url).host).toBe('hn.algolia.com');
    const at = { objectID: '1', title: 'A title', created_at: '2026-01-01T00:00:00Z' };
    const hits = ['https://www.infoworld.com/a', 'https://decrypt.co/b', 'https://unknown.example/c'].map((url) => ({
      ...at,
      url,
    }));
    const bytes = new TextEncoder().encode(JSON.stringify({ hits }));
    const { articles } = search.parse({ bytes, contentType: null, modified: null }, request, T0);
    expect(articles.map(({ owner }) => owner)).toEqual(['Regent', 'Decrypt', 'unknown.example']);
  });

  it('that give one series: the slower may have to stand in, so it tells the usual step, up to seven times the quicker', () => {
    const giving = (id: string, every: number, refresh: number | null) =>
      fakeSource(id, { every, series: [{ id: 'akash.token_price', refresh }] });
    const together = (...sources: readonly Source[]) => stepOf({ sources })('akash.token_price');
    const ten = giving('ten', MINUTE, 10 * MINUTE);
    expect(together(ten)).toBe(10 * MINUTE);
    expect(together(ten, giving('hourly', HOUR, HOUR))).toBe(HOUR);
    expect(together(ten, giving('daily', HOUR, DAY))).toBe(70 * MINUTE);
    expect(together(giving('dated', HOUR, null))).toEqual({ atLeast: HOUR });
    expect(stepOf({ sources: [ten] })('akash.revenue')).toBeUndefined();
  });
});

describe('how they are', () => {
  it('is what is recorded, with the last success and the next try', async () => {
    const [well, dark, fresh, off] = ['well', 'dark', 'fresh', 'off'].map((id) =>
      fakeSource(id, { title: `The ${id}` }),
    );
    if (well === undefined || dark === undefined || fresh === undefined || off === undefined) throw new Error();
    const polled: Polled = { sources: [well, dark, fresh], disabled: [{ id: 'off', source: off, why: 'needs A_KEY' }] };
    const store = memoryStore();
    await store.commit([
      { kind: 'source', source: 'well', health: { state: 'ok', since: T0, why: null } },
      { kind: 'source', source: 'dark', health: { state: 'dark', since: T0 + HOUR, why: 'gave nothing' } },
      { kind: 'source', source: 'off', health: { state: 'disabled', since: T0 - DAY, why: 'needs A_KEY' } },
    ]);
    store.ran(successOf(well), T0 + 2 * HOUR);
    const nextTry = T0 + 3 * HOUR;
    expect(sourceStandings(polled, store, () => nextTry)).toEqual([
      { id: 'well', title: 'The well', state: 'ok', since: T0, why: null, lastSuccess: T0 + 2 * HOUR, nextTry },
      {
        id: 'dark',
        title: 'The dark',
        state: 'dark',
        since: T0 + HOUR,
        why: 'gave nothing',
        lastSuccess: null,
        nextTry,
      },
      { id: 'fresh', title: 'The fresh', state: 'waiting', since: null, why: null, lastSuccess: null, nextTry },
      {
        id: 'off',
        title: 'The off',
        state: 'disabled',
        since: T0 - DAY,
        why: 'needs A_KEY',
        lastSuccess: null,
        nextTry: null,
      },
    ]);
  });
});
