/** Compiles src to dist, unless dist is newer: runs after an install and before the commands that need it. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const program = join(root, 'dist/main.js');
/** Written last by the compiler: its own record of what it compiled. */
const record = join(root, 'dist/build.json');

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function isCurrent() {
  const inputs = ['src', 'package.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) =>
    newest(join(root, name)),
  );
  return existsSync(program) && existsSync(record) && statSync(record).mtimeMs > Math.max(...inputs);
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
  chmodSync(program, 0o755);
}
