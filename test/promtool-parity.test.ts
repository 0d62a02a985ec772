/** The comparison with Prometheus, on few cases, and that it would see a difference. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const BENCH = new URL('../bench/', import.meta.url);
const COMMAND = fileURLToPath(new URL('promtool-parity', BENCH));
const PATIENCE = 120_000;

type Case = { readonly number: number; readonly for: number; readonly every: number };
type Difference = { readonly one: Case; readonly at: number; readonly file: string };
type Dice = { readonly toss: () => number };
type Found = { readonly instants: number; readonly firing: number; readonly differences: readonly Difference[] };
type Parity = {
  missing(): Promise<string | null>;
  dice(seed: number): Dice;
  batches(count: number, dice: Dice): readonly (readonly Case[])[];
  firingInstants(one: Case): ReadonlySet<number>;
  compare(cases: readonly (readonly Case[])[], dice: Dice, firing: Parity['firingInstants']): Promise<Found>;
};

/** The benches are plain JavaScript without types of their own. */
async function part<Name extends keyof Parity>(file: string, name: Name): Promise<Parity[Name]> {
  const module: Pick<Parity, Name> = await import(new URL(`promtool/${file}`, BENCH).href);
  return module[name];
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8', env });
  return { status, stdout };
}

const why = await (await part('prometheus.js', 'missing'))();
if (why !== null) console.log(`skipped: ${why}, so the judgement cannot be compared with Prometheus`);

describe('bench/promtool-parity', () => {
  it('runs by its own name and explains itself', () => {
    const { status, stdout } = spawnSync(COMMAND, ['--help'], { encoding: 'utf8' });
    expect(status).toBe(0);
    expect(stdout).toContain('Example: bench/promtool-parity --cases 50 --seed 7');
    expect(run(['--cases', 'many'])).toMatchObject({ status: 2, stdout: expect.stringContaining('--cases: expected') });
    expect(run(['--sed', '1'])).toMatchObject({ status: 2, stdout: expect.stringContaining("'--sed'") });
  });

  it('says where promtool comes from when it is not there', () => {
    const { status, stdout } = run([], { PATH: dirname(COMMAND) });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^skipped: promtool is not installed.*apt-get install prometheus/);
  });

  it.skipIf(why !== null)(
    'finds no difference, where a good share of the instants fires',
    () => {
      const { status, stdout } = run(['--cases', '8', '--seed', '5']);
      expect(stdout).toMatch(/cases +8\ninstants compared +160\n/);
      expect(stdout).toMatch(/differences +0\n/);
      expect(status).toBe(0);
    },
    PATIENCE,
  );

  it.skipIf(why !== null)(
    'would see a rule that fires one evaluation late, and keeps the files',
    async () => {
      const firing = await part('ours.js', 'firingInstants');
      const compare = await part('compare.js', 'compare');
      const chance = (await part('dice.js', 'dice'))(5);
      const cases = (await part('cases.js', 'batches'))(8, chance);
      const late: typeof firing = (one) => firing({ ...one, for: one.for + one.every });
      const { differences } = await compare(cases, chance, late);
      expect(differences.length).toBeGreaterThan(5);
      const [first] = differences;
      if (first === undefined) return;
      expect(existsSync(first.file)).toBe(true);
      const { one, at } = first;
      expect(late(one).has(at)).not.toBe(firing(one).has(at));
      await rm(dirname(first.file), { recursive: true });
    },
    PATIENCE,
  );
});
