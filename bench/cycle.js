/** A poll cycle over many slow endpoints against the slowest host alone, and what a cycle costs in which nothing changed. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadConfig } from '../dist/config/load.js';
import { pollOnce } from '../dist/engine/ask.js';
import { createHttp } from '../dist/engine/http.js';
import { declared } from '../dist/sources/metrics/declared.js';
import { sane } from '../dist/sources/sane.js';
import { openStore } from '../dist/store/open.js';
import { median } from './record.js';

const CONFIG = fileURLToPath(new URL('../config', import.meta.url));
const ENDPOINTS = 40;
/** The endpoints share these hosts, so some hosts are asked twice, one after the other. */
const HOSTS = 32;
const [QUICKEST, SLOWEST] = [20, 800];
/** As large as a price list of a cloud. */
const PADDING = 20_000;
const ROUNDS = 3;
const MOST_RATIO = 1.15;
const MOST_BYTES = 0.05;

/** From the quickest to the slowest, in even steps. */
const latencyOf = (n) => QUICKEST + Math.round(((SLOWEST - QUICKEST) * n) / (ENDPOINTS - 1));
const hostOf = (n) => `127.0.1.${(n % HOSTS) + 1}`;

/** A server that takes its time, tells whether a body is the one sent before, and counts the bytes it writes. */
async function startServer() {
  const sockets = new Set();
  const server = createServer(async (request, response) => {
    const n = Number(new URL(request.url, 'http://localhost').searchParams.get('n'));
    const body = JSON.stringify({ value: 0.5, padding: String(n).padEnd(PADDING, '.') });
    const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
    await wait(latencyOf(n));
    const same = request.headers['if-none-match'] === etag;
    response.writeHead(same ? 304 : 200, { etag, 'content-type': 'application/json' });
    response.end(same ? undefined : body);
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.keepAliveTimeout = 30_000;
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  return {
    port: server.address().port,
    bytes: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, 0),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function sourcesAt(port) {
  return Array.from({ length: ENDPOINTS }, (_, n) =>
    declared({
      id: `s${n}`,
      json: `http://${hostOf(n)}:${port}/?n=${n}`,
      every: 60_000,
      private: true,
      samples: [{ series: 'akash.gpu_utilization', value: '/value' }],
    }),
  );
}

/** Milliseconds from the first question to the last figure on disk. */
async function cycle(sources, parts) {
  const { http, catalogue, store, clock } = parts;
  const start = performance.now();
  await Promise.all(
    sources.map(async (source) => {
      const polled = await pollOnce(source, http, sane, catalogue, clock);
      for (const { failed } of polled) if (failed !== null) throw new Error(failed);
      await store.observe(
        polled.flatMap(({ reading }) => reading.samples),
        [],
      );
    }),
  );
  return performance.now() - start;
}

/** Prints the figures through `print`, a line at a time; gives true where all are within their bounds. */
export async function run(print) {
  const root = await mkdtemp(join(tmpdir(), 'tierwatch-bench-'));
  const server = await startServer();
  const clock = { now: () => Date.now() };
  const report = (line) => process.stderr.write(`${line}\n`);
  const store = await openStore({ dir: join(root, 'data'), retention: 1e12, now: clock.now(), report });
  const loaded = await loadConfig(CONFIG, { polled: false });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const sources = sourcesAt(server.port);
  const busiest = slowestHost(sources);
  try {
    const ratios = [];
    const shares = [];
    for (let round = 0; round < ROUNDS; round++) {
      const http = createHttp({ userAgent: 'bench', clock });
      const parts = { http, catalogue: loaded.config.catalogue, store, clock };
      const own = await cycle(busiest, parts);
      await http.close();
      const fresh = createHttp({ userAgent: 'bench', clock });
      const before = server.bytes();
      const first = await cycle(sources, { ...parts, http: fresh });
      const between = server.bytes();
      const second = await cycle(sources, { ...parts, http: fresh });
      const after = server.bytes();
      await fresh.close();
      ratios.push(Math.max(first, second) / own);
      shares.push((after - between) / (between - before));
      print(
        `  ${ENDPOINTS} endpoints on ${HOSTS} hosts: ${Math.round(first)} ms, again ${Math.round(second)} ms; the slowest host alone ${Math.round(own)} ms`,
      );
    }
    const [ratio, share] = [median(ratios), median(shares)];
    print(`  cycle over slowest host ${ratio.toFixed(2)} (at most ${MOST_RATIO})`);
    print(`  bytes of a cycle in which nothing changed ${(share * 100).toFixed(1)}% (at most ${MOST_BYTES * 100}%)`);
    return ratio <= MOST_RATIO && share <= MOST_BYTES;
  } finally {
    await store.close();
    server.close();
    await rm(root, { recursive: true, force: true });
  }
}

/** The endpoints of the host whose answers take longest in all: asked alone, one after the other, they take its own time. */
function slowestHost(sources) {
  const hosts = new Map();
  for (const [n, source] of sources.entries()) hosts.set(hostOf(n), [...(hosts.get(hostOf(n)) ?? []), { n, source }]);
  const total = (some) => some.reduce((sum, { n }) => sum + latencyOf(n), 0);
  const [slowest] = [...hosts.values()].toSorted((a, b) => total(b) - total(a));
  return slowest.map(({ source }) => source);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = (await run((line) => console.log(line))) ? 0 : 1;
