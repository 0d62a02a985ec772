/** Finds names that were given twice. */
import { basename } from 'node:path';
import type { Problem } from './problem.ts';
import type { Path, YamlFile } from './yaml.ts';

/** A name with the place it was given at. */
export type Named = { readonly id: string; readonly file: YamlFile; readonly path: Path };

/** A problem for each entry whose id an earlier entry has. `kind` says what carries the id: `network id`. */
export function duplicates(kind: string, entries: readonly Named[]): readonly Problem[] {
  const first = new Map<string, Named>();
  return entries.flatMap((entry) => {
    const known = first.get(entry.id);
    if (known === undefined) {
      first.set(entry.id, entry);
      return [];
    }
    const complaint = {
      what: `${kind} ${entry.id} is taken (${placeOf(known)})`,
      expected: `each ${kind} once`,
      todo: 'rename or remove one of the two',
    };
    return [entry.file.problem(entry.path, complaint)];
  });
}

function placeOf({ file, path }: Named): string {
  const { line } = file.problem(path, { what: '', expected: '', todo: '' });
  return `${basename(file.path)} line ${line}`;
}

/** The ids of a list of entries, with their places. */
export function named(file: YamlFile, at: Path, entries: readonly { readonly id: string }[]): readonly Named[] {
  return entries.map(({ id }, index) => ({ id, file, path: [...at, index, 'id'] }));
}
