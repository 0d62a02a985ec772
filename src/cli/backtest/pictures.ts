/** Draws a backtest: a PNG for each comparison of each rule and network that the history has data for. */
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Chart, toPng, toSvg } from '../../chart/chart.ts';
import type { Config } from '../../config/config.ts';
import type { Evidence } from '../../core/ports.ts';
import type { Backtest } from '../../triggers/replay/backtest.ts';
import { type Io, UsageError } from '../io.ts';
import { createProgress } from '../progress.ts';
import { picturesOf } from './picture.ts';

/** Before anything is judged, so that a directory that cannot be had is told at once. */
export async function makeDirectory(png: string, io: Io): Promise<void> {
  await makeLevels(resolve(io.cwd, png)).catch((error: NodeJS.ErrnoException) => {
    throw refused(png, `no directory can be made there (${error.code})`);
  });
}

/** Level by level: on some file systems (/proc) Node's own recursion never comes to an end. */
async function makeLevels(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() === true) return;
  if (dirname(path) !== path) await makeLevels(dirname(path));
  await mkdir(path);
}

function refused(path: string, why: string): UsageError {
  return new UsageError(`--png ${path}: ${why}; expected a directory that can be written to; name another`);
}

type Planned = { readonly file: string; readonly rule: string; readonly network: string; readonly chart: Chart };

/** Draws all, replaces those of an earlier run, and lists the files. */
export async function drawPictures(
  backtest: Backtest,
  config: Config,
  evidence: Evidence,
  png: string,
  json: boolean,
  io: Io,
): Promise<void> {
  const pictures = planned(backtest, config, evidence);
  const name = (index: number): string => pictures[index]?.file ?? '';
  const progress = createProgress(json ? { ...io, columns: null } : io, 0, pictures.length, name);
  for (const [index, { file, chart }] of pictures.entries()) {
    progress.at(index);
    const path = join(png, file);
    await writeFile(resolve(io.cwd, path), await toPng(toSvg(chart))).catch((error: NodeJS.ErrnoException) => {
      if (error.code === undefined) throw error;
      throw refused(path, `the picture cannot be written (${error.code})`);
    });
  }
  progress.done();
  list(pictures, png, json, io);
}

function list(pictures: readonly Planned[], png: string, json: boolean, io: Io): void {
  if (!json)
    io.out(pictures.length === 0 ? '\nNo pictures: no rule was ever known.\n' : `\nPictures (${pictures.length})\n`);
  for (const { file, rule, network } of pictures) {
    const path = join(png, file);
    io.out(json ? `${JSON.stringify({ kind: 'picture', rule, network, file: path })}\n` : `${path}\n`);
  }
}

/** `<rule>.<network>.png`, with the number of the comparison where a rule has several. */
function planned({ courses, range }: Backtest, config: Config, evidence: Evidence): readonly Planned[] {
  const names = new Map(config.networks.networks.map(({ id, name }) => [id, name]));
  const judged = { evidence, range, catalogue: config.catalogue, name: (id: string) => names.get(id) ?? id };
  return courses
    .filter(({ basis }) => basis === 'figures')
    .flatMap((course) => {
      const [rule, network] = [course.cell.rule.rule.id, course.cell.network];
      return picturesOf(course, judged).map(({ chart, part }) => {
        const file = [rule, network, ...(part === null ? [] : [part]), 'png'].join('.');
        return { file, rule, network, chart };
      });
    });
}
