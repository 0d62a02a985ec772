/** The proxies that the environment names, as curl and others read it. */
import { StartupError } from '../core/ports.ts';
import type { Proxies } from '../engine/http/proxy.ts';
import type { Io } from './io.ts';

/**
 * HTTP_PROXY, HTTPS_PROXY and NO_PROXY; in lower case they go first, and an empty one of those means none. Throws a
 * StartupError that names the variable, and never its value: there may be a password in it.
 */
export function proxiesOf({ env }: Pick<Io, 'env'>): Proxies {
  const [http, https] = [proxyOf(env, 'http_proxy'), proxyOf(env, 'https_proxy')];
  const none = env[nameIn(env, 'no_proxy')]?.trim() ?? '';
  return {
    ...(http === undefined ? {} : { http }),
    ...(https === undefined ? {} : { https }),
    ...(none === '' ? {} : { none }),
  };
}

/** The passwords of the proxies, as they are. */
export function proxyPasswords({ http, https }: Proxies): readonly string[] {
  return [http, https].flatMap((url) => (url === undefined ? [] : decodeURIComponent(new URL(url).password) || []));
}

type Env = Io['env'];

function nameIn(env: Env, lower: string): string {
  return env[lower] === undefined ? lower.toUpperCase() : lower;
}

function proxyOf(env: Env, lower: string): string | undefined {
  const name = nameIn(env, lower);
  const text = env[name]?.trim() ?? '';
  if (text === '') return undefined;
  const url = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new StartupError(
      `${name} is no http or https URL: set it to one such as http://proxy.example.com:3128, or leave it out`,
    );
  const { username, password } = new URL(url);
  if (!canDecode(username) || !canDecode(password) || (password === '') !== (username === ''))
    throw new StartupError(
      `${name} has no readable user name and password: write both before the host as user:password@, with %40 for @ and %25 for %, or neither`,
    );
  return url;
}

function canDecode(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
