/** `tierwatch check` from the outside: its exit code, its two streams, and JSON for machines. */
import { expect, test } from 'vitest';
import { type CheckOptions, runCheck } from '../../src/cli/check.ts';
import { type Change, withFolder } from './folder.ts';

/** The folder's own source stands beside the built-in akash: here it gives a series that nobody else does. */
const APART: Readonly<Record<string, Change>> = {
  'sources.yaml': { replace: 'akash.gpu_utilization', by: 'ionet.gpu_utilization' },
};

async function check(changes: Readonly<Record<string, Change>>, options: CheckOptions = {}) {
  return withFolder({ ...APART, ...changes }, async (dir) => {
    let out = '';
    let err = '';
    const io = {
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
      env: {},
      cwd: dir,
    };
    const code = await runCheck({ config: '.', ...options }, io);
    return { code, out: out.replaceAll(dir, '<dir>'), err: err.replaceAll(dir, '<dir>') };
  });
}

test('a sound configuration is counted', async () => {
  const summary = '2 networks, 3 metrics, 2 sources, 1 feed, 1 rule, 1 scenario';
  expect(await check({})).toEqual({ code: 0, out: `<dir> (--config) is fine: ${summary}\n`, err: '' });
});

test('a source that is not asked is named, with the reason', async () => {
  const { code, out, err } = await check({
    'sources.yaml': { replace: 'sources:\n', by: 'sources:\n  - id: lambda\n' },
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(/^lambda is not asked: needs LAMBDA_API_KEY \(.+\)\n<dir>/);
});

test('warnings go to the error stream and do not fail', async () => {
  const { code, err } = await check({ 'feeds.yaml': null });
  expect(code).toBe(0);
  expect(err).toBe(
    'warning: feeds.yaml:1:1: no feed is enabled: news() will count nothing; expected a feed that is enabled; add a feed, or leave it so\n',
  );
});

test('an address that polling would refuse is told at its place, unless it may be private', async () => {
  const feeds = { replace: 'https://example.com/feed.xml', by: 'http://127.1:8080/feed.xml' };
  const inside = await check({
    'feeds.yaml': feeds,
    'sources.yaml': `sources:
  - { id: akash, base: 'https://example.com:9000/akash' }
  - { id: coingecko, base: 'http://[::1]:80' , private: true }
  - { id: defillama, base: 'http://10.0.0.1', enabled: false }
  - id: mine
    json: http://localhost:8080/figures.json
    every: 15m
    samples: [{ series: ionet.gpu_utilization, value: /gpu }]
`,
  });
  const rest =
    'expected a public address at a usual port, or private: true; add private: true if the server is yours, or mend the address';
  expect(inside.code).toBe(0);
  expect(inside.err.split('\n').filter((line) => line.includes('will not be asked'))).toEqual([
    `warning: sources.yaml:2:24: base will not be asked, because its port is none of 80, 443, 8080 and 8443; ${rest}`,
    `warning: sources.yaml:6:11: json will not be asked, because its address is not public; ${rest}`,
    `warning: feeds.yaml:3:10: url will not be asked, because its address is not public; ${rest}`,
  ]);
  const open = { ...feeds, by: `${feeds.by}\n    private: true` };
  expect((await check({ 'feeds.yaml': open })).err).toBe('');
});

test('a built-in source asked more often than its provider bears is a problem', async () => {
  const { code, err } = await check({ 'sources.yaml': { replace: 'every: 10m', by: 'every: 30s' } });
  expect(code).toBe(1);
  expect(err).toMatch(
    /^sources\.yaml:3:12: every is too short for akash \(30s\); expected at least \d+m; write \d+m or more: .*\n {4}every: 30s\n {11}\^+\n1 problem\n$/,
  );
});

test('problems go to the error stream, and the exit code is 1', async () => {
  const { code, out, err } = await check({ 'tierwatch.yaml': { replace: 'tick: 1m', by: 'tick: 1' } });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^tierwatch\.yaml:6:7: tick is the number 1; .*\n {4}tick: 1\n {10}\^\n1 problem\n$/);
});

test('a mistake in a rule is shown in its line, also in a folded or quoted text', async () => {
  const shown = async (by: string): Promise<readonly string[]> => {
    const replace = 'avg(gpu_utilization, 7d) < 20%';
    return (await check({ 'rules/rules.yaml': { replace, by } })).err.split('\n').slice(1, 3);
  };
  expect(await shown('gpu_utilisation < 20%')).toEqual([
    '    when: gpu_utilisation < 20%',
    '          ^^^^^^^^^^^^^^^',
  ]);
  expect(await shown('"gpu_utilization < \\u0032\\u0030"')).toEqual([
    '    when: "gpu_utilization < \\u0032\\u0030"',
    '                             ^',
  ]);
  expect(await shown('>-\n      gpu_utilization < 20%\n      or h100_price < 2')).toEqual([
    '    or h100_price < 2',
    '                    ^',
  ]);
});

test('an address is not repeated with its line: it may hold a password or a key', async () => {
  const replace = /url: .*\n {4}outlet: The Wire/;
  const by = 'outlet: The Wire\n    trusts: [a] # https://key:secret@example.com/?token=secret';
  const { err } = await check({ 'feeds.yaml': { replace, by } });
  expect(err).toContain('unknown key "trusts"');
  expect(err).toContain('    trusts: [a] # https://·····');
  expect(err).not.toContain('secret');
});

test('a rule that can never fire is told at its place, and one that lacks a source in one line', async () => {
  const never = await check({ 'rules/rules.yaml': { replace: '< 20%', by: '< -5%' } });
  expect(never.code).toBe(0);
  expect(never.err).toMatch(
    /^warning: rules\/rules\.yaml:5:11: avg\(gpu_utilization, 7d\) < -5% is never true: .*\n {4}when: .*\n {10}\^+\n$/,
  );
  const both = await check({ 'rules/rules.yaml': { replace: '[akash]', by: 'all' } });
  expect(both.err).toBe('');
  const off: Readonly<Record<string, Change>> = {
    'sources.yaml': 'sources:\n  - { id: akash, enabled: false }\n  - id: coingecko\n',
  };
  expect((await check(off)).err).toBe(
    'warning: rules/rules.yaml:5:11: floor can never fire for akash: no enabled source gives akash.gpu_utilization; expected a source of each; add one to sources.yaml, or switch the rule off\n',
  );
  const json = await check(off, { json: true });
  expect(JSON.parse(json.out.split('\n')[0] ?? '')).toEqual({
    kind: 'warning',
    file: '<dir>/rules/rules.yaml',
    line: 5,
    column: 11,
    what: 'floor can never fire for akash: no enabled source gives akash.gpu_utilization',
    expected: 'a source of each',
    todo: 'add one to sources.yaml, or switch the rule off',
  });
});

test('a rule that is switched off is left in peace', async () => {
  const off = { replace: /< 20%/, by: '< -5%\n    enabled: false' };
  const { err } = await check({ 'rules/rules.yaml': off });
  expect(err).not.toContain('never true');
});

test('JSON is one object a line on the standard output', async () => {
  const bad = await check({ 'tierwatch.yaml': { replace: 'tick: 1m', by: 'tick: 1' } }, { json: true });
  expect({ code: bad.code, err: bad.err }).toEqual({ code: 1, err: '' });
  const [line = '', ...rest] = bad.out.trim().split('\n');
  expect(JSON.parse(line)).toMatchObject({ kind: 'problem', file: '<dir>/tierwatch.yaml', line: 6, column: 7 });
  expect(rest).toEqual([]);

  const good = await check({ 'feeds.yaml': null }, { json: true });
  expect(
    good.out
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each)),
  ).toMatchObject([
    { kind: 'warning' },
    { kind: 'ok', networks: 2, metrics: 3, sources: 2, feeds: 0, rules: 1, scenarios: 1 },
  ]);
});
