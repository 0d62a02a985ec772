/** The console channel: alerts as text on a terminal. */
import type { Channel } from '../../core/ports.ts';
import { renderConsole, type Terminal } from './render.ts';

/** Writes each message to `write`, a blank line after it. */
export function createConsole(parts: { readonly write: (text: string) => void } & Partial<Terminal>): Channel {
  const terminal: Terminal = { width: parts.width ?? 100, colour: parts.colour ?? false };
  return {
    platform: 'console',
    async start() {},
    async send(_, message, key) {
      try {
        parts.write(`${renderConsole(message, terminal)}\n\n`);
        return { kind: 'sent', message: key };
      } catch (error) {
        return { kind: 'later', after: null, why: error instanceof Error ? error.message : 'the terminal is closed' };
      }
    },
    async stop() {},
  };
}
