/** What `bench/promtool-parity` does: reads its options, compares, and tells what came of it. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HELP = `Compares the phases of random rules over random hourly series with Prometheus' own, through \`promtool test rules\`.

Usage: bench/promtool-parity [--cases <number>] [--seed <number>]

  --cases   how many rules, 200 unless given
  --seed    what chance starts from, 1 unless given; the same seed gives the same cases

Example: bench/promtool-parity --cases 50 --seed 7

Ends with 1 where a difference is found, or where so few rules fire that the comparison would say little.
`;

/** Fewer firing instants than this share, or fewer quiet ones, and the comparison says little. */
const LEAST_SHARE = 0.2;

/** Runs the command; `print` gets a line at a time. Gives the exit code. */
export async function main(args, print) {
  const options = read(args);
  if (typeof options === 'string') {
    print(`${options}\n\n${HELP}`);
    return 2;
  }
  if (options.help) {
    print(HELP);
    return 0;
  }
  const { missing } = await import('./prometheus.js');
  const why = await missing();
  if (why !== null) {
    print(`skipped: ${why}. Debian and Ubuntu: apt-get install prometheus. Elsewhere: the archives at`);
    print('https://github.com/prometheus/prometheus/releases hold it.');
    return 0;
  }
  build();
  return report(options, print);
}

function read(args) {
  const whole = (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined);
  try {
    const { values } = parseArgs({
      args,
      options: {
        cases: { type: 'string', default: '200' },
        seed: { type: 'string', default: '1' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const [cases, seed] = [whole(values.cases), whole(values.seed)];
    if (cases === undefined || cases === 0) return '--cases: expected a whole number from 1';
    return seed === undefined ? '--seed: expected a whole number' : { cases, seed, help: values.help };
  } catch (error) {
    return error.message;
  }
}

function build() {
  const script = fileURLToPath(new URL('../../scripts/build.js', import.meta.url));
  const { status } = spawnSync(process.execPath, [script], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

async function report({ cases, seed }, print) {
  const [{ batches }, { compare }, { dice }] = await Promise.all([
    import('./cases.js'),
    import('./compare.js'),
    import('./dice.js'),
  ]);
  const chance = dice(seed);
  const found = await compare(batches(cases, chance), chance);
  const share = found.firing / found.instants;
  print(`cases               ${found.cases}`);
  print(`instants compared   ${found.instants}`);
  print(`firing among them   ${found.firing} (${Math.round(share * 100)}%)`);
  print(`differences         ${found.differences.length}`);
  print(`seed                ${seed}`);
  for (const { one, at, file } of found.differences) {
    print(`\ncase ${one.number} after ${at / 60_000}m; its series are in ${file}`);
    print(`  when: ${one.when}`);
    print(
      `  for: ${one.for / 60_000}m, keepFiringFor: ${one.keepFiringFor / 60_000}m, judged every ${one.every / 60_000}m`,
    );
    print(`  expr: ${one.expr}`);
  }
  if (Math.min(share, 1 - share) >= LEAST_SHARE) return found.differences.length === 0 ? 0 : 1;
  print(`\nToo few instants of one kind: at least ${LEAST_SHARE * 100}% should fire, and at least as many not.`);
  return 1;
}
