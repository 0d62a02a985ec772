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
      'bad.yaml': RULES.replace('20%', '20'),
    });
  });
  afterAll(() => home.remove());

  async function run(options: Partial<BacktestOptions>): Promise<{ code: number } & Terminal['written']> {
    const io = terminal(home.dir);
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

  it('says for people what fired and what moved', async () => {
    const { out } = await run({ step: '24h' });
    expect(out).toContain('Akash: Watching → Avoid');
    expect(out).toContain('floor: fired 1 times');
    expect(out).toContain('judged every 1d');
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
