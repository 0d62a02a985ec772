import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BacktestOptions, runBacktest } from '../../src/cli/backtest.ts';
import { UsageError } from '../../src/cli/io.ts';
import { folder, lines, type Terminal, terminal } from './terminal.ts';

const CONFIG = new URL('../../config', import.meta.url).pathname;
const HEADER = 'time,subject,metric,value,source\n';
const day = (date: string, value: string): string => `${date}T00:00:00Z,akash,gpu_utilization,${value},test\n`;
const FALL =
  HEADER +
  [
    ['01', '0.5'],
    ['02', '0.1'],
    ['03', '0.1'],
    ['04', '0.1'],
    ['05', '0.5'],
    ['06', '0.5'],
  ]
    .map(([date, value]) => day(`2026-03-${date}`, value ?? ''))
    .join('');
const RULES = `rules:
  - { id: floor, networks: [akash], when: gpu_utilization < 20%, for: 1d, effect: { lower: 1 } }
`;

/** Daily figures from 2026-01-01 on: each value for so many days, null for none. */
function days(series: string, runs: readonly (readonly [value: number | null, count: number])[]): string {
  const [subject, metric] = series.split('.');
  return runs
    .flatMap(([value, count]) => Array<number | null>(count).fill(value))
    .flatMap((value, index) => {
      const date = new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
      return value === null ? [] : [`${date}T00:00:00Z,${subject},${metric},${value},test\n`];
    })
    .join('');
}

const YEAR = [
  HEADER,
  days('akash.gpu_utilization', [
    [0.5, 40],
    [0.12, 30],
    [0.4, 30],
    [null, 20],
    [0.15, 61],
  ]),
  days('render.gpu_utilization', [
    [0.5, 90],
    [0.1, 3],
    [0.5, 30],
    [0.1, 58],
  ]),
  days('gcp.h100_price', [
    [10, 100],
    [7, 81],
  ]),
].join('');
const BOOK = `rules:
  - { id: floor, title: GPU utilization below 20%, networks: [akash, render], when: 'avg(gpu_utilization, 7d) < 20%', for: 7d, clear: 'avg(gpu_utilization, 7d) > 25%', keepFiringFor: 3d, effect: { lower: 1 } }
  - { id: cheap, title: Clouds get cheaper, networks: [render, ionet], when: 'change(gcp.h100_price, 30d) < -20%', effect: { cap: watching } }
  - { id: dip, networks: [render], when: gpu_utilization < 20% and gcp.h100_price > $1, effect: { note: true } }
  - { id: labs, when: 'news(lab_training, 30d) >= 2' }
  - { id: poor, networks: [akash], when: revenue < $100 }
  - { id: due, when: now >= 2026-12-31 }
`;
const EDITED = `rules:
  - { id: floor, networks: [akash, render], when: 'avg(gpu_utilization, 7d) < 14%', for: 14d, clear: 'avg(gpu_utilization, 7d) > 25%', keepFiringFor: 3d, effect: { lower: 1 } }
  - { id: dip, networks: [render], when: gpu_utilization < 20% and gcp.h100_price > $1, effect: { note: true } }
  - { id: cheap, networks: [render, ionet], when: 'change(gcp.h100_price, 30d) < -20%', for: 3d, effect: { cap: watching } }
  - { id: crowded, networks: [akash], when: gpu_utilization >= 50%, effect: { watch: positive } }
`;
/** A rule that fires anew every second day. */
const FLUTTER =
  HEADER +
  days(
    'akash.gpu_utilization',
    Array.from({ length: 300 }, (_, index) => [index % 2 === 0 ? 0.1 : 0.5, 1] as const),
  );

describe('tierwatch backtest', () => {
  let home: Awaited<ReturnType<typeof folder>>;
  beforeAll(async () => {
    home = await folder({
      'a.csv': FALL,
      'b.csv': `${HEADER}2026-03-01T00:00:00Z,gcp,h100_price,11.06,"a, quoted ""source"""\n`,
      'odd.csv': `${HEADER}2026-03-01T00:00:00Z,nowhere,h100_price,1,x\n`,
      'bad.csv': `${HEADER}yesterday,akash,gpu_utilization,0.5,x\n2026-03-01T00:00:00Z,akash,gpu_utilization,12%,x\n2026-03-01T00:00:00Z,Akash!,gpu_utilization,0.5,x\n`,
      'wild.csv': HEADER + day('2026-03-01', '0.5') + day('2026-03-02', '-7') + day('2026-03-03', '0.5'),
      'header.csv': 'when,what\n1,2\n',
      'empty.csv': '',
      'only-header.csv': HEADER,
      'binary.csv': Buffer.from([1, 0, 2, 3]),
      'rules.yaml': RULES,
      'year.csv': YEAR,
      'flutter.csv': FLUTTER,
      'book.yaml': BOOK,
      'edited.yaml': EDITED,
      'long.yaml': RULES.replace('floor', 'a-rule-whose-id-is-as-long-as-ids-may-ever-be').replace(', for: 1d', ''),
      'note.yaml': 'rules:\n  - { id: note, networks: [akash], when: gpu_utilization < 20% }\n',
      'bad.yaml': RULES.replace('20%', '20'),
    });
  });
  afterAll(() => home.remove());

  async function run(
    options: Partial<BacktestOptions>,
    columns: number | null = null,
  ): Promise<{ code: number } & Terminal['written']> {
    const io = terminal(home.dir, columns);
    const code = await runBacktest({ history: ['a.csv'], config: CONFIG, rules: ['rules.yaml'], ...options }, io);
    return { code, ...io.written };
  }

  it('prints one JSON object a change, and nothing else', async () => {
    const { code, out, err } = await run({ step: '24h', json: true });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const at = (date: string) => `2026-03-${date}T00:00:00Z`;
    expect(lines(out)).toEqual([
      {
        kind: 'phase',
        time: at('02'),
        rule: 'floor',
        network: 'akash',
        from: 'inactive',
        to: 'pending',
        says: 'akash.gpu_utilization is 10%, below 20%',
      },
      {
        kind: 'phase',
        time: at('03'),
        rule: 'floor',
        network: 'akash',
        from: 'pending',
        to: 'firing',
        says: 'akash.gpu_utilization is 10%, below 20%',
      },
      {
        kind: 'tier',
        time: at('03'),
        network: 'akash',
        from: 'watching',
        to: 'avoid',
        rules: ['floor'],
        cause: 'rule',
        says: 'gpu_utilization < 20%: akash.gpu_utilization is 10%, below 20%, for 1d',
      },
      {
        kind: 'phase',
        time: at('05'),
        rule: 'floor',
        network: 'akash',
        from: 'firing',
        to: 'inactive',
        says: 'akash.gpu_utilization is 50%, not below 20%',
      },
      {
        kind: 'tier',
        time: at('05'),
        network: 'akash',
        from: 'avoid',
        to: 'watching',
        rules: ['floor'],
        cause: 'rule',
        says: 'Ended: gpu_utilization < 20%; akash.gpu_utilization is 50%, not below 20%',
      },
    ]);
  });

  it('judges at from, from + step, … to', async () => {
    const { out } = await run({ step: '36h', from: '2026-03-01T12:00:00Z', to: '2026-03-04T12:00:00Z', json: true });
    expect(lines(out).map(({ time }) => time)).toEqual([
      '2026-03-03T00:00:00Z',
      '2026-03-04T12:00:00Z',
      '2026-03-04T12:00:00Z',
    ]);
  });

  it('reads several files, whatever their order, and warns of series no rule can read', async () => {
    const several = await run({ history: ['b.csv', 'a.csv', 'odd.csv'], json: true, step: '24h' });
    expect(lines(several.out)).toHaveLength(5);
    expect(several.err).toMatch(/^warning: no rule can read these series.*nowhere\.h100_price\n$/);
  });

  it('drops figures that cannot be, as they would be live, and says so', async () => {
    const { code, out, err } = await run({ history: ['wild.csv'], step: '24h', json: true });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toBe(
      'warning: 1 figures are dropped, as they would be live; the first: akash.gpu_utilization -700% is outside 0% to 100%\n',
    );
  });

  describe('for people', () => {
    const wide = { history: ['year.csv'], rules: ['book.yaml'], step: '24h' };

    it('reports what was judged, what happened when, and what it adds up to', async () => {
      const { code, out, err } = await run(wide);
      expect({ code, err }).toEqual({ code: 0, err: '' });
      await expect(out).toMatchFileSnapshot('../golden/backtest.txt');
    });

    it.each([60, 80, 120])('keeps within %d columns of a terminal', async (columns) => {
      const { out } = await run({ ...wide, compare: ['edited.yaml'] }, columns);
      expect(out).toContain('\u001b[1mTimeline\u001b[0m');
      const widths = stripVTControlCharacters(out)
        .split('\n')
        .map((line) => line.length);
      expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    });

    it('cuts long ids, not the figures beside them', async () => {
      const { out } = await run({ rules: ['long.yaml'], step: '24h' }, 60);
      expect(stripVTControlCharacters(out)).toMatch(/\na-rule[a-z-]+… +Akash {4}2026-03-02 {2}2026-03-05 {8}3d\n/);
    });

    it('gives minutes where not all happens at midnight', async () => {
      const { out } = await run({ step: '6h' });
      expect(out).toMatch(/floor {2}Akash {4}2026-03-03 00:00 {2}2026-03-05 00:00 {8}2d/);
    });

    it('says plainly that nothing happened, and that nothing could be judged', async () => {
      const { out } = await run({ history: ['b.csv'], step: '24h' });
      for (const words of ['Nothing fired.', 'No tier moved.', 'No rule could be judged by this history.'])
        expect(out).toContain(words);
      expect(out).toContain('No data in this history: floor\n');
    });

    it('lists the first hundred of very many', async () => {
      const { out } = await run({ history: ['flutter.csv'], rules: ['note.yaml'], step: '24h' });
      expect(out).toContain('… and 50 more firings; --json lists them all');
    });
  });

  describe('--compare', () => {
    const plain = { history: ['year.csv'], rules: ['book.yaml'], step: '24h' };
    const edit = { ...plain, compare: ['edited.yaml'] };

    it('tells after the report what an edit changes', async () => {
      const { code, out } = await run(edit);
      const report = (await run(plain)).out;
      expect(code).toBe(0);
      expect(out.startsWith(`${report}\n`)).toBe(true);
      await expect(out.slice(report.length + 1)).toMatchFileSnapshot('../golden/backtest-compare.txt');
    });

    it('finds nothing between a book and itself', async () => {
      const { out } = await run({ ...edit, compare: ['book.yaml'] });
      expect(out.slice(out.indexOf('With the rules of'))).toBe(
        'With the rules of book.yaml instead\nEvery firing stays as it is\nAlerts: 10, as before\nEvery tier ends as it does now\n',
      );
    });

    it('gives the difference as JSON lines after those of the first book', async () => {
      const { out } = await run({ ...edit, json: true });
      const first = (await run({ ...plain, json: true })).out;
      expect(out.startsWith(first)).toBe(true);
      const at = (day: string): string => `2026-${day}T00:00:00Z`;
      const cheap = {
        kind: 'moved',
        rule: 'cheap',
        before: { from: at('04-11'), to: at('05-11') },
        after: { from: at('04-14'), to: at('05-11') },
      };
      expect(lines(out.slice(first.length))).toEqual([
        { kind: 'rule', rule: 'crowded', is: 'new' },
        ...['due', 'labs', 'poor'].map((rule) => ({ kind: 'rule', rule, is: 'gone' })),
        {
          kind: 'gained',
          rule: 'crowded',
          network: 'akash',
          from: at('01-01'),
          to: at('02-10'),
          says: 'akash.gpu_utilization is 50%, at least 50%',
        },
        {
          kind: 'lost',
          rule: 'floor',
          network: 'akash',
          from: at('05-14'),
          to: null,
          says: '7d average of akash.gpu_utilization is 15%, below 20%',
        },
        {
          kind: 'moved',
          rule: 'floor',
          network: 'akash',
          before: { from: at('02-22'), to: at('03-18') },
          after: { from: at('03-02'), to: at('03-18') },
        },
        { ...cheap, network: 'ionet' },
        { ...cheap, network: 'render' },
        {
          kind: 'moved',
          rule: 'floor',
          network: 'render',
          before: { from: at('05-16'), to: null },
          after: { from: at('05-24'), to: null },
        },
        { kind: 'today', network: 'akash', before: 'avoid', after: 'watching' },
        { kind: 'alerts', before: 10, after: 11 },
      ]);
    });
  });

  describe('--png', () => {
    const drawn = { history: ['year.csv'], rules: ['book.yaml'], step: '24h', png: 'deep/pictures' };
    const expected = ['cheap.ionet', 'cheap.render', 'dip.render.1', 'dip.render.2', 'floor.akash', 'floor.render'];

    it('draws each rule and network that had data, and lists the files', async () => {
      const { code, out } = await run(drawn);
      expect(code).toBe(0);
      const names = expected.map((name) => `deep/pictures/${name}.png`);
      expect(out.slice(out.indexOf('Pictures')).trimEnd().split('\n')).toEqual(['Pictures (6)', ...names]);
      expect((await readdir(join(home.dir, 'deep/pictures'))).sort()).toEqual(expected.map((name) => `${name}.png`));
      for (const name of names) {
        const bytes = await readFile(join(home.dir, name));
        expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]));
        expect(bytes.length).toBeGreaterThan(10_000);
      }
    }, 60_000);

    it('replaces those of an earlier run, and tells programs of each', async () => {
      const { code, out } = await run({ ...drawn, rules: ['rules.yaml'], png: 'deep/pictures', json: true });
      expect(code).toBe(0);
      expect(lines(out).at(-1)).toEqual({
        kind: 'picture',
        rule: 'floor',
        network: 'akash',
        file: 'deep/pictures/floor.akash.png',
      });
    }, 60_000);

    it('draws none where no rule was ever known', async () => {
      const { out } = await run({ history: ['b.csv'], step: '24h', png: 'none' });
      expect(out).toMatch(/\n\nNo pictures: no rule was ever known\.\n$/);
    });

    it.each(['a.csv', 'a.csv/deeper', '/proc/pictures'])('refuses %s before it judges', async (png) => {
      const io = terminal(home.dir);
      const options = { history: ['a.csv'], config: CONFIG, rules: ['rules.yaml'], png };
      await expect(runBacktest(options, io)).rejects.toThrow(
        new RegExp(`^--png ${png}: no directory can be made there \\(E[A-Z]+\\); expected a directory`),
      );
      expect(io.written.out).toBe('');
    });
  });

  it.each<[string, Partial<BacktestOptions>, RegExp]>([
    [
      'every bad line at once',
      { history: ['bad.csv'] },
      /^bad\.csv:2: "yesterday" is no instant; expected ISO-8601.*\nbad\.csv:3: "12%" is no number.*\nbad\.csv:4: "Akash!\.gpu_utilization" is no subject/,
    ],
    [
      'a foreign header',
      { history: ['header.csv'] },
      /^header\.csv:1: the header lacks a column; expected time,subject,metric,value,source; mend the line/,
    ],
    ['an empty file', { history: ['empty.csv'] }, /^empty\.csv:0: the file is empty/],
    ['a binary file', { history: ['binary.csv'] }, /^binary\.csv:0: the file is binary/],
    [
      'a missing file',
      { history: ['none.csv'] },
      /^none\.csv:0: the file cannot be read \(ENOENT\).*; check the path, or name another file\n$/,
    ],
    [
      'a rule that cannot mean what it says',
      { rules: ['bad.yaml'] },
      /^bad\.yaml:2:\d+: gpu_utilization is a ratio.*did you mean 20%\?/,
    ],
    ['a missing rule file', { rules: ['none.yaml'] }, /^none\.yaml:1:1: /],
    ['a missing rule file to compare with', { compare: ['none.yaml'] }, /^none\.yaml:1:1: /],
    ['a missing configuration', { config: '/nowhere' }, /^\/nowhere:1:1: the configuration directory cannot be opened/],
  ])('refuses %s', async (_, options, message) => {
    const { code, out, err } = await run(options);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
  });

  it.each<[Partial<BacktestOptions>, string]>([
    [{ step: '0h' }, '--step 0h: expected a duration'],
    [{ step: 'often' }, '--step often: expected a duration'],
    [{ from: 'monday' }, '--from monday: expected a date'],
    [{ from: '2026-03-05', to: '2026-03-01' }, 'lies before --from'],
    [{ step: '1ms' }, 'more than 2000000 evaluations'],
    [{ history: ['only-header.csv'] }, 'the history holds no samples'],
  ])('refuses %j', async (options, message) => {
    await expect(run(options)).rejects.toThrow(UsageError);
    await expect(run(options)).rejects.toThrow(message);
  });
});
