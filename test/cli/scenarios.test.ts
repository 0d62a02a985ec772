import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UsageError } from '../../src/cli/io.ts';
import { runScenarios, type ScenariosOptions } from '../../src/cli/scenarios.ts';
import { folder, lines, terminal } from './terminal.ts';

const CONFIG = new URL('../../config', import.meta.url).pathname;

const RULES = `rules:
  - { id: quiet, networks: [akash], when: gpu_utilization < 1% }
  - { id: floor, networks: [akash], title: Too few buyers, when: 'avg(gpu_utilization, 2d) < 20%', for: 1d, clear: gpu_utilization > 40%, effect: { lower: 1 } }
scenarios:
  - rule: floor
    name: it fires and ends
    network: akash
    tier: watching
    series: { akash.gpu_utilization: 0.1x5 0.5x5 }
    expect:
      - { at: 4d, phase: firing, tier: avoid, says: [Watching → Avoid, 2d average] }
      - { at: 9d, phase: inactive, tier: watching, notSays: → Avoid }
  - rule: floor
    name: without figures nothing moves
    network: akash
    tier: watching
    expect: [{ at: 9d, phase: inactive, tier: watching, unknown: true }]
`;
const BROKEN = RULES.replace(
  'phase: firing, tier: avoid, says: [Watching → Avoid',
  'phase: pending, tier: watching, says: [Conviction',
).replace('9d, phase: inactive, tier: watching, unknown: true', '9d, phase: firing');

describe('tierwatch scenarios', () => {
  let home: Awaited<ReturnType<typeof folder>>;
  beforeAll(async () => {
    home = await folder({
      'rules.yaml': RULES,
      'broken.yaml': BROKEN,
      'failing.yaml': BROKEN.replace(/, says: .*\]/, ''),
      'none.yaml': RULES.slice(0, RULES.indexOf('scenarios:')),
      'wrong.yaml': RULES.replace('network: akash', 'network: aksh'),
    });
  });
  afterAll(() => home.remove());

  async function run(options: ScenariosOptions, columns: number | null = null) {
    const io = terminal(home.dir, columns);
    const code = await runScenarios({ config: CONFIG, ...options }, io);
    return { code, ...io.written };
  }

  it('prints a line each, by rule, and warns of what is not shown', async () => {
    const { code, out, err } = await run({ files: ['rules.yaml'] });
    expect({ code, out }).toEqual({
      code: 0,
      out: '✓ floor: it fires and ends\n✓ floor: without figures nothing moves\n2 scenarios of 2 rules: all hold.\n',
    });
    expect(err.split('\n')).toEqual([
      'warning: quiet: no scenario in which it fires; add one beside the rule',
      'warning: quiet: no scenario in which it never fires; add one beside the rule',
      expect.stringMatching(/^warning: quiet: no scenario with missing data/),
      '',
    ]);
  });

  it('shows what was seen where one fails, and exits 1', async () => {
    const { code, out } = await run({ files: ['failing.yaml'], rule: 'floor' });
    expect(code).toBe(1);
    await expect(out).toMatchFileSnapshot('../golden/scenarios-failing.txt');
  });

  it('shows the alert where its words are not as expected', async () => {
    const { out } = await run({ files: ['broken.yaml'], rule: 'floor' });
    expect(out).toMatch(/ {4}the last alert\n {6}Akash: Watching → Avoid\n {6}Too few buyers: /);
    expect(out.match(/the last alert\n/g)).toHaveLength(1);
  });

  it.each([80, 120])('keeps within %d columns of a terminal', async (columns) => {
    const { out } = await run({ files: ['broken.yaml'] }, columns);
    expect(out).toContain('\u001b[31m✗\u001b[0m floor');
    const widths = stripVTControlCharacters(out)
      .split('\n')
      .map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
  });

  it('gives one JSON object a scenario', async () => {
    const { code, out } = await run({ files: ['broken.yaml'], json: true });
    expect(code).toBe(1);
    expect(lines(out)).toEqual([
      {
        rule: 'floor',
        name: 'it fires and ends',
        network: 'akash',
        ok: false,
        failures: [
          expect.stringMatching(/^at 4d: expected pending, the rule is firing \(2d average of akash/),
          expect.stringMatching(/^at 4d: expected tier watching, it is avoid \(/),
          expect.stringMatching(/^at 4d: expected the words "Conviction", .* \(Akash: Watching → Avoid\n/),
        ],
      },
      {
        rule: 'floor',
        name: 'without figures nothing moves',
        network: 'akash',
        ok: false,
        failures: [expect.stringMatching(/^at 9d: expected firing, the rule is inactive \(.* is unknown: /)],
      },
    ]);
    expect(lines((await run({ files: ['rules.yaml'], json: true })).out).map(({ ok }) => ok)).toEqual([true, true]);
  });

  it('runs those of the configuration where no file is named', async () => {
    const { code, out, err } = await run({ files: [] });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/\d+ scenarios of \d+ rules: all hold\.\n$/);
  });

  it('says so where there are none', async () => {
    const { code, out } = await run({ files: ['none.yaml'] });
    expect({ code, out }).toEqual({ code: 0, out: 'There are no scenarios.\n' });
  });

  it.each([
    [{ files: ['nowhere.yaml'] }, /^nowhere\.yaml:1:1: the file is missing/],
    [{ files: ['wrong.yaml'] }, /^wrong\.yaml:\d+:\d+: network aksh is unknown.*did you mean akash\?/],
    [{ config: '/nowhere' }, /^\/nowhere:1:1: the configuration directory cannot be opened/],
  ])('refuses %j', async (options, message) => {
    const { code, out, err } = await run(options);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
  });

  it('names the rule that was probably meant', async () => {
    const options = { files: ['rules.yaml'], rule: 'flor' };
    await expect(run(options)).rejects.toThrow(UsageError);
    await expect(run(options)).rejects.toThrow('--rule flor: no rule has this id; did you mean floor?');
  });
});
