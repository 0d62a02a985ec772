/** Settings of the environment: values, secrets from files, and a `.env` where there is one. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { StartupError } from '../core/ports.ts';
import type { Io } from './io.ts';

type Env = Io['env'];

/** Reads `.env` of the working directory into the process' environment; what is set already wins. */
export function loadDotEnv(cwd: string): void {
  const file = join(cwd, '.env');
  if (!existsSync(file)) return;
  try {
    const text = readFileSync(file, 'utf8');
    if (text.includes('\0')) throw new Error('binary');
    // parseEnv takes a byte order mark for a part of the first name.
    for (const [name, value] of Object.entries(parseEnv(text.replace(/^\uFEFF/, '')))) process.env[name] ??= value;
  } catch {
    throw new StartupError(`${file} cannot be read: make it a readable text file of NAME=value lines, or remove it`);
  }
}

/** A setting, or undefined where it is absent or empty. */
export function setting(env: Env, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

/** A setting that may stand in a file named by `NAME_FILE` instead. Both at once is a mistake; so is an empty file. */
export function secret(env: Env, name: string, cwd: string): string | undefined {
  const [direct, file] = [setting(env, name), setting(env, `${name}_FILE`)];
  if (direct !== undefined && file !== undefined)
    throw new StartupError(`${name} and ${name}_FILE are both set: keep one of them`);
  if (file === undefined) return direct;
  const text = readSecret(resolve(cwd, file), name);
  if (text === '') throw new StartupError(`${name}_FILE names ${file}, which is empty: put the value there`);
  return text;
}

function readSecret(path: string, name: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new StartupError(
      `${name}_FILE names ${path}, which cannot be read (${code}): mend the path or its permissions`,
    );
  }
}

/** A base URL without a slash at its end. */
function baseUrl(env: Env, name: string, cwd: string): string | undefined {
  const text = secret(env, name, cwd);
  if (text === undefined) return undefined;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new StartupError(
      `${name} is no http or https URL: set it to one such as https://example.com/api, or leave it out`,
    );
  return text.replace(/\/+$/, '');
}

/** Tokens and addresses of the platforms, as far as they are set. */
export type Access = {
  readonly discord?: string;
  readonly discordApi?: string;
  readonly telegram?: string;
  readonly telegramApi?: string;
};

export function accessOf({ env, cwd }: Io): Access {
  const found = {
    discord: secret(env, 'DISCORD_TOKEN', cwd),
    // The client appends the version itself.
    discordApi: baseUrl(env, 'DISCORD_API', cwd)?.replace(/\/v\d+$/, ''),
    telegram: secret(env, 'TELEGRAM_TOKEN', cwd),
    telegramApi: baseUrl(env, 'TELEGRAM_API_ROOT', cwd),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
