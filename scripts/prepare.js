/** After an install: compiles src to dist, and links the program so that `npx tierwatch` runs this clone. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const compiler = `${root}node_modules/typescript/bin/tsc`;
const program = `${root}dist/main.js`;

if (existsSync(compiler)) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
} else if (!existsSync(program)) {
  console.error(
    'tierwatch is not compiled and the compiler is not installed: run `npm ci` with development dependencies once.',
  );
  process.exit(1);
}

// npx looks here first; without the link it would install the clone into a cache of its own. Windows needs a shim instead.
if (process.platform !== 'win32' && existsSync(`${root}node_modules`)) {
  chmodSync(program, 0o755);
  mkdirSync(`${root}node_modules/.bin`, { recursive: true });
  rmSync(`${root}node_modules/.bin/tierwatch`, { force: true });
  symlinkSync('../../dist/main.js', `${root}node_modules/.bin/tierwatch`);
}
