import { describe, expect, test } from 'vitest';
import { refusedUnlessPrivate } from '../../../src/engine/http/refusal.ts';

const refused = (url: string) => refusedUnlessPrivate(new URL(url));

describe('an address that leads inside', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.01/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://0/',
    'http://10.1/',
    'http://192.168.257/',
    'http://3232235777/',
    'https://[::1]/',
    'https://[0:0:0:0:0:ffff:10.0.0.1]/',
    'https://[::ffff:a9fe:a9fe]/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://db.localhost/',
    'http://metadata.google.internal/',
    'http://printer.local./',
    'http://nas.home.arpa/',
    'http://router/',
    'http://router./',
  ])('%s is refused by its host', (url) => {
    expect(refused(url)).toBe('its address is not public');
  });

  test('of host and port the host is named', () => {
    expect(refused('http://127.0.0.1:22/')).toBe('its address is not public');
  });

  test.each(['http://[fe80::1%25eth0]/', 'http://[fe80::1%eth0]/', 'http://256.0.0.1/', 'http://1.2.3.4.5/'])(
    '%s is no URL at all',
    (url) => {
      expect(URL.canParse(url)).toBe(false);
    },
  );
});

describe('ports', () => {
  test.each([
    'http://example.org/',
    'https://example.org/',
    'https://example.org:80/',
    'http://example.org:443/',
    'http://example.org.:8080/',
    'https://example.org:8443/',
    'https://local.example.org/',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]:8443/',
  ])('%s may be asked', (url) => {
    expect(refused(url)).toBeNull();
  });

  test.each([0, 21, 22, 23, 25, 81, 442, 3306, 5432, 6379, 8000, 8081, 9200, 11211, 27017, 65535])(
    '%i may not',
    (port) => {
      expect(refused(`https://example.org:${port}/`)).toBe('its port is none of 80, 443, 8080 and 8443');
    },
  );
});
