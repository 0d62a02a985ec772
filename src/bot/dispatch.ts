/** From a command as it came in to the answer: reads the arguments, checks permission, runs, commits. */
import type { Platform } from '../core/destination.ts';
import type { Event } from '../core/events.ts';
import { type Message, says } from '../core/message.ts';
import type { Answer, Caller, Invocation } from '../core/ports.ts';
import { handledKey } from '../core/state.ts';
import { isAdmin, missingAdmin } from './admins.ts';
import { type Command, type Problem, type Reply, usageOf } from './command.ts';
import type { Log } from './log.ts';
import { optionsOf } from './option.ts';
import { clip, plain } from './plain.ts';
import { readTyped } from './typed.ts';
import type { World } from './world.ts';

type DispatchParts = {
  readonly commands: readonly Command[];
  /** The world at this moment. */
  readonly world: () => World;
  /** Resolves when the events are kept. */
  readonly commit: (events: readonly Event[]) => Promise<void>;
  readonly log: Log;
};

const BUG: Message = says('That went wrong on our side; it has been logged. Please try again later.');

/**
 * Commands are answered one after the other: each sees what the one before committed.
 * An update at or shortly below the newest one handled gives null: it has been acted on.
 */
export function createDispatch(parts: DispatchParts): Answer {
  let last: Promise<unknown> = Promise.resolve();
  return function answer(invocation) {
    const turn = last.then(() => answerOne(parts, invocation));
    last = turn;
    return turn;
  };
}

async function answerOne({ commands, world, commit, log }: DispatchParts, invocation: Invocation): ReturnType<Answer> {
  const { caller, update } = invocation;
  try {
    const now = world();
    if (update !== null && isRepeat(update, now.state.handled.get(handledKey(caller.platform)))) return null;
    const reply = replyTo(invocation, commands, now, log);
    const done: readonly Event[] = update === null ? [] : [{ kind: 'handled', platform: caller.platform, update }];
    if (reply.events.length + done.length > 0) await commit([...reply.events, ...done]);
    return { message: messageOf(reply, world, invocation, log), ephemeral: reply.ephemeral ?? false };
  } catch (error) {
    logBug(log, invocation, error);
    return { message: BUG, ephemeral: true };
  }
}

/** What is kept is kept: where its outcome cannot be told, the plain answer is given. */
function messageOf({ message, after }: Reply, world: () => World, invocation: Invocation, log: Log): Message {
  if (after === undefined) return message;
  try {
    return after(world());
  } catch (error) {
    logBug(log, invocation, error);
    return message;
  }
}

/**
 * After a quiet week Telegram goes on from a random id (https://core.telegram.org/bots/api#update), which may be far
 * below the newest handled one; what comes again after a crash is at most one batch of 100 back.
 */
const FARTHEST_REPEAT = 1000;

function isRepeat(update: number, handled: number | undefined): boolean {
  return handled !== undefined && update <= handled && handled - update < FARTHEST_REPEAT;
}

/** A handler that throws still leaves an answer, so that its update is not tried for ever. */
function replyTo(invocation: Invocation, commands: readonly Command[], world: World, log: Log): Reply {
  try {
    return replyOf(invocation, commands, world);
  } catch (error) {
    logBug(log, invocation, error);
    return { message: BUG, events: [], ephemeral: true };
  }
}

function replyOf({ command: name, input, caller }: Invocation, commands: readonly Command[], world: World): Reply {
  const command = commands.find((one) => one.name === name.toLowerCase());
  if (command === undefined) return problem(`I know no command called “${clip(plain(name), 40)}”.`, 'Usage: /help');
  const refusal = refusalOf(command, caller, world);
  if (refusal !== undefined) return { message: says(refusal), events: [], ephemeral: true };
  const read = input.kind === 'picked' ? input : readTyped(input.text, optionsOf(command, world.networks));
  const reply: Reply | Problem = 'problem' in read ? read : command.run(read.values, caller, world);
  if ('problem' in reply) return problem(reply.problem, `Usage: ${usageOf(command, world.networks)}`);
  return { ...reply, ephemeral: reply.ephemeral ?? command.private };
}

function problem(sentence: string, usage: string): Reply {
  return {
    message: {
      blocks: [
        { kind: 'text', line: sentence },
        { kind: 'text', line: usage },
      ],
    },
    events: [],
    ephemeral: true,
  };
}

const REFUSALS: Readonly<Record<Platform, string>> = {
  discord: 'Only those who may manage this channel can do that: you need Manage Channels or Manage Server here.',
  telegram: 'Only those who may manage this group can do that: you need to be a group administrator.',
  console: 'Only those who may manage this terminal can do that.',
};

function refusalOf(command: Command, caller: Caller, { admins }: World): string | undefined {
  if (command.admin && !isAdmin(caller, admins)) return missingAdmin(caller);
  return !command.manages || caller.direct || caller.manages ? undefined : REFUSALS[caller.platform];
}

/** The command's name and the error's place, not what was typed. */
function logBug(log: Log, { command, caller }: Invocation, error: unknown): void {
  const details =
    error instanceof Error ? { error: error.name, says: clip(error.message, 300), stack: error.stack } : {};
  log.error({ command: clip(plain(command), 32), platform: caller.platform, ...details }, 'a command failed');
}
