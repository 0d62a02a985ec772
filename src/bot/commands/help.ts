/** `/help`: the commands, or one of them with its arguments. */
import { z } from 'zod';
import type { Line, Message } from '../../core/message.ts';
import { type Command, defineCommand, usageOf } from '../command.ts';
import { optionsOf } from '../option.ts';
import { clip, plain } from '../plain.ts';
import type { World } from '../world.ts';

/** Explains the given commands and itself. */
export function helpFor(others: readonly Command[]): Command {
  const names = [...others.map((command) => command.name), 'help'];
  const help: Command = defineCommand({
    name: 'help',
    description: 'What Tierwatch can do, with examples',
    example: () => '/help why',
    private: true,
    args: () => z.strictObject({ command: commandName(names).optional().describe('Which command') }),
    run({ command: name }, _, world) {
      const commands = [...others, help];
      const one = commands.find((command) => command.name === name);
      return { message: one === undefined ? everything(commands, world) : details(one, world), events: [] };
    },
  });
  return help;
}

function commandName(names: readonly string[]) {
  const known = z.enum(names, {
    error: ({ input }) =>
      `I know no command called “${clip(plain(typeof input === 'string' ? input : ''), 40)}”. Known: ${names.join(', ')}.`,
  });
  return z.preprocess(
    (value) => (typeof value === 'string' ? value.trim().replace(/^\//, '').toLowerCase() : value),
    known,
  );
}

function everything(commands: readonly Command[], { networks }: World): Message {
  return {
    blocks: [
      { kind: 'title', text: 'Tierwatch' },
      { kind: 'text', line: 'Watches decentralized GPU networks and tells when a network’s tier moves, and why.' },
      {
        kind: 'list',
        title: 'Commands',
        items: commands.map((command): Line => {
          const example = command.example(networks[0]?.id ?? 'akash');
          return [{ bold: usageOf(command, networks) }, ` ${command.description}. Example: `, { code: example }];
        }),
      },
    ],
  };
}

function details(command: Command, { networks }: World): Message {
  const options = optionsOf(command, networks);
  const example = command.example(networks[0]?.id ?? 'akash');
  return {
    blocks: [
      { kind: 'title', text: usageOf(command, networks) },
      { kind: 'text', line: `${command.description}.` },
      {
        kind: 'facts',
        rows: options.map(({ name, description, choices }) => [name, withChoices(description, choices)]),
      },
      { kind: 'text', line: ['Example: ', { code: example }] },
      ...(command.manages
        ? [{ kind: 'text', line: 'In a server or group only for those who may manage it.' } as const]
        : []),
    ],
  };
}

function withChoices(description: string, choices: readonly string[]): string {
  return choices.length === 0 ? description : `${description}: ${clip(choices.join(', '), 400)}`;
}
