/** Writes down what sources answer, body by body, so that it can be looked at, or replayed in a test. */
import { type FileHandle, mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type Request, StartupError } from '../../core/ports.ts';
import { toIso } from '../../core/time.ts';
import type { Fetch } from '../../engine/ask.ts';
import type { FetchResult, Http } from '../../engine/http.ts';
import { scrubber, secretsIn } from './scrub.ts';

export type Recorder = {
  /** The client for one source: what it fetches is stored before it is handed on. */
  around(source: string, http: Http): Fetch;
  /** Rejects with a StartupError where something could not be stored. */
  close(): Promise<void>;
};

const INDEX = 'index.ndjson';

/**
 * A recorder into a directory, which is made where it is missing; the one above it must be there.
 * Rejects with a StartupError where the directory holds a record already: nothing is ever overwritten.
 * @param dir absolute
 * @param secrets known values that must not be written down
 */
export async function openRecorder(dir: string, secrets: readonly string[], clock: Clock): Promise<Recorder> {
  const index = await openIndex(dir);
  const counts = new Map<string, number>();
  let writing: Promise<unknown> = Promise.resolve();
  let failure: unknown = null;

  /** Numbers follow the order of asking, not of answering: a second record lies like the first. */
  function numberOf(source: string): number {
    const number = (counts.get(source) ?? 0) + 1;
    counts.set(source, number);
    return number;
  }

  async function store(source: string, number: number, request: Request, result: FetchResult): Promise<void> {
    const scrub = scrubber([...secrets, ...secretsIn(request.url, request.headers)]);
    const url = scrub.url(request.url);
    const isOk = result.kind === 'ok';
    const file = isOk ? `${source}/${number}-${slugOf(url)}.${extensionOf(result)}` : null;
    if (file !== null && isOk) {
      await makeDirectory(join(dir, source));
      await writeFile(join(dir, file), scrub.body(result.reply.bytes), { flag: 'wx', mode: 0o600 });
    }
    const line = {
      source,
      url,
      method: request.body === undefined ? 'GET' : 'POST',
      status: isOk ? result.status : null,
      failure: isOk ? null : scrub.text(result.why),
      contentType: isOk ? result.reply.contentType : null,
      modified: isOk && result.reply.modified !== null ? toIso(result.reply.modified) : null,
      at: toIso(clock.now()),
      file,
    };
    await index.appendFile(`${JSON.stringify(line)}\n`);
  }

  return {
    around: (source, http) => ({
      fetch: async (request, signal) => {
        const number = numberOf(source);
        const result = await http.fetch(request, signal);
        const turn = writing.then(() => store(source, number, request, result));
        writing = turn.catch((error: unknown) => {
          failure ??= error;
        });
        await writing;
        return result;
      },
    }),
    close: async () => {
      await writing;
      await index.close();
      if (failure !== null) throw refused(dir, failure);
    },
  };
}

async function openIndex(dir: string): Promise<FileHandle> {
  try {
    await makeDirectory(dir);
  } catch (error) {
    throw new StartupError(`--record ${dir}: no such directory can be made (${codeOf(error)}): name another one`);
  }
  try {
    return await open(join(dir, INDEX), 'ax', 0o600);
  } catch (error) {
    throw refused(dir, error);
  }
}

function refused(dir: string, error: unknown): StartupError {
  if (codeOf(error) === 'EEXIST')
    return new StartupError(`--record ${dir}: a record is there already: name another directory, or remove it`);
  return new StartupError(
    `--record ${dir}: cannot be written (${codeOf(error)}): check its permissions and the space left`,
  );
}

/** One level: on some file systems (/proc) Node's own way down never comes to an end. */
async function makeDirectory(path: string): Promise<void> {
  await mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}

/** `v1-network-capacity` */
function slugOf(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const words = path
    .toLowerCase()
    .replace(/\.(json|xml|csv|txt)$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return words.slice(-60).replace(/^-/, '') || 'root';
}

/** By the content type where it says something, else by the first character: much JSON is served as plain text. */
function extensionOf({ reply }: Extract<FetchResult, { kind: 'ok' }>): string {
  const type = reply.contentType?.toLowerCase() ?? '';
  const start = Buffer.from(reply.bytes.subarray(0, 256)).toString('utf8').trimStart();
  if (/[/+]json\b/.test(type) || (/^[[{]/.test(start) && !/html|xml/.test(type))) return 'json';
  if (/csv/.test(type)) return 'csv';
  if (/[/+]xml\b|rss|atom/.test(type) || /^<\?xml|^<(rss|feed)\b/.test(start)) return 'xml';
  return /^text\//.test(type) || (type === '' && /^[\x20-\x7e\s]*$/.test(start)) ? 'txt' : 'bin';
}
