/** A command's arguments as options: what Discord registers and what a typed line is read by. */
import { z } from 'zod';
import type { Network } from '../core/ladder.ts';

export type Option = {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** May be given several times. */
  readonly many: boolean;
  /** The values it takes; empty where any text will do. */
  readonly choices: readonly string[];
};

const Choice = z.object({ type: z.literal('string'), enum: z.array(z.string()).default([]) });
const Described = { description: z.string().min(1).max(100) };
const Property = z.union([
  z.object({ ...Described, ...Choice.shape }),
  z.object({ ...Described, type: z.literal('array'), items: Choice }),
]);
const Shape = z.object({
  properties: z.record(z.string(), Property).default({}),
  required: z.array(z.string()).default([]),
  additionalProperties: z.literal(false),
});

/**
 * The options of a command, from the JSON Schema of its arguments.
 * Throws where an argument is neither a described string nor a list of strings, or where the object is not strict.
 */
export function optionsOf(
  command: { args(networks: readonly Network[]): z.ZodObject },
  networks: readonly Network[],
): readonly Option[] {
  const { properties, required } = Shape.parse(z.toJSONSchema(command.args(networks), { io: 'input' }));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    description: property.description,
    required: required.includes(name),
    many: property.type === 'array',
    choices: property.type === 'array' ? property.items.enum : property.enum,
  }));
}
