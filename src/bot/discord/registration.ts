/** Tells Discord which commands there are, and only when they differ from those it knows. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import type { Network } from '../../core/ladder.ts';
import type { Command } from '../command.ts';
import { ALL, nameOf } from '../network.ts';
import { optionsOf } from '../option.ts';
import { isRefused } from './outcome.ts';

/** https://docs.discord.com/developers/interactions/application-commands: an option has at most 25 choices. */
const MOST_CHOICES = 25;

/** A command as Discord takes it. Without choices, or with too many, an option takes any text, which is resolved like typed text. */
export function definitionOf(
  command: Command,
  networks: readonly Network[],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return {
    type: ApplicationCommandType.ChatInput,
    name: command.name,
    description: command.description,
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    options: optionsOf(command, networks).map(({ name, description, required, choices }) => ({
      type: ApplicationCommandOptionType.String,
      name,
      description,
      required,
      ...(choices.length === 0 || choices.length > MOST_CHOICES
        ? {}
        : { choices: choices.map((value) => ({ name: choiceName(value, networks), value })) }),
    })),
  };
}

function choiceName(value: string, networks: readonly Network[]): string {
  return value === ALL ? 'All networks' : nameOf(networks, value);
}

/** The fields that are compared; Discord answers with many more, and leaves empty ones out. */
const Known = z.array(
  z.object({
    name: z.string(),
    description: z.string(),
    contexts: z.array(z.number()).nullish(),
    options: z
      .array(
        z.object({
          name: z.string(),
          description: z.string(),
          required: z.boolean().default(false),
          choices: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
        }),
      )
      .default([]),
  }),
);

/** Replaces the application's global commands where they differ. True when they did. */
export async function register(
  rest: REST,
  application: string,
  commands: readonly Command[],
  networks: readonly Network[],
): Promise<boolean> {
  const route = Routes.applicationCommands(application);
  const wanted = commands.map((command) => definitionOf(command, networks));
  // Not knowing what is registered is no reason to leave the commands out.
  const known = await rest.get(route).catch((error: unknown) => {
    if (isRefused(error)) throw error;
    return undefined;
  });
  if (fingerprint(known) === fingerprint(wanted)) return false;
  await rest.put(route, { body: wanted });
  return true;
}

/** Undefined for an answer that is not understood, which then counts as different. */
function fingerprint(definitions: unknown): string | undefined {
  const known = Known.safeParse(definitions);
  return known.success ? JSON.stringify(known.data.toSorted((a, b) => (a.name < b.name ? -1 : 1))) : undefined;
}
