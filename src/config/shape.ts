/** Looks into a zod schema: which part of it judges a value, which keys that part knows, and how to name it. */
import { z } from 'zod';
import type { Path } from './yaml.ts';

export type Schema = z.core.$ZodType;

/** The schema below defaults, optionals and transforms: what the owner writes is judged by it. */
export function bare(schema: Schema): Schema {
  if (
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodNullable
  )
    return bare(schema._zod.def.innerType);
  return schema instanceof z.core.$ZodPipe ? bare(schema._zod.def.in) : schema;
}

/** The schema that judges what stands at `path` of `value`; undefined below an unknown key. */
export function schemaAt(schema: Schema, value: unknown, path: Path): Schema | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  const below = schemaBelow(schema, value, step);
  return below === undefined ? undefined : schemaAt(below, valueAt(value, [step]), rest);
}

function schemaBelow(schema: Schema, value: unknown, step: PropertyKey): Schema | undefined {
  const here = bare(schema);
  if (here instanceof z.core.$ZodUnion) {
    const branch = branchFor(here, value);
    return branch === undefined ? undefined : schemaBelow(branch, value, step);
  }
  if (here instanceof z.core.$ZodObject) return here._zod.def.shape[String(step)];
  if (here instanceof z.core.$ZodArray) return here._zod.def.element;
  if (here instanceof z.core.$ZodTuple) return here._zod.def.items[Number(step)];
  return here instanceof z.core.$ZodRecord ? here._zod.def.valueType : undefined;
}

/** As schemaAt, and of a union the branch the owner meant. */
export function meantAt(schema: Schema, value: unknown, path: Path): Schema | undefined {
  const here = schemaAt(schema, value, path);
  const union = here === undefined ? undefined : bare(here);
  return union instanceof z.core.$ZodUnion ? (branchFor(union, valueAt(value, path)) ?? here) : here;
}

/** What stands at `path`; undefined where it leads nowhere. */
export function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = (here as Readonly<Record<PropertyKey, unknown>>)[step];
  }
  return here;
}

/** The keys a mapping may have; empty where the schema is none. */
export function knownKeys(schema: Schema | undefined): readonly string[] {
  const here = schema === undefined ? undefined : bare(schema);
  return here instanceof z.core.$ZodObject ? Object.keys(here._zod.def.shape) : [];
}

/** The branch of a union the owner meant: of the kind of the value, with most of its keys known, and fewest mistakes. */
export function branchFor(union: z.core.$ZodUnion, value: unknown): Schema | undefined {
  const [best] = union._zod.def.options
    .filter((branch) => fits(bare(branch), value))
    .map((branch) => ({ branch, unknown: unknownKeys(branch, value), mistakes: mistakes(branch, value) }))
    .toSorted((a, b) => a.unknown - b.unknown || a.mistakes - b.mistakes);
  return best?.branch;
}

function fits(schema: Schema, value: unknown): boolean {
  if (schema instanceof z.core.$ZodObject || schema instanceof z.core.$ZodRecord)
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (schema instanceof z.core.$ZodArray || schema instanceof z.core.$ZodTuple) return Array.isArray(value);
  if (schema instanceof z.core.$ZodLiteral) return schema._zod.def.values.some((known) => known === value);
  if (schema instanceof z.core.$ZodNull) return value === null;
  if (schema instanceof z.core.$ZodNumber) return typeof value === 'number';
  return schema instanceof z.core.$ZodString && typeof value === 'string';
}

function unknownKeys(schema: Schema, value: unknown): number {
  const known = knownKeys(schema);
  return typeof value !== 'object' || value === null || Array.isArray(value)
    ? 0
    : Object.keys(value).filter((key) => !known.includes(key)).length;
}

function mistakes(schema: Schema, value: unknown): number {
  return z.safeParse(schema, value).error?.issues.length ?? 0;
}

/** Names what a schema accepts: `text`, `a list`, `true or false`, `one of primary, press`. */
export function nameOf(schema: Schema | undefined): string {
  const here = schema === undefined ? undefined : bare(schema);
  if (here instanceof z.core.$ZodObject) return `a mapping with ${knownKeys(here).join(', ')}`;
  if (here instanceof z.core.$ZodRecord) return 'a mapping';
  if (here instanceof z.core.$ZodArray) return 'a list';
  if (here instanceof z.core.$ZodTuple) return `a list of ${here._zod.def.items.length}`;
  if (here instanceof z.core.$ZodEnum) return `one of ${Object.values(here._zod.def.entries).join(', ')}`;
  if (here instanceof z.core.$ZodLiteral) return here._zod.def.values.map(String).join(' or ');
  if (here instanceof z.core.$ZodUnion) return here._zod.def.options.map(nameOf).join(', or ');
  if (here instanceof z.core.$ZodNumber) return here instanceof z.core.$ZodNumberFormat ? 'a whole number' : 'a number';
  if (here instanceof z.core.$ZodBoolean) return 'true or false';
  if (here instanceof z.core.$ZodNull) return 'null';
  if (here instanceof z.core.$ZodURL) return 'an http or https URL';
  if (here instanceof z.core.$ZodISODate) return 'a date such as 2026-01-01';
  return here instanceof z.core.$ZodString ? 'text' : 'another value';
}
