/** A provider's server whose answer the test sets. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Figures = {
  readonly url: string;
  /** A JSON value, or a raw body with its type. */
  answer(body: unknown): void;
  answerRaw(body: string | Buffer, contentType?: string, status?: number): void;
  /** When the present answer was first given; null before. */
  givenAt(): number | null;
  requests(): number;
  close(): Promise<void>;
};

export async function startFigures(): Promise<Figures> {
  let [body, contentType, status]: [string | Buffer, string, number] = ['{}', 'application/json', 200];
  let given: number | null = null;
  let count = 0;
  const server = createServer((_, response) => {
    count++;
    given ??= Date.now();
    response.writeHead(status, { 'content-type': contentType }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answerRaw = (next: string | Buffer, type = 'application/json', code = 200): void => {
    [body, contentType, status, given] = [next, type, code, null];
  };
  return {
    url: `http://127.0.0.1:${port}/figures.json`,
    answer: (value) => answerRaw(JSON.stringify(value)),
    answerRaw,
    givenAt: () => given,
    requests: () => count,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
