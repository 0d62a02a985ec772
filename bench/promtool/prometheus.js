/** The other side: cases written as Prometheus rules and unit tests, and what `promtool test rules` says of them. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** `keep_firing_for` came with this release. */
const NEEDED = [2, 42];

/** Why promtool cannot be asked, in words, or null where it can. */
export async function missing() {
  const { failed, out } = await promtool(['--version']);
  const version = /version (\d+)\.(\d+)/.exec(out);
  if (failed || version === null) return 'promtool is not installed';
  const [major, minor] = [Number(version[1]), Number(version[2])];
  const old = major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1]);
  return old ? `promtool ${major}.${minor} is older than ${NEEDED.join('.')} and knows no keep_firing_for` : null;
}

/**
 * Asks whether the alerts that fire are those expected: `expected` gives for each case a map from instants to whether
 * it fires. Returns those where Prometheus disagrees, and the test file they are in.
 */
export async function disagreements(batch, expected, dir) {
  const name = `cases-${batch[0].number}`;
  const test = join(dir, `${name}.test.json`);
  await writeFile(join(dir, `${name}.rules.json`), JSON.stringify({ groups: [groupOf(batch)] }));
  await writeFile(test, JSON.stringify(testOf(batch, expected, `${name}.rules.json`)));
  const { failed, out } = await promtool(['test', 'rules', test]);
  const found = [...out.matchAll(/alertname: case_(\d+), time: (\w+),/g)].map(([, number, time]) => ({
    one: batch.find((candidate) => candidate.number === Number(number)),
    at: parseGo(time),
    file: test,
  }));
  // Where promtool fails for another reason, such as a rule it cannot read, it did not compare anything.
  if (failed !== found.length > 0) throw new Error(`promtool gave no answer on ${test}:\n${out.slice(0, 2000)}`);
  return found;
}

function promtool(args) {
  return new Promise((resolve) => {
    execFile('promtool', args, { maxBuffer: 2 ** 28 }, (error, out, err) =>
      resolve({ failed: error !== null, out: `${out}\n${err}` }),
    );
  });
}

function groupOf(batch) {
  const rules = batch.map((one) => ({
    alert: `case_${one.number}`,
    expr: one.expr,
    for: `${one.for}ms`,
    keep_firing_for: `${one.keepFiringFor}ms`,
  }));
  return { name: 'cases', rules };
}

function testOf(batch, expected, rules) {
  return {
    rule_files: [rules],
    evaluation_interval: `${batch[0].every}ms`,
    tests: [
      {
        interval: '1h',
        input_series: batch.flatMap((one) =>
          [...one.series].map(([metric, values]) => ({
            series: `${metric}{case="${one.number}"}`,
            values: values.join(' '),
          })),
        ),
        alert_rule_test: batch.flatMap((one) =>
          [...(expected.get(one) ?? [])].map(([at, fires]) => ({
            eval_time: `${at}ms`,
            alertname: `case_${one.number}`,
            exp_alerts: fires ? [{ exp_labels: { case: String(one.number) } }] : [],
          })),
        ),
      },
    ],
  };
}

const GO_UNITS = { y: 31_536_000_000, w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Milliseconds of a duration as Prometheus prints it: `2w1d3h20m`. */
function parseGo(text) {
  return [...text.matchAll(/(\d+)(ms|[ywdhms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * GO_UNITS[unit],
    0,
  );
}
