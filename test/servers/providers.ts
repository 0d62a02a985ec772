/** One server that stands in for every provider: each under its source's id, with the shapes it documents. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Instant } from '../../src/core/time.ts';
import type { Provider, Route } from '../providers/provider.ts';
import { type Asked, startHttpServer } from './http.ts';

export type Providers = {
  /** What a source is told as its `base`. */
  base(source: string): string;
  /** Every request so far, its path with the source's id before it. */
  readonly asked: readonly Asked[];
  /** From now on this source's provider answers so; null: as it should. */
  spoil(source: string, answer: Answer | null): void;
  /** The sources.yaml that asks this server for everything. */
  sourcesYaml(): string;
  close(): Promise<void>;
};

/** Instead of a route's own body: given the route and its body as text. */
type Answer = (route: Route, body: string) => { readonly status?: number; readonly body: string | Buffer };

/** Bodies are dated around `now()`, whenever they are asked for. */
export async function startProviders(providers: readonly Provider[], now: () => Instant): Promise<Providers> {
  const spoilt = new Map<string, Answer>();
  const server = await startHttpServer((asked, response) => {
    const [, source = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(asked.path) ?? [];
    const provider = providers.find((one) => one.source === source);
    const route = provider?.routes(now()).find((one) => answers(one, rest, asked));
    if (route === undefined) return void response.writeHead(404).end(`nothing at ${asked.path}`);
    const [name, value] = route.needs ?? [];
    if (name !== undefined && asked.headers[name.toLowerCase()] !== value) return void response.writeHead(401).end();
    send(route, spoilt.get(source), asked, response);
  });
  const base = (source: string): string => server.url(`/${source}`);
  return {
    base,
    asked: server.asked,
    spoil: (source, answer) => void (answer === null ? spoilt.delete(source) : spoilt.set(source, answer)),
    sourcesYaml: () =>
      `sources:\n${providers.map(({ source }) => `  - { id: ${source}, base: '${base(source)}', private: true }\n`).join('')}`,
    close: server.close,
  };
}

/** Path and query as the source asks, whatever the host; of several questions to one address the one that was asked. */
function answers(route: Route, path: string, asked: Asked): boolean {
  return pathOf(route) === path && (route.asks === undefined || asked.body.includes(route.asks));
}

function pathOf({ url }: Route): string {
  const { pathname, search } = new URL(`https://${url}`);
  return pathname + search;
}

function bodyOf({ body }: Route): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function send(route: Route, spoil: Answer | undefined, asked: Asked, response: ServerResponse): void {
  const own = bodyOf(route);
  const { status = 200, body } = spoil?.(route, own) ?? { body: own };
  const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
  if (status === 200 && asked.headers['if-none-match'] === etag) return void response.writeHead(304).end();
  response.writeHead(status, {
    'content-type': route.type ?? (typeof route.body === 'string' ? 'text/plain' : 'application/json'),
    etag,
    ...(route.modified === undefined ? {} : { 'last-modified': new Date(route.modified).toUTCString() }),
  });
  response.end(body);
}
