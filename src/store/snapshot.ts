/**
 * The snapshot: the state in pages of bounded size, one lowdb file each, and a manifest written last that names them.
 * The journal holds everything; an unreadable snapshot costs time, not facts.
 */
import { chmod, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { StartupError } from '../core/ports.ts';
import { type State, TABLE_NAMES, type Tables } from '../core/state.ts';
import { nodeFiles } from './append.ts';
import { wordsOf } from './faults.ts';
import { checksum } from './line.ts';
import { emptyState, withEntries } from './tables.ts';

type Entry = readonly [key: string, value: unknown];
type Page = { readonly table: keyof Tables; readonly entries: readonly Entry[] };
type PageName = { readonly file: string; readonly checksum: string };
type Manifest = { readonly schema: number; readonly seq: number; readonly pages: readonly PageName[] };

/** A state and the commit it stands at. `state` is null where the manifest is good but a page is not. */
export type Snapshot = { readonly seq: number; readonly state: State | null };

/** One page is turned into text at a stretch: its size bounds how long nothing else runs. */
const PAGE_ENTRIES = 1000;
const PAGE_CHARACTERS = 128 * 1024;

const NOTHING: Snapshot = { seq: 0, state: null };

/** Where the snapshot lives under the data directory. */
function places(dir: string): { manifest: string; pages: string } {
  return { manifest: join(dir, 'snapshot.json'), pages: join(dir, 'snapshot') };
}

/**
 * Reads the snapshot. One that is unreadable, fails a checksum or has an older schema is reported, and the state is
 * null; one of a newer schema rejects with a StartupError.
 */
export async function readSnapshot(dir: string, schema: number, report: (line: string) => void): Promise<Snapshot> {
  const { manifest: path, pages } = places(dir);
  const manifest = await readManifest(path, report);
  if (manifest === null) return NOTHING;
  if (manifest.schema > schema)
    throw new StartupError(
      `${path}: written with schema ${manifest.schema} by a newer Tierwatch; this one knows up to ${schema}. ` +
        'Start that version or a newer one; the data is left as it is.',
    );
  if (manifest.schema < schema) {
    report(`${path}: has the older schema ${manifest.schema}; rebuilding from the whole journal`);
    return { seq: manifest.seq, state: null };
  }
  try {
    return { seq: manifest.seq, state: await readPages(join(pages, String(manifest.seq)), manifest.pages) };
  } catch (error) {
    report(`${path}: a page cannot be used (${wordsOf(error)}); rebuilding from the whole journal`);
    return { seq: manifest.seq, state: null };
  }
}

async function readManifest(path: string, report: (line: string) => void): Promise<Manifest | null> {
  const file = new Low<Manifest | null>(new JSONFile(path), null);
  try {
    await file.read();
  } catch (error) {
    report(`${path}: cannot be read (${wordsOf(error)}); rebuilding from the whole journal`);
    return null;
  }
  if (file.data === null || isManifest(file.data)) return file.data;
  report(`${path}: is no manifest; rebuilding from the whole journal`);
  return null;
}

function isManifest(data: Partial<Manifest>): data is Manifest {
  return Number.isSafeInteger(data.schema) && Number.isSafeInteger(data.seq) && Array.isArray(data.pages);
}

async function readPages(dir: string, names: readonly PageName[]): Promise<State> {
  let state = emptyState();
  for (const name of names) {
    const file = new Low<Page | null>(new JSONFile(join(dir, name.file)), null);
    await file.read();
    if (file.data === null) throw new Error(`${name.file} is missing`);
    if (checksum(JSON.stringify(file.data)) !== name.checksum) throw new Error(`${name.file} has another checksum`);
    state = withEntries(state, file.data.table, file.data.entries);
  }
  return state;
}

/**
 * Writes a snapshot of commit `seq` and removes those before it. Between two pages other work runs; none takes longer
 * than turning one page into text.
 */
export async function writeSnapshot(dir: string, schema: number, seq: number, state: State): Promise<void> {
  const { manifest, pages } = places(dir);
  const generation = join(pages, String(seq));
  await rm(generation, { recursive: true, force: true });
  await mkdir(generation, { recursive: true, mode: 0o700 });
  const names: PageName[] = [];
  for (const page of pagesOf(state)) {
    const name = {
      file: `${String(names.length + 1).padStart(6, '0')}.json`,
      checksum: checksum(JSON.stringify(page)),
    };
    await writeDurably(join(generation, name.file), page);
    names.push(name);
  }
  await nodeFiles.syncDirectory(generation);
  await nodeFiles.syncDirectory(pages);
  await writeDurably(manifest, { schema, seq, pages: names });
  await nodeFiles.syncDirectory(dir);
  await removeOthers(pages, String(seq));
}

/** Lazy: a page is gathered when the one before it is written. The state is persistent, so it cannot move meanwhile. */
function* pagesOf(state: State): Generator<Page> {
  for (const table of TABLE_NAMES) {
    let entries: Entry[] = [];
    let characters = 0;
    for (const entry of state[table].entries()) {
      entries.push(entry);
      characters += JSON.stringify(entry).length;
      if (entries.length < PAGE_ENTRIES && characters < PAGE_CHARACTERS) continue;
      yield { table, entries };
      [entries, characters] = [[], 0];
    }
    if (entries.length > 0) yield { table, entries };
  }
}

/** lowdb replaces the file but neither syncs it nor keeps it private. */
async function writeDurably<T>(path: string, data: T): Promise<void> {
  await new Low<T>(new JSONFile(path), data).write();
  await chmod(path, 0o600);
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function removeOthers(pages: string, kept: string): Promise<void> {
  for (const name of await readdir(pages))
    if (name !== kept) await rm(join(pages, name), { recursive: true, force: true });
}
