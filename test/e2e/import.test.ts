/** `tierwatch import` as an operator runs it: around a service, and what its rules make of it at the next start. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figures, startFigures } from './figures.ts';
import { configIn, endAll, scratch, tierwatch, until } from './program.ts';

const HOUR = 3_600_000;
const RULES = `rules:
  - id: floor
    networks: [akash]
    when: avg(gpu_utilization, 7d) < 20%
    effect: { lower: 1 }
`;

describe('import', () => {
  let figures: Figures;
  let home: Awaited<ReturnType<typeof scratch>>;
  let env: Record<string, string>;

  beforeAll(async () => {
    [figures, home] = await Promise.all([startFigures(), scratch()]);
    figures.answer({ utilization: 0.1 });
    const config = await configIn(home.dir, {
      'sources.yaml': `sources:
  - { id: mine, json: '${figures.url}', every: 1h, private: true, samples: [{ series: akash.gpu_utilization, value: /utilization }] }
`,
      'rules/floor.yaml': RULES,
    });
    const settings = join(config, 'tierwatch.yaml');
    await writeFile(settings, (await readFile(settings, 'utf8')).replace(/^tick: .*$/m, 'tick: 1s'));
    env = { TIERWATCH_CONFIG: config, TIERWATCH_DATA: join(home.dir, 'data') };
    const rows = Array.from({ length: 240 }, (_, at) => {
      const time = new Date(Math.floor(Date.now() / HOUR) * HOUR - (at + 1) * HOUR).toISOString();
      return `${time},akash,gpu_utilization,0.1,recorded\n`;
    });
    await writeFile(join(home.dir, 'past.csv'), `time,subject,metric,value,source\n${rows.reverse().join('')}`);
  });
  afterAll(async () => {
    endAll();
    await Promise.all([figures.close(), home.remove()]);
  });

  it('leaves a running service alone, and says so', async () => {
    const service = tierwatch(['start'], env, home.dir);
    await until(() => service.err().includes('"watching"') && figures.requests() > 0, 'the first poll', 30_000);
    const { code, out, err } = await tierwatch(['import', 'past.csv'], env, home.dir).finished;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^tierwatch: The data directory .*data is in use by process \d+\. Stop it first/m);
    service.signal('SIGTERM');
    expect((await service.finished).code).toBe(0);
    expect(service.out()).not.toContain('→');
  }, 60_000);

  it('puts a past before what was seen live, once', async () => {
    const first = await tierwatch(['import', 'past.csv'], env, home.dir).finished;
    expect(first.code).toBe(0);
    expect(first.out).toMatch(/^past\.csv: 240 samples read, 240 new, 0 corrected, 0 already there, 0 dropped\n/);
    expect(first.out).toMatch(/\nRules see it at the next start\.\n$/);
    const second = await tierwatch(['import', 'past.csv', '--json'], env, home.dir).finished;
    expect(JSON.parse(second.out)).toMatchObject({
      file: 'past.csv',
      read: 240,
      new: 0,
      corrected: 0,
      alreadyThere: 240,
    });
  });

  it('so that rules over long windows speak at the next start', async () => {
    const service = tierwatch(['start'], env, home.dir);
    await until(() => service.out().includes('Akash: Watching → Avoid'), 'the alert on the terminal', 30_000);
    service.signal('SIGTERM');
    expect((await service.finished).code).toBe(0);
  }, 60_000);

  it('asks sources, and keeps what lies before the record', async () => {
    const { code, out } = await tierwatch(['import', '--from', 'mine'], env, home.dir).finished;
    expect(code).toBe(0);
    expect(out).toMatch(/^mine: 1 sample read, 0 new, 0 corrected, 1 already there, 0 dropped\n/);
  });

  it('has help, and wants something to import', async () => {
    expect((await tierwatch(['import', '--help']).finished).out).toMatch(/Examples:\n {2}tierwatch import history/);
    const { code, err } = await tierwatch(['import'], env, home.dir).finished;
    expect([code, err]).toEqual([1, expect.stringMatching(/^tierwatch: import needs a history file, or --from/m)]);
  });
});
