/** Reads the whole journal at start: every line is checked, those after the snapshot are applied. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Event } from '../core/events.ts';
import { StartupError } from '../core/ports.ts';
import { eventsOf, type Line, readLine } from './line.ts';
import { type Migration, schemaOf } from './migrations.ts';

/** Where the journal ends: the last good commit, the segment it is in, and its bytes; `torn` bytes follow those. */
export type End = {
  readonly seq: number;
  readonly segment: number;
  readonly length: number;
  readonly torn: number;
};

type Options = {
  readonly dir: string;
  /** The snapshot's last commit; 0 without one. */
  readonly after: number;
  readonly migrations: readonly Migration[];
  readonly each: (events: readonly Event[]) => void;
  readonly report: (line: string) => void;
};

const NEWLINE = 0x0a;
const SEGMENT = /^\d{8}\.log$/;

/** `00000001.log` */
export function segmentName(segment: number): string {
  return `${String(segment).padStart(8, '0')}.log`;
}

/**
 * Gives commits after `after` to `each`, in order, and says where the journal ends. Damage anywhere but in the last
 * line of the last segment rejects with a StartupError that names file, line and the way to recover.
 */
export async function replay(options: Options): Promise<End> {
  const names = (await readdir(options.dir)).filter((name) => SEGMENT.test(name)).sort();
  let end: End = { seq: 0, segment: 1, length: 0, torn: 0 };
  for (const [index, name] of names.entries()) {
    const path = join(options.dir, name);
    const segment = Number(name.slice(0, 8));
    const bytes = await readFile(path);
    end = readSegment({ ...options, path, bytes, final: index === names.length - 1 }, { ...end, segment, length: 0 });
  }
  return end;
}

type Segment = Options & { readonly path: string; readonly bytes: Buffer; readonly final: boolean };

function readSegment(segment: Segment, start: End): End {
  const { path, bytes, final } = segment;
  let end = start;
  for (let number = 1; end.length < bytes.length; number++) {
    const newline = bytes.indexOf(NEWLINE, end.length);
    const whole = newline !== -1;
    const next = whole ? newline + 1 : bytes.length;
    const line = whole ? readLine(bytes.subarray(end.length, newline)) : 'damaged';
    if (line === 'damaged' && final && next === bytes.length) return { ...end, torn: bytes.length - end.length };
    const where = `${path}:${number}`;
    if (line === 'damaged') throw damage(where, number, 'its checksum does not match: the line is damaged');
    if (line === 'foreign') throw damage(where, number, 'the line is no commit');
    checkOrder(segment, where, number, end.seq, line);
    if (line.seq > segment.after) readCommit(segment, where, line);
    end = { ...end, seq: line.seq, length: next };
  }
  return end;
}

/** Commits are numbered without a gap. Segments before the snapshot may have been moved away; nothing else may. */
function checkOrder(segment: Segment, where: string, number: number, last: number, line: Line): void {
  if (line.seq === last + 1) return;
  if (last > 0) throw damage(where, number, `commit ${line.seq} follows commit ${last}`);
  if (line.seq > segment.after + 1)
    throw new StartupError(
      `${where}: the journal begins with commit ${line.seq}, and no snapshot stands for those before it. ` +
        'Put the earlier journal files (or the snapshot) back from where they were moved, or from a backup.',
    );
  segment.report(`the journal begins with commit ${line.seq}; the snapshot stands for those before it`);
}

function readCommit(segment: Segment, where: string, line: Line): void {
  const known = schemaOf(segment.migrations);
  if (line.v > known)
    throw new StartupError(
      `${where}: written with schema ${line.v} by a newer Tierwatch; this one knows up to ${known}. ` +
        'Start that version or a newer one; the data is left as it is.',
    );
  try {
    segment.each(eventsOf(line, segment.migrations));
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new StartupError(
      `${where}: ${what}. The line is whole, so another version of Tierwatch wrote it: start that version or a newer ` +
        'one; the data is left as it is.',
    );
  }
}

function damage(where: string, number: number, what: string): StartupError {
  return new StartupError(
    `${where}: ${what}. Nothing was changed. Put the file back from a backup. Without a backup: copy the data directory, ` +
      `keep only the ${number - 1} lines before this one, and remove later journal files and snapshot.json; ` +
      'commits from this line on are then lost.',
  );
}
