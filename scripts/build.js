/**
 * Compiles src to dist, unless dist is newer: runs after an install and before the commands that need it. The program
 * itself is then bundled with what every command reads first: opening two hundred small files takes longer than most
 * commands do.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const program = join(root, 'dist/main.js');
/** Written by the compiler: its own record of what it compiled. */
const record = join(root, 'dist/build.json');
/** Packages that come along in the bundle; the others are loaded by the commands that need them. */
const BUNDLED = ['commander', 'csv-parse', 'immutable', 'yaml', 'zod'];

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isCurrent() {
  const inputs = ['src', 'scripts', 'package.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) =>
    newest(join(root, name)),
  );
  // The program is written last.
  return existsSync(record) && existsSync(program) && statSync(program).mtimeMs > Math.max(...inputs);
}

/** Whether an import stays one: of Node, and of packages that only some commands need. */
function isExternal(id) {
  const isOwn = id.startsWith('.') || id.startsWith('/') || /^[A-Za-z]:/.test(id);
  return !isOwn && !BUNDLED.some((name) => id === name || id.startsWith(`${name}/`));
}

/** Shared parts lie one folder deep, like the files they are made of, so that paths relative to them stay right. */
async function bundle() {
  const { rolldown } = await import('rolldown');
  rmSync(join(root, 'dist/bundle'), { recursive: true, force: true });
  const built = await rolldown({ input: join(root, 'src/main.ts'), platform: 'node', external: isExternal });
  await built.write({
    dir: join(root, 'dist'),
    format: 'esm',
    entryFileNames: 'main.js',
    chunkFileNames: 'bundle/[name].js',
    sourcemap: true,
  });
}

if (!isCurrent()) {
  if (!existsSync(compiler)) {
    console.error(
      'Tierwatch is not compiled and its compiler is not installed: run `npm ci` with development dependencies.',
    );
    process.exit(1);
  }
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
  await bundle();
  chmodSync(program, 0o755);
}
