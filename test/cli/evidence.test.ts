/** `tierwatch evidence`: corrections of a service at rest, for people and as labelled articles. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../src/bot/plain.ts';
import { readItem } from '../../src/cli/classify/item.ts';
import { runEvidence } from '../../src/cli/evidence.ts';
import { UsageError } from '../../src/cli/io.ts';
import type { Event } from '../../src/core/events.ts';
import { DAY, type Instant, parseInstant } from '../../src/core/time.ts';
import { openStore } from '../../src/store/open.ts';
import { withFolder } from '../config/folder.ts';
import { lines, terminal } from './terminal.ts';

const T0 = parseInstant('2026-03-01') as Instant;
const HOSTILE = 'A \u202Emodel\u0007 trained\u001b[31m on it\n| by | nobody | <b>@everyone</b>';

const mention = (network: string | null) =>
  ({ type: network === null ? 'capacity_crunch' : 'lab_training', network, status: 'done', because: ['x'] }) as const;

function marked(id: string, at: Instant, over: { title?: string; reason?: string } = {}): Event {
  return {
    kind: 'marked',
    mark: {
      article: id,
      at,
      by: 'discord:700000000000000003',
      reason: over.reason ?? null,
      title: over.title ?? 'A model was trained',
      summary: 'It says so.',
      link: `https://one.example/${id}`,
      outlet: 'One',
      published: T0,
      events: [mention('akash'), mention('other:gonka'), mention('akash')],
    },
  };
}

function added(id: string, at: Instant): Event {
  return {
    kind: 'added',
    addition: {
      at,
      by: 'telegram:42',
      article: {
        id,
        feed: 'admin',
        outlet: 'two.example',
        owner: 'two.example',
        trust: 'press',
        title: 'No GPUs to be had',
        summary: null,
        link: 'https://two.example/a',
        published: T0,
        events: [{ ...mention(null), confidence: 1 }],
      },
    },
  };
}

describe('tierwatch evidence', () => {
  let home = '';
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'tierwatch-evidence-'));
  });
  afterAll(() => rm(home, { recursive: true }));

  async function keep(name: string, ...events: readonly Event[]): Promise<string> {
    const store = await openStore({ dir: join(home, name), retention: 400 * DAY, now: T0, report: () => {} });
    if (events.length > 0) await store.commit(events);
    await store.close();
    return join(home, name);
  }

  function evidence(data: string | undefined, json = false) {
    return withFolder({}, async (config) => {
      const io = terminal(home);
      const code = await runEvidence({ config, json, ...(data === undefined ? {} : { data }) }, io);
      return { code, ...io.written };
    });
  }

  it('lists who said what and when, oldest first, as plain text', async () => {
    const data = await keep(
      'both',
      added('b', T0 + 2 * DAY),
      marked('a', T0 + DAY, { title: HOSTILE, reason: 'a joke' }),
    );
    const { code, out } = await evidence(data);
    expect(code).toBe(0);
    const [titles, rule, first, second, ...more] = out.trimEnd().split('\n');
    expect(titles).toMatch(/^When +What +By +Outlet +Title +Why, or what it reports +Id$/);
    expect(rule).toMatch(/^[─ ]+$/);
    expect(first).toMatch(/^2026-03-02 00:00 UTC {2}wrong {2}discord:700000000000000003 {2}One .*a joke +a$/);
    expect(second).toMatch(
      /^2026-03-03 00:00 UTC {2}added {2}telegram:42 .*two\.example +No GPUs to be had +capacity_crunch +b$/,
    );
    expect(more).toEqual([]);
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(Math.max(...out.split('\n').map(widthOf))).toBeLessThan(220);
  });

  it('gives labelled articles: what is marked reports nothing, what is added what was said', async () => {
    const data = await keep('labels', marked('a', T0 + DAY), added('b', T0 + 2 * DAY), added('a', T0 + 3 * DAY));
    const { out } = await evidence(data, true);
    expect(lines(out)).toEqual([
      {
        id: 'a',
        title: 'A model was trained',
        summary: 'It says so.',
        url: 'https://one.example/a',
        publisher: 'One',
        published: '2026-03-01T00:00:00Z',
        networks: ['akash', 'other:gonka'],
        events: [],
        negative_kind: 'marked wrong',
      },
      {
        id: 'b',
        title: 'No GPUs to be had',
        summary: null,
        url: 'https://two.example/a',
        publisher: 'two.example',
        published: '2026-03-01T00:00:00Z',
        networks: [],
        events: [{ type: 'capacity_crunch', network: null, status: 'done' }],
      },
    ]);
  });

  it('gives lines that the scorer reads', async () => {
    const data = await keep('scored', marked('a', T0 + DAY), added('b', T0 + 2 * DAY));
    const { out } = await evidence(data, true);
    expect(out.trim().split('\n').map(readItem)).toMatchObject([
      { id: 'a', published: T0, label: { events: [] } },
      { id: 'b', published: T0, label: { events: [{ type: 'capacity_crunch', network: null, status: 'done' }] } },
    ]);
  });

  it('leaves out what was taken back', async () => {
    const back = { kind: 'unmarked', at: T0, article: 'a', by: 'telegram:42' } as const;
    const data = await keep('back', marked('a', T0), back);
    expect((await evidence(data)).out).toBe('No article is marked as wrong, and no report was added.\n');
    expect((await evidence(data, true)).out).toBe('');
  });

  it('looks in TIERWATCH_DATA, and in data', async () => {
    await keep('data', marked('here', T0));
    expect((await evidence(undefined)).out).toContain('here');
  });

  it('is refused while the service runs, with whom to ask', async () => {
    const dir = join(home, 'busy');
    const store = await openStore({ dir, retention: 400 * DAY, now: T0, report: () => {} });
    await expect(evidence(dir)).rejects.toThrow(/in use by process \d+.*ask it in chat: \/evidence_list/);
    await store.close();
  });

  it('makes no directory where there is none', async () => {
    await expect(evidence('nowhere')).rejects.toThrow(UsageError);
    await expect(evidence('nowhere')).rejects.toThrow('nowhere: there is no such data directory');
    await mkdir(join(home, 'nowhere'));
  });

  it('says what is wrong with the configuration', async () => {
    const { code, err } = await withFolder({ 'tierwatch.yaml': 'ladder: 3' }, async (config) => {
      const io = terminal(home);
      return { code: await runEvidence({ config, data: home }, io), ...io.written };
    });
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('ladder') });
  });
});
