/** Decides which directory holds the owner's files, and names the reason. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Where = {
  /** Absolute. */
  readonly dir: string;
  readonly because: '--config' | 'TIERWATCH_CONFIG' | './config' | 'shipped with tierwatch';
};

/** Works from src/config and from dist/config alike. */
export const SHIPPED = fileURLToPath(new URL('../../config', import.meta.url));

/** `--config`, else TIERWATCH_CONFIG, else `./config` where there is one, else the files shipped with the program. */
export function configDirectory(
  option: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Where {
  if (option !== undefined) return { dir: resolve(cwd, option), because: '--config' };
  const set = env.TIERWATCH_CONFIG;
  if (set !== undefined && set !== '') return { dir: resolve(cwd, set), because: 'TIERWATCH_CONFIG' };
  const local = resolve(cwd, 'config');
  return existsSync(local) ? { dir: local, because: './config' } : { dir: SHIPPED, because: 'shipped with tierwatch' };
}
