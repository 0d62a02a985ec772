/** A real HTTP server on a free local port that keeps a record of what it was asked. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};

export type Handler = (asked: Asked, response: ServerResponse) => void;

export type HttpServer = {
  /** `http://127.0.0.1:port` + path, or another host name for the same port. */
  url(path: string, host?: string): string;
  readonly asked: Asked[];
  /** The most requests under way at one time so far. */
  readonly most: () => number;
  /** Connections opened so far. */
  readonly connections: () => number;
  close(): Promise<void>;
};

/** Listens on the IPv4 loopback address; give `::1` for the IPv6 one. */
export async function startHttpServer(handler: Handler, address = '127.0.0.1'): Promise<HttpServer> {
  const asked: Asked[] = [];
  let [open, most, connections] = [0, 0, 0];
  const server = createServer(async (request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => {
      open -= 1;
    });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const entry = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    asked.push(entry);
    handler(entry, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, address);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (path, host = '127.0.0.1') => `http://${host}:${port}${path}`,
    asked,
    most: () => most,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
