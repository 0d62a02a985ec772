/** A real HTTP proxy on a free local port: forwards requests in absolute form and tunnels CONNECT, and remembers both. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

type Passed = {
  readonly kind: 'forward' | 'tunnel';
  /** `http://host/path` of a request, `host:port` of a tunnel. */
  readonly target: string;
  readonly authorization: string | undefined;
};

export type ProxyServer = {
  /** `http://127.0.0.1:port`, with credentials where given as `user:password`. */
  url(credentials?: string): string;
  readonly passed: Passed[];
  close(): Promise<void>;
};

/** What the proxy does instead of its work: a status, a cut, or silence. */
export type Trouble = number | 'cut' | 'silence' | null;

/**
 * @param to where everything is really sent: the proxy's own idea of names
 * @param trouble asked for each request
 */
export async function startProxy(to: () => number, trouble: () => Trouble = () => null): Promise<ProxyServer> {
  const passed: Passed[] = [];
  const sockets = new Set<Socket>();

  function note(kind: Passed['kind'], { url = '', headers }: IncomingMessage): void {
    passed.push({ kind, target: url, authorization: headers['proxy-authorization'] });
  }

  function forward(asked: IncomingMessage, response: ServerResponse): void {
    note('forward', asked);
    const wrong = trouble();
    if (wrong === 'silence') return;
    if (wrong === 'cut') return void asked.socket.destroy();
    if (wrong !== null) return void response.writeHead(wrong).end('no');
    const { pathname, search, host } = new URL(asked.url ?? '');
    const onward = { host: '127.0.0.1', port: to(), path: pathname + search, headers: { ...asked.headers, host } };
    request(onward, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    }).end();
  }

  function tunnel(asked: IncomingMessage, socket: Socket): void {
    note('tunnel', asked);
    socket.on('error', () => {});
    const wrong = trouble();
    if (wrong === 'silence') return;
    if (wrong === 'cut') return void socket.destroy();
    if (wrong !== null) return void socket.end(`HTTP/1.1 ${wrong} No\r\ncontent-length: 0\r\n\r\n`);
    const onward = connect(to(), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    sockets.add(onward);
  }

  const server = createServer(forward);
  server.on('connect', (asked: IncomingMessage, socket: Socket) => tunnel(asked, socket));
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (credentials) => `http://${credentials === undefined ? '' : `${credentials}@`}127.0.0.1:${port}`,
    passed,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
