/** A provider that answers anything but figures: each answer is named in the log, no tier moves, the others go on. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figures, startFigures } from './figures.ts';
import { configIn, endAll, type Program, pause, scratch, tierwatch, until } from './program.ts';

const declared = (id: string, url: string, series: string): string => `  - id: ${id}
    json: ${url}
    every: 1s
    private: true
    samples: [{ series: ${series}, value: /gpu/utilization }]
`;

const RULES = `rules:
  - id: floor
    networks: [akash, ionet]
    when: gpu_utilization < 20%
    effect: { lower: 1 }
`;

describe('a provider that lies', () => {
  let bad: Figures;
  let good: Figures;
  let home: Awaited<ReturnType<typeof scratch>>;
  let program: Program;
  let env: Record<string, string>;

  beforeAll(async () => {
    [bad, good, home] = await Promise.all([startFigures(), startFigures(), scratch()]);
    bad.answer({ gpu: { utilization: 0.5 } });
    good.answer({ gpu: { utilization: 0.5 } });
    const config = await configIn(home.dir, {
      'sources.yaml': `sources:\n${declared('bad', bad.url, 'akash.gpu_utilization')}${declared('good', good.url, 'ionet.gpu_utilization')}`,
      'rules/floor.yaml': RULES,
    });
    env = { TIERWATCH_CONFIG: config, TIERWATCH_DATA: join(home.dir, 'data') };
    program = tierwatch(['start'], env, home.dir);
    await until(() => bad.requests() > 2 && good.requests() > 2, 'polls', 30_000);
  }, 60_000);

  afterAll(async () => {
    endAll();
    await Promise.all([bad.close(), good.close(), home.remove()]);
  });

  it('without a token prints where alerts go and how to add one', () => {
    expect(program.out()).toMatch(/Alerts appear here[\s\S]*DISCORD_TOKEN or TELEGRAM_TOKEN/);
  });

  it.each<[string, string | Buffer, string]>([
    ['HTML', '<!doctype html><title>Just a moment</title>', 'HTML'],
    ['half a JSON', '{"gpu": {"utiliza', 'JSON'],
    ['a number as text', '{"gpu":{"utilization":"0.05"}}', 'quotes'],
    ['null', '{"gpu":{"utilization":null}}', 'null'],
    ['null alone', 'null', 'gpu'],
    ['nothing', '', 'empty'],
    ['a figure out of range', '{"gpu":{"utilization":-3}}', 'outside'],
    ['binary', Buffer.from([0, 255, 254, 1, 2, 3]), 'UTF-8'],
    ['50 MB', Buffer.alloc(50 * 1024 * 1024, 0x20), 'larger than'],
  ])('%s: named, nothing moves', async (_, body, reason) => {
    const from = program.err().length;
    const others = good.requests();
    bad.answerRaw(body);
    await until(
      () => program.err().slice(from).toLowerCase().includes(reason.toLowerCase()),
      `the reason ${reason} in ${program.err().slice(from)}`,
      20_000,
    );
    await until(() => good.requests() > others, 'the other source going on');
    expect(program.out()).not.toContain('→');
  });

  it('is shown by probe with the reason, the good one with its figure, exit code 1', async () => {
    bad.answer({ gpu: { utilization: '0.05' } });
    const { code, out } = await tierwatch(['probe'], env, home.dir).finished;
    expect(out).toMatch(/bad\s+akash\.gpu_utilization\s+–\s+–\s+dropped: .*quotes/);
    expect(out).toMatch(/good\s+ionet\.gpu_utilization\s+50%\s+0s old\s+ok/);
    expect(code).toBe(1);
    const json = await tierwatch(['probe', 'good', '--json'], env, home.dir).finished;
    expect(JSON.parse(json.out)).toMatchObject({
      source: 'good',
      series: 'ionet.gpu_utilization',
      value: 0.5,
      unit: 'ratio',
      verdict: 'ok',
    });
    expect(json.code).toBe(0);
  });

  it('a true figure at last moves the tier, and the terminal is told', async () => {
    bad.answer({ gpu: { utilization: 0.05 } });
    await until(() => program.out().includes('Akash: Watching → Avoid'), 'the alert on the terminal');
    expect(program.out()).not.toContain('io.net:');
    program.signal('SIGTERM');
    expect((await program.finished).code).toBe(0);
  });

  it('whatever arrives later, the past is kept', async () => {
    await pause(0);
    program = tierwatch(['start'], env, home.dir);
    await until(() => program.err().includes('"watching"'), 'the start', 30_000);
    await pause(2500);
    expect(program.out()).not.toContain('→');
    program.signal('SIGINT');
    expect((await program.finished).code).toBe(0);
  });
});
