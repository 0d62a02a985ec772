/** A channel whose platform may be out of reach at the start: it is tried again, and nothing else waits for it. */
import type { Platform } from '../core/destination.ts';
import { type Channel, type StartupError, Unreachable } from '../core/ports.ts';
import { type Duration, MINUTE, SECOND } from '../core/time.ts';
import type { Log } from './log.ts';

const FIRST_WAIT: Duration = 5 * SECOND;
const LONGEST_WAIT: Duration = 5 * MINUTE;

/**
 * `make` builds a channel anew for each try. `start` rejects only with what a person must mend; a platform out of reach
 * is tried again until it answers, and what is sent meanwhile comes back as `later`.
 */
export function patient(options: {
  readonly platform: Platform;
  readonly make: () => Channel;
  readonly log: Log;
  /** Called when a later try finds something a person must mend. */
  readonly fatal: (error: StartupError) => void;
  /** Called once the platform answers after all. */
  readonly reached: () => void;
  /** Before the second try; doubles up to five minutes. */
  readonly firstWait?: Duration;
}): Channel {
  const { platform, log } = options;
  let channel = options.make();
  let connected = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    await channel.start();
    connected = true;
  }

  function again(wait: Duration): void {
    if (stopped) return;
    timer = setTimeout(() => {
      channel = options.make();
      connect().then(options.reached, (error: StartupError) => {
        if (!(error instanceof Unreachable)) return options.fatal(error);
        log.warn({ platform, why: error.message, wait }, 'still out of reach');
        again(Math.min(2 * wait, LONGEST_WAIT));
      });
    }, wait).unref();
  }

  return {
    platform,
    start: async () => {
      try {
        await connect();
      } catch (error) {
        if (!(error instanceof Unreachable)) throw error;
        log.warn({ platform, why: error.message }, 'out of reach at the start; it is tried again');
        again(options.firstWait ?? FIRST_WAIT);
      }
    },
    send: async (to, message, key) =>
      connected ? channel.send(to, message, key) : { kind: 'later', after: MINUTE, why: `${platform} is out of reach` },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await channel.stop();
    },
  };
}
