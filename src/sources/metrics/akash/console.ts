/** What the sources of Akash's console API share: its address, its units, and how an answer finds its reader. */
import { z } from 'zod';
import type { Reading, Reply, Request } from '../../../core/ports.ts';
import type { Instant } from '../../../core/time.ts';
import { without, withoutAll } from '../../figures.ts';
import { readJson } from '../../json.ts';

/** What is the same for each of them. */
export const CONSOLE = {
  homepage: 'https://akash.network',
  terms: 'Public API of an Apache-2.0 project; /v1 is promised to stay as it is.',
  key: null,
} as const;

/** uakt, uact and uusd. */
export const MICRO = 1e6;

const FAILED = 'is 0 or less, which this API answers where it failed';
/** The API swallows its own errors and answers zeros: where nothing can be 0 in earnest, 0 is a failure. */
export const Alive = z.number().positive({ error: FAILED });
export const AliveCount = z.int().positive({ error: FAILED });

export type Endpoint = {
  readonly request: Request;
  /** What is missing where the body is no JSON. */
  readonly expected: readonly string[];
  readonly read: (body: unknown, now: Instant) => Reading;
};

/** @param path below /v1, such as `/network-capacity` */
export function endpointOf(path: string, expected: readonly string[], read: Endpoint['read']): Endpoint {
  return { request: { url: `https://console-api.akash.network/v1${path}` }, expected, read };
}

/** A source's `parse`: each answer to the reader of its endpoint. */
export function parserOf(endpoints: readonly Endpoint[]) {
  return (reply: Reply, request: Request, now: Instant): Reading => {
    const endpoint = endpoints.find((one) => one.request.url === request.url);
    if (endpoint === undefined) return without(request.url, 'is not asked by this source');
    const body = readJson(reply);
    return body.ok ? endpoint.read(body.value, now) : withoutAll(endpoint.expected, body.reason);
  };
}
