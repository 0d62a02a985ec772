/** The JSON Schemas of the owner's files, for completion and checks in an editor. */
import { z } from 'zod';
import { Effect, RuleFile } from '../core/rule.ts';
import { Feeds, Metrics, Networks, Settings, Sources } from '../core/settings.ts';
import { DurationText } from '../core/time.ts';
import { Lexicon } from '../sources/news/lexicon/schema.ts';
import { durationText } from './duration.ts';
import { bare } from './shape.ts';

/** The schema of each kind of file, by the name of its JSON Schema. */
const FILES = {
  tierwatch: Settings,
  networks: Networks,
  metrics: Metrics,
  sources: Sources,
  feeds: Feeds,
  lexicon: Lexicon,
  rules: RuleFile,
} as const;

/** One JSON Schema a kind of file, of what an owner may write (not of what the program reads out of it). */
export function jsonSchemas(): readonly { readonly name: string; readonly json: unknown }[] {
  return Object.entries(FILES).map(([name, schema]) => ({
    name,
    json: z.toJSONSchema(schema, {
      io: 'input',
      override: ({ zodSchema, jsonSchema }) => adjust(zodSchema, jsonSchema),
    }),
  }));
}

/** A default of a duration is milliseconds inside, so zod leaves it out; a refinement leaves no trace. Both are written. */
function adjust(zodSchema: z.core.$ZodType, jsonSchema: z.core.JSONSchema.BaseSchema): void {
  if (zodSchema instanceof z.core.$ZodDefault && bare(zodSchema) === bare(DurationText))
    jsonSchema.default = durationText(Number(zodSchema._zod.def.defaultValue));
  if (zodSchema === Effect) jsonSchema.minProperties = 1;
}
