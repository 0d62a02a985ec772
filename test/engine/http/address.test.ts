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
    ['loopback', '127.0.0.0', '127.0.0.1', '127.255.255.255', '::1'],
    ['unspecified', '0.0.0.0', '0.255.255.255', '::'],
    [
      'private (RFC 1918)',
      '10.0.0.0',
      '10.255.255.255',
      '172.16.0.0',
      '172.31.255.255',
      '192.168.0.0',
      '192.168.255.255',
    ],
    ['unique local', 'fc00::', 'fdff:ffff::1'],
    ['link-local', '169.254.0.0', '169.254.169.254', '169.254.255.255', 'fe80::1', 'febf::1'],
    ['site-local', 'fec0::1'],
    ['carrier-grade NAT', '100.64.0.0', '100.127.255.255'],
    ['multicast', '224.0.0.0', '239.255.255.255', 'ff02::1', 'ff0e::1'],
    ['broadcast', '255.255.255.255'],
    ['reserved', '240.0.0.0', '255.255.255.254', '192.0.0.1', '4000::1', 'e000::1'],
    ['benchmarking', '198.18.0.0', '198.19.255.255', '2001:2::1'],
    ['documentation', '192.0.2.1', '198.51.100.1', '203.0.113.255', '2001:db8::1', '3fff::1'],
    ['IPv4-mapped', '::ffff:8.8.8.8', '::ffff:10.0.0.1', '::ffff:7f00:1'],
    ['IPv4-compatible', '::127.0.0.1', '::8.8.8.8'],
    ['IPv4-translated', '::ffff:0:8.8.8.8'],
    ['NAT64', '64:ff9b::808:808', '64:ff9b::7f00:1', '64:ff9b:1::1'],
    ['6to4', '2002:7f00:1::', '2002:808:808::1', '192.88.99.1'],
    ['Teredo', '2001::1', '2001:0:4136:e378::1'],
    ['ORCHID', '2001:10::1', '2001:20::1'],
    ['discard', '100::1'],
    ['with a zone', 'fe80::1%eth0', '2606:4700:4700::1111%eth0'],
    ['no address', '', 'localhost', 'example.org', '1.1.1.1.', '[::1]'],
  ])('%s is not', (_, ...addresses) => {
    expect(addresses.filter(isPublic)).toEqual([]);
  });

  test('next to the ranges it is', () => {
    const beside = ['9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255', '128.0.0.1'];
    const more = ['172.15.255.255', '172.32.0.0', '192.167.1.1', '198.17.255.255', '198.20.0.0', '223.255.255.255'];
    expect([...beside, ...more].filter((ip) => !isPublic(ip))).toEqual([]);
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
