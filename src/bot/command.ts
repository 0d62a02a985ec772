/** A command, defined once for every platform. */
import type { z } from 'zod';
import type { Event } from '../core/events.ts';
import type { Network } from '../core/ladder.ts';
import type { Message } from '../core/message.ts';
import type { Caller } from '../core/ports.ts';
import { optionsOf } from './option.ts';
import { clip, plain } from './plain.ts';
import type { World } from './world.ts';

/** What a handler gives back; the events are committed before the message is shown. */
export type Reply = {
  readonly message: Message;
  readonly events: readonly Event[];
  /** Overrides the command's own `private`. */
  readonly ephemeral?: boolean;
  /** Once the events are kept and what rests on them is judged: shown in place of `message`. */
  readonly after?: (world: World) => Message;
};
/** What is wrong with the arguments, in one sentence. */
export type Problem = { readonly problem: string };

export type Definition<Args extends z.ZodObject> = {
  readonly name: string;
  /** At most 100 characters: Discord's and the menu's text. */
  readonly description: string;
  /** A line somebody could type, about the network with the given id. */
  readonly example: (network: string) => string;
  /** Shown to the caller alone where the platform can do so. */
  readonly private?: boolean;
  /** Needs the right to manage the channel or group. */
  readonly manages?: boolean;
  /** Only for those whose id stands under `admins` in tierwatch.yaml. */
  readonly admin?: true;
  /** A strict object of strings and lists of strings; choices come from the configured networks. */
  readonly args: (networks: readonly Network[]) => Args;
  /** Pure. */
  readonly run: (args: z.output<Args>, caller: Caller, world: World) => Reply | Problem;
};

export type Command = {
  readonly name: string;
  readonly description: string;
  readonly private: boolean;
  readonly manages: boolean;
  readonly admin: boolean;
  example(network: string): string;
  args(networks: readonly Network[]): z.ZodObject;
  /** Checks the values against `args` and runs; a problem where they do not fit. */
  run(values: Readonly<Record<string, unknown>>, caller: Caller, world: World): Reply | Problem;
};

/** https://docs.discord.com/developers/interactions/application-commands and https://core.telegram.org/bots/api#botcommand */
const NAME = /^[a-z0-9_]{1,32}$/;
const LONGEST_DESCRIPTION = 100;
const SAMPLE: Network = { id: 'sample', name: 'Sample', aliases: [], token: null, home: null, tier: 'x', reason: 'x' };

/** Checks that the command fits every platform, and ties its arguments to its handler. Throws where it does not. */
export function defineCommand<Args extends z.ZodObject>(definition: Definition<Args>): Command {
  const { name, description } = definition;
  const command: Command = {
    name,
    description,
    private: definition.private ?? false,
    manages: definition.manages ?? false,
    admin: definition.admin ?? false,
    example: definition.example,
    args: definition.args,
    run(values, caller, world) {
      const args = definition.args(world.networks).safeParse(values);
      return args.success ? definition.run(args.data, caller, world) : { problem: problemOf(name, args.error) };
    },
  };
  if (!NAME.test(name)) throw new Error(`A command's name is [a-z0-9_]{1,32}, not "${name}".`);
  if (description.length < 1 || description.length > LONGEST_DESCRIPTION)
    throw new Error(`The description of /${name} has ${description.length} characters; 1 to 100 fit.`);
  const options = optionsOf(command, [SAMPLE]);
  const misnamed = options.find((option) => !NAME.test(option.name));
  if (misnamed !== undefined)
    throw new Error(`An argument of /${name} is called "${misnamed.name}", not [a-z0-9_]{1,32}.`);
  if (options.some((option, at) => option.required && options[at - 1]?.required === false))
    throw new Error(`/${name} has a required argument after an optional one.`);
  return command;
}

function problemOf(name: string, error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys')
    return `/${name} has no argument called “${clip(plain(issue.keys[0] ?? ''), 40)}”.`;
  if (issue?.code === 'too_big' && issue.origin === 'array') return `That is too many for /${name}.`;
  return issue?.message ?? 'These arguments do not fit.';
}

/** How to type it: `/subscribe [network …]`. */
export function usageOf(command: Command, networks: readonly Network[]): string {
  const words = optionsOf(command, networks).map(({ name, required, many }) => {
    const word = many ? `${name} …` : name;
    return required ? `<${word}>` : `[${word}]`;
  });
  return [`/${command.name}`, ...words].join(' ');
}
