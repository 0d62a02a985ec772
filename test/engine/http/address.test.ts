import type { LookupFunction } from 'node:net';
import { describe, expect, test } from 'vitest';
import { AddressRefused, guardConnector, guardLookup, isPublic } from '../../../src/engine/http/address.ts';
import { startHttpServer } from '../../servers/http.ts';

describe('isPublic', () => {
  test.each(['1.1.1.1', '93.184.215.14', '8.8.8.8', '2606:4700:4700::1111', '2a00:1450:4001:81b::200e'])(
    '%s is',
    (ip) => {
      expect(isPublic(ip)).toBe(true);
    },
  );

  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.127.255.255',
    '198.18.0.1',
    '192.0.2.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:10.0.0.1',
    '64:ff9b::808:808',
    '64:ff9b:1::1',
    '2001::1',
    '2002:7f00:1::',
    '2001:db8::1',
    '3fff::1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
    '100::1',
    '',
    'localhost',
    'example.org',
  ])('%s is not', (ip) => {
    expect(isPublic(ip)).toBe(false);
  });
});

describe('guardLookup', () => {
  function looked(addresses: readonly string[], all: boolean): Promise<unknown> {
    const lookup: LookupFunction = (_, options, callback) =>
      options.all
        ? callback(
            null,
            addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
          )
        : callback(null, addresses[0] ?? '', 4);
    return new Promise((resolve) =>
      guardLookup(lookup)('name.example', { all }, (error, address) => resolve(error ?? address)),
    );
  }

  test('passes public addresses on, one or all', async () => {
    expect(await looked(['1.1.1.1'], false)).toBe('1.1.1.1');
    expect(await looked(['1.1.1.1', '2606:4700::1'], true)).toHaveLength(2);
  });

  test('one address inside spoils the name', async () => {
    expect(await looked(['1.1.1.1', '10.0.0.1'], true)).toBeInstanceOf(AddressRefused);
    expect(await looked(['::1'], true)).toBeInstanceOf(AddressRefused);
    expect(await looked(['192.168.1.1'], false)).toBeInstanceOf(AddressRefused);
    expect(await looked([], true)).toBeInstanceOf(AddressRefused);
  });
});

test('a peer that is not the address checked is dropped again', async () => {
  const server = await startHttpServer(() => {});
  const port = new URL(server.url('/')).port;
  let asked = 0;
  // Public when looked at first, loopback from then on: what a name bound anew between check and use would be.
  const turning = {
    family: 4,
    get address() {
      asked += 1;
      return asked === 1 ? '1.1.1.1' : '127.0.0.1';
    },
  };
  const connect = guardConnector((_, __, callback) => callback(null, [turning]), 1000);
  const result = await new Promise((resolve) => {
    connect({ hostname: 'name.example', host: 'name.example', protocol: 'http:', port }, (error, socket) =>
      resolve(error ?? socket),
    );
  });
  expect(result).toBeInstanceOf(AddressRefused);
  expect(asked).toBeGreaterThan(1);
  expect(server.asked).toEqual([]);
  await server.close();
});
