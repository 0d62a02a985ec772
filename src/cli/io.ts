/** What a command may touch of the terminal and the process; tests hand in their own. */
export type Io = {
  /** Whole lines, their line break included. */
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Width of the terminal on the standard output, or null where there is none: then no colour, pauses or progress. */
  readonly columns: number | null;
};

/** A mistake of whoever typed the command: one line, exit 1. */
export class UsageError extends Error {
  override name = 'UsageError';
}
