import { describe, expect, it } from 'vitest';
import { proxiesOf, proxyPasswords } from '../../src/cli/proxies.ts';

const proxies = (env: Readonly<Record<string, string>>) => proxiesOf({ env });

describe('proxies of the environment', () => {
  it('are none where nothing is set', () => {
    expect(proxies({})).toEqual({});
    expect(proxies({ HTTP_PROXY: ' ', NO_PROXY: '' })).toEqual({});
  });

  it('are read in capitals and in lower case, which goes first', () => {
    const env = { HTTP_PROXY: 'http://a:1', HTTPS_PROXY: 'https://b:2', NO_PROXY: 'example.org' };
    expect(proxies(env)).toEqual({ http: 'http://a:1', https: 'https://b:2', none: 'example.org' });
    expect(proxies({ ...env, http_proxy: 'http://c:3', no_proxy: '*' })).toMatchObject({
      http: 'http://c:3',
      none: '*',
    });
    expect(proxies({ ...env, https_proxy: '' })).toEqual({ http: 'http://a:1', none: 'example.org' });
  });

  it('may be written without a scheme', () => {
    expect(proxies({ https_proxy: 'proxy.example.com:3128' })).toEqual({ https: 'http://proxy.example.com:3128' });
    expect(proxies({ https_proxy: 'me:word@proxy:3128' })).toEqual({ https: 'http://me:word@proxy:3128' });
  });

  it.each([
    ['socks5://proxy:1080', 'is no http or https URL'],
    ['http://', 'is no http or https URL'],
    ['http://proxy:port', 'is no http or https URL'],
    ['http://only-hunter2@proxy:3128', 'has no readable user name and password'],
    ['http://:hunter2@proxy:3128', 'has no readable user name and password'],
    ['http://me:hunter2%zz@proxy:3128', 'has no readable user name and password'],
  ])('%s is refused by the name of its variable, and not repeated', (value, why) => {
    for (const name of ['HTTP_PROXY', 'https_proxy']) {
      expect(() => proxies({ [name]: value })).toThrow(`${name} ${why}`);
      expect(() => proxies({ [name]: value })).not.toThrow(/hunter2|1080/);
    }
  });

  it('tell their passwords to whoever keeps them out of records', () => {
    const env = { HTTP_PROXY: 'http://me:p%40ss@a:1', HTTPS_PROXY: 'http://b:2' };
    expect(proxyPasswords(proxies(env))).toEqual(['p@ss']);
  });
});
