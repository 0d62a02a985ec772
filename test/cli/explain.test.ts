/** `tierwatch explain`: the printed tree and the JSON, from recorded figures, a data directory, and the demo's record. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { widthOf } from '../../src/bot/plain.ts';
import { type ExplainOptions, runExplain } from '../../src/cli/explain.ts';
import { UsageError } from '../../src/cli/io.ts';
import { StartupError } from '../../src/core/ports.ts';
import { DAY, HOUR, type Instant, parseInstant, toIso } from '../../src/core/time.ts';
import { openStore } from '../../src/store/open.ts';
import { withFolder } from '../config/folder.ts';
import { folder, lines, terminal } from './terminal.ts';

const T0 = parseInstant('2026-03-01') as Instant;
const HEADER = 'time,subject,metric,value,source\n';
const HOSTILE = 'https://evil.example/\u001b[31mred\u001b]0;title\u0007\u202Etxt\u200B';

const RULES = `rules:
  - id: floor
    title: GPU utilization below 20%
    networks: [akash]
    when: avg(gpu_utilization, 3d) < 20%
    for: 4d
    clear: avg(gpu_utilization, 3d) > 25%
    keepFiringFor: 2d
    effect: { lower: 1 }
    because: Nobody is buying.
  - id: price-fall
    title: H100s get cheaper wherever they are sold, on demand
    networks: [akash, ionet]
    when: change(aws.h100_price, 5d) < -20% and aws.h100_price < $3 or age(aws.h100_price) > 30d
    effect: { cap: avoid }
  - id: hold
    title: Almost full
    networks: [akash]
    when: gpu_utilization < 30%
    for: 9d
    effect: { hold: true }
  - id: due
    title: The question is due
    networks: [ionet]
    when: now >= 2026-12-31
    effect: { note: true }
`;

/** One figure a day. */
function csv(source = 'test', days = 12): string {
  const rows = Array.from({ length: days }, (_, day) => {
    const at = toIso(T0 + day * DAY);
    return (
      `${at},akash,gpu_utilization,${day < 4 ? 0.5 : 0.12},${source}\n` +
      `${at},aws,h100_price,${day < 9 ? 4 : 3.5},${source}\n`
    );
  });
  return HEADER + rows.join('');
}

let home: Awaited<ReturnType<typeof folder>>;
beforeAll(async () => {
  home = await folder({ 'figures.csv': csv(), 'hostile.csv': csv(HOSTILE), 'empty.csv': HEADER });
});
afterAll(() => home.remove());

async function explain(options: ExplainOptions, columns: number | null = null, rules = RULES) {
  return withFolder({ 'rules/rules.yaml': rules }, async (config) => {
    const io = terminal(home.dir, columns);
    const code = await runExplain({ config, ...options }, io);
    return { code, ...io.written };
  });
}

const FIGURES = { history: ['figures.csv'], step: '24h' };

describe('tierwatch explain', () => {
  it.each([80, 120])('prints each rule with its phase, distance, outlook and tree, at %d columns', async (columns) => {
    const { code, out, err } = await explain(FIGURES, columns);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const text = stripVTControlCharacters(out);
    expect(text).not.toBe(out);
    expect(Math.max(...text.split('\n').map(widthOf))).toBeLessThanOrEqual(columns);
    await expect(text).toMatchFileSnapshot(`../golden/explain-${columns}.txt`);
  });

  it('is about one network by any of its names, as of any instant', async () => {
    const { out } = await explain({ ...FIGURES, network: 'akash NETWORK', at: '2026-03-05T12:00:00Z' });
    expect(out).toMatch(/^Akash: Conviction, since the start\n/);
    expect(out).not.toContain('io.net');
    expect(out).toContain('As of 2026-03-05 12:00 UTC.');
    expect(out).toMatch(/distance {2}37\.3%, 17\.3 points above 20%; held 0 of 4 days/);
    const later = await explain({ ...FIGURES, network: 'akash' });
    expect(later.out).toMatch(/^Akash: Avoid, since 2026-03-11 \(1d\)\n {2}against {3}Pending: Almost full; /);
  });

  it('gives an object a rule and network, with the tree and its sentences', async () => {
    const { out } = await explain({ ...FIGURES, json: true });
    const all = lines(out);
    expect(all.map(({ network, rule }) => `${network}/${rule}`)).toEqual([
      'akash/floor',
      'akash/hold',
      'akash/price-fall',
      'ionet/due',
      'ionet/price-fall',
    ]);
    expect(all[0]).toMatchObject({
      time: '2026-03-12T00:00:00Z',
      tier: 'avoid',
      since: '2026-03-11T00:00:00Z',
      phase: 'firing',
      distance: { to: 'end', says: '12%, 13 points below 25%; clearing 0 of 2 days', held: 0, of: 2 * DAY },
      outlook: { to: 'end', tier: 'conviction', sure: true, at: '2026-03-15T00:00:00Z' },
      when: {
        truth: 'true',
        comparison: { op: '<', right: 0.2 },
        figures: [{ series: 'akash.gpu_utilization', window: 3 * DAY, coverage: 1, source: 'test', age: 0 }],
        text: '3d average of akash.gpu_utilization is 12%, below 20% · 100% of 3d covered · newest sample just taken, from test',
      },
      clear: { truth: 'false' },
    });
    expect(all[1]).toMatchObject({
      rule: 'hold',
      against: expect.stringMatching(/^Pending: Almost full; /),
      clear: null,
    });
    expect(all[2]).toMatchObject({ when: { join: 'or', children: [{ join: 'and' }, { join: null }] } });
  });

  it('is not led astray by what a source calls itself', async () => {
    const { out } = await explain({ history: ['hostile.csv'], step: '24h' }, 80);
    const text = stripVTControlCharacters(out);
    expect(text).toContain('evil.example');
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    const plain = (await explain({ history: ['hostile.csv'], step: '24h' })).out;
    expect(plain.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('takes what a service at rest keeps, as it last judged it or judged anew', async () => {
    const data = await mkdtemp(join(tmpdir(), 'tierwatch-explain-'));
    try {
      const store = await openStore({ dir: data, retention: 400 * DAY, now: T0 + 12 * DAY, report: () => {} });
      await store.observe(
        Array.from({ length: 12 }, (_, day) => ({
          series: 'akash.gpu_utilization',
          at: T0 + day * DAY,
          value: 0.12,
          source: 'test',
        })),
        [],
      );
      const state = { version: 'old', phase: 'firing', since: T0 + 9 * DAY, held: null, frozen: null } as const;
      await store.commit([{ kind: 'rule', at: T0 + 9 * DAY, rule: 'floor', network: 'akash', state }]);
      store.ran('tick', T0 + 11 * DAY + HOUR);
      await expect(explain({ data, network: 'akash' })).rejects.toThrow(StartupError);
      await expect(explain({ data, network: 'akash' })).rejects.toThrow(
        /in use by process \d+.*ask it in chat: \/tier and \/why/,
      );
      await store.close();
      const { code, out, err } = await explain({ data, network: 'akash' });
      expect({ code, err }).toEqual({
        code: 0,
        err: expect.stringContaining('4 rules: new or edited since the last judgement'),
      });
      expect(out).toContain('firing since 2026-03-10 (2d 1h)');
      expect(out).toContain(`${data}, as it was last judged. As of 2026-03-12 01:00 UTC.`);
      const anew = await explain({ data, network: 'akash', at: '2026-03-07' });
      expect(anew.out).toContain('pending since 2026-03-03 (3d 14h)');
      expect(anew.out).toContain('judged every 1h. As of 2026-03-07 00:00 UTC.');
    } finally {
      await rm(data, { recursive: true });
    }
  });

  it("falls back on the demo's record where there is nothing else", async () => {
    const io = terminal(home.dir);
    const config = new URL('../../config', import.meta.url).pathname;
    expect(await runExplain({ config, network: 'render', at: '2024-07-20' }, io)).toBe(0);
    expect(io.written.out).toMatch(/^Render: Watching, since 2024-07-16 \(4d\)\n/);
    expect(io.written.out.replace(/\s+/g, ' ')).toContain(
      `The demo's record, judged every 1d, since there is no data directory ${join(home.dir, 'data')}.`,
    );
  });

  it('tells which reports counted and which did not, as text and as data', async () => {
    const config = new URL('../../config', import.meta.url).pathname;
    const asked = { config, network: 'bittensor', at: '2025-06-20' };
    const [text, data] = [terminal(home.dir), terminal(home.dir)];
    expect(await runExplain(asked, text)).toBe(0);
    expect(await runExplain({ ...asked, json: true }, data)).toBe(0);
    expect(text.written.out.replace(/\s+/g, ' ')).toContain(
      'news(lab_training, 60d): 0 reports, 3 left out · Left out: Opentensor Foundation (Novelty Search), SN9 IOTA',
    );
    const rules = lines(data.written.out);
    const fact = rules.find(({ rule }) => rule === 'lab-training');
    const left = { outlet: 'Opentensor Foundation (Novelty Search)', at: '2025-06-19T00:00:00Z', why: 'plan only' };
    expect(fact).toMatchObject({
      when: { reports: [{ count: 0, counted: [], leftOut: [left, {}, {}], origin: null }] },
    });
    const talk = rules.find(({ rule }) => rule === 'lab-training-rumour');
    expect(talk).toMatchObject({
      phase: 'firing',
      when: { children: [{ reports: [{ count: 1, counted: [{ outlet: left.outlet, at: left.at }] }] }, {}] },
    });
  });

  it.each<[ExplainOptions, string | RegExp]>([
    [{ ...FIGURES, network: 'akahs' }, /no network called “akahs”. Did you mean Akash\?/],
    [{ ...FIGURES, network: '\u001b[31m' }, /no network called “\[31m”/],
    [{ ...FIGURES, at: 'once' }, '--at once: expected a date'],
    [{ ...FIGURES, step: '0s' }, '--step 0s: expected a duration'],
    [{ ...FIGURES, step: '1ms' }, 'more than 2000000 evaluations'],
    [{ ...FIGURES, data: 'data' }, '--history and --data: name one of them'],
    [{ data: 'nowhere' }, '--data nowhere: there is no such directory'],
    [{ history: ['empty.csv'] }, 'the history holds no samples'],
  ])('refuses %j', async (options, message) => {
    await expect(explain(options)).rejects.toThrow(UsageError);
    await expect(explain(options)).rejects.toThrow(message);
  });

  it('tells what is wrong with a file or the configuration, and gives 1', async () => {
    const missing = await explain({ history: ['missing.csv'] });
    expect(missing).toMatchObject({ code: 1, out: '', err: expect.stringContaining('missing.csv') });
    const broken = await explain(FIGURES, null, RULES.replace('gpu_utilization < 30%', 'gpu_utilisation < 30%'));
    expect(broken).toMatchObject({ code: 1, out: '', err: expect.stringContaining('gpu_utilization') });
  });
});
