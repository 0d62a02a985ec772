/** How the parts of a backtest's report are written: names, instants, headings. */
import type { Terminal } from '../../bot/console/render.ts';
import type { Config } from '../../config/config.ts';
import { tierName } from '../../core/ladder.ts';
import { DAY, type Instant } from '../../core/time.ts';
import type { Range } from '../../triggers/replay/course.ts';
import type { Io } from '../io.ts';
import { paint, terminalOf } from '../terminal.ts';

export type Style = {
  readonly terminal: Terminal;
  readonly range: Range;
  readonly network: (id: string) => string;
  readonly tier: (id: string) => string;
  /** Days where everything happens at midnight UTC, else minutes. */
  readonly at: (at: Instant) => string;
};

export function styleOf({ settings, networks }: Config, range: Range, io: Io): Style {
  const names = new Map(networks.networks.map(({ id, name }) => [id, name]));
  const length = range.from % DAY === 0 && range.step % DAY === 0 ? 10 : 16;
  return {
    terminal: terminalOf(io),
    range,
    network: (id) => names.get(id) ?? id,
    tier: (id) => tierName(settings.ladder, id),
    at: (at) => new Date(at).toISOString().slice(0, length).replace('T', ' '),
  };
}

/** A heading and what stands under it. */
export type Section = readonly [heading: string, lines: readonly string[]];

/** Sections with an empty line between them. */
export function sections(all: readonly Section[], { terminal }: Style): string {
  return all.map(([heading, lines]) => `${[paint(heading, 'bold', terminal), ...lines].join('\n')}\n`).join('\n');
}
