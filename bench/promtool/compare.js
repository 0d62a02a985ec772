/** Holds the judgement against Prometheus: the same rules over the same series, at sampled instants. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { firingInstants, instantsOf } from './ours.js';
import { disagreements } from './prometheus.js';

/** Instants compared in each case: around changes first, chance for the rest. */
const SAMPLED = 20;
const AROUND = 7;

/**
 * Compares batches of cases. `firing` tells at which instants a case fires; another than the judgement's own shows
 * whether a difference would be seen. Where there are differences the files they are in are kept.
 */
export async function compare(batches, dice, firing = firingInstants) {
  const waiting = batches.map((batch) => ({ batch, expected: expectations(batch, dice, firing) }));
  const dir = await mkdtemp(join(tmpdir(), 'tierwatch-promtool-'));
  const differences = [];
  const figures = waiting.flatMap(({ expected }) => [...expected.values()].flatMap((answers) => [...answers.values()]));
  async function work() {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      differences.push(...(await disagreements(next.batch, next.expected, dir)));
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  if (differences.length === 0) await rm(dir, { recursive: true });
  return {
    cases: batches.flat().length,
    instants: figures.length,
    firing: figures.filter(Boolean).length,
    differences: differences.sort((a, b) => a.one.number - b.one.number || a.at - b.at),
  };
}

function expectations(batch, dice, firing) {
  return new Map(
    batch.map((one) => {
      const fires = firing(one);
      const instants = sampled(instantsOf(one), fires, dice);
      return [one, new Map(instants.map((at) => [at, fires.has(at)]))];
    }),
  );
}

/** Some instants at which a firing begins or ends, each with the one before; then any others, in order of time. */
function sampled(instants, fires, { pick }) {
  const edges = [...instants.keys()].slice(1).filter((at) => fires.has(instants[at]) !== fires.has(instants[at - 1]));
  const chosen = new Set();
  for (let n = 0; n < AROUND && edges.length > 0; n++) {
    const [index] = edges.splice(edges.indexOf(pick(edges)), 1);
    chosen.add(instants[index - 1]).add(instants[index]);
  }
  while (chosen.size < Math.min(SAMPLED, instants.length)) chosen.add(pick(instants));
  return [...chosen].sort((a, b) => a - b);
}
