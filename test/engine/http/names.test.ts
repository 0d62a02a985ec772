import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dnsNames } from '../../../src/engine/http/names.ts';

/** A name server that knows good.test, denies none.test and never answers for slow.test. */
const server = createSocket('udp4', (query, from) => {
  const name = nameIn(query);
  if (name === 'slow.test') return;
  const isV4 = query.readUInt16BE(query.length - 4) === 1;
  const known = name === 'good.test' && isV4;
  const header = Buffer.from(query.subarray(0, 12));
  header.writeUInt16BE(name === 'none.test' ? 0x8183 : 0x8180, 2);
  header.writeUInt16BE(known ? 1 : 0, 6);
  header.writeUInt32BE(0, 8);
  const answer = known ? Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 93, 184, 216, 34]) : Buffer.alloc(0);
  server.send(Buffer.concat([header, query.subarray(12), answer]), from.port, from.address);
});

/** The question's name, and the query cut after it: extensions that follow are not echoed. */
function nameIn(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; query[at] !== 0; at += (query[at] ?? 0) + 1)
    labels.push(query.subarray(at + 1, at + 1 + (query[at] ?? 0)).toString());
  return labels.join('.');
}

let address = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  address = `127.0.0.1:${server.address().port}`;
});
afterAll(() => void server.close());

function look(name: string, all = true): Promise<unknown> {
  return new Promise((resolve) => {
    const names = dnsNames(200, [address]);
    names.lookup(name, { all }, (error, found, family) => resolve(error?.code ?? [found, family]));
  });
}

test('gives addresses in the form asked for', async () => {
  expect(await look('good.test')).toEqual([[{ address: '93.184.216.34', family: 4 }], undefined]);
  expect(await look('good.test', false)).toEqual(['93.184.216.34', 4]);
});

test('tells a name that is not there from a server that does not answer', async () => {
  expect(await look('none.test')).toBe('ENOTFOUND');
  expect(await look('slow.test')).toBe('EAI_AGAIN');
});

test('ends what is under way when closed', async () => {
  const names = dnsNames(60_000, [address]);
  const begun = Date.now();
  const ended = new Promise((resolve) => names.lookup('slow.test', { all: true }, (error) => resolve(error?.code)));
  names.close();
  expect(await ended).toBe('EAI_AGAIN');
  expect(Date.now() - begun).toBeLessThan(10_000);
});
