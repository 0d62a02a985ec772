/** The log as the bot writes it; a pino logger is one. Details hold neither tokens nor message texts. */

type Write = (details: Readonly<Record<string, unknown>>, text: string) => void;

export interface Log {
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}
