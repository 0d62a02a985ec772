/** A small sound configuration, and directories on disk that hold it with something broken. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SOUND: Readonly<Record<string, string>> = {
  'tierwatch.yaml': `ladder:
  - { id: conviction, name: Conviction, meaning: Good. }
  - { id: avoid, name: Avoid, meaning: Bad. }
admins:
  discord: ['123456789012345678']
tick: 1m
timezone: Europe/Berlin
`,
  'networks.yaml': `networks:
  - id: akash
    name: Akash
    aliases: [Akash Network]
    tier: conviction
    reason: a test
  - id: ionet
    name: io.net
    tier: unrated
    reason: a test
clouds:
  - { id: aws, name: AWS }
references:
  - { id: bitcoin, name: Bitcoin }
`,
  'metrics.yaml': `gpus: [h100, a100]
metrics:
  - id: gpu_utilization
    unit: ratio
    meaning: Share of GPUs leased.
    range: [0, 1]
  - id: <gpu>_price
    unit: usd/gpu-hour
    meaning: Price of one GPU.
    maxAge: 2d
`,
  'sources.yaml': `sources:
  - id: akash
    every: 10m
  - id: mine
    json: http://localhost:8080/figures.json
    every: 15m
    private: true
    samples:
      - { series: akash.gpu_utilization, value: /gpu/utilization, at: /updated }
`,
  'feeds.yaml': `feeds:
  - id: wire
    url: https://example.com/feed.xml
    outlet: The Wire
    owner: wire
    trust: press
`,
  'rules/rules.yaml': `rules:
  - id: floor
    title: Utilization is low
    networks: [akash]
    when: avg(gpu_utilization, 7d) < 20%
    for: 14d
    keepFiringFor: 3d
    effect: { cap: avoid }
scenarios:
  - rule: floor
    name: it fires
    network: akash
    tier: conviction
    series: { akash.gpu_utilization: 0.1x20 }
    expect:
      - { at: 15d, phase: firing, tier: avoid }
`,
};

/** What a case does to the sound files: a whole new file, none (null), a directory in its place, or a replaced part. */
export type Change =
  | string
  | Uint8Array
  | null
  | 'directory'
  | { readonly replace: string | RegExp; readonly by: string };

/** Runs with the directory, and removes it afterwards. */
export async function withFolder<T>(
  changes: Readonly<Record<string, Change>>,
  run: (dir: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'tierwatch-config-'));
  try {
    await mkdir(join(dir, 'rules'));
    for (const name of new Set([...Object.keys(SOUND), ...Object.keys(changes)]))
      await put(join(dir, name), contentOf(name, changes));
    return await run(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function put(path: string, content: string | Uint8Array | null): Promise<void> {
  if (content === null) return;
  if (content === 'directory') await mkdir(path, { recursive: true });
  else {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
}

function contentOf(name: string, changes: Readonly<Record<string, Change>>): string | Uint8Array | null {
  const change = changes[name];
  const sound = SOUND[name] ?? '';
  if (change === undefined) return sound;
  if (change === null || typeof change === 'string' || change instanceof Uint8Array) return change;
  const changed = sound.replace(change.replace, () => change.by);
  if (changed === sound) throw new Error(`nothing to replace in ${name}: ${String(change.replace)}`);
  return changed;
}
