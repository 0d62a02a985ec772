/** Paints SVG as PNG in a thread of its own: painting takes longer than anything else in the process may wait. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

type Threads = typeof import('node:worker_threads');
type Resvg = typeof import('@resvg/resvg-wasm');
/** What the thread begins with: where the painter's code is, its WebAssembly, and the fonts it may use. */
type Given = { readonly code: string; readonly wasm: Uint8Array; readonly fonts: Uint8Array[] };

/**
 * The thread's program: one PNG for each SVG it is sent. It is handed over as text, since a thread cannot start from
 * TypeScript, and so may use nothing but its parameters.
 */
function program({ parentPort, workerData }: Threads, load: NodeJS.Require): void {
  const { code, wasm, fonts }: Given = workerData;
  const { initWasm, Resvg }: Resvg = load(code);
  const ready = initWasm(wasm);
  parentPort?.on('message', async (svg: string) => {
    await ready;
    const drawing = new Resvg(svg, { font: { fontBuffers: fonts, defaultFontFamily: 'Inter' } });
    const image = drawing.render();
    parentPort.postMessage(image.asPng());
    image.free();
    drawing.free();
  });
}

const require = createRequire(import.meta.url);
const FONTS = [
  require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
] as const;

let thread: Worker | undefined;

async function start(): Promise<Worker> {
  const [wasm, ...fonts] = await Promise.all([
    readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')),
    ...FONTS.map((font) => readFile(font)),
  ]);
  const given: Given = { code: require.resolve('@resvg/resvg-wasm'), wasm, fonts };
  const text = `(${program})(require('node:worker_threads'), require)`;
  const worker = new Worker(text, { eval: true, workerData: given, execArgv: [] });
  // After a failure the next picture gets a thread of its own.
  worker.on('error', () => {
    if (thread === worker) thread = undefined;
  });
  return worker;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * The SVG as PNG, as large as the SVG says. Pictures are painted one after the other; the thread stays for the next one
 * and keeps no process alive. Rejects what is no SVG.
 */
export function toPng(svg: string): Promise<Uint8Array> {
  const painted = last.then(() => paint(svg));
  last = painted.catch(() => undefined);
  return painted;
}

async function paint(svg: string): Promise<Uint8Array> {
  thread ??= await start();
  const worker = thread;
  worker.ref();
  try {
    const answer = once(worker, 'message');
    worker.postMessage(svg);
    const [png] = await answer;
    return png;
  } catch (cause) {
    throw new Error(`the picture could not be painted: ${cause instanceof Error ? cause.message : cause}`, { cause });
  } finally {
    worker.unref();
  }
}
