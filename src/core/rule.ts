/** A trigger rule as an owner writes it, and its scenarios. */
import { z } from 'zod';
import { Id } from './ladder.ts';
import { NEWS_STATUSES, NEWS_TYPES } from './news.ts';
import { DurationText } from './time.ts';

export const Effect = z
  .strictObject({
    lower: z.int().min(1).max(9).optional(),
    raise: z.int().min(1).max(9).optional(),
    cap: z.string().optional(),
    hold: z.literal(true).optional(),
    watch: z.enum(['negative', 'positive']).optional(),
    /** How long a watch stands at most, from when the rule fires; without it as long as the rule fires. */
    expires: DurationText.optional(),
    note: z.literal(true).optional(),
  })
  .refine((effect) => Object.keys(effect).length > 0, {
    error: 'expected at least one of lower: n, raise: n, cap: tier, hold: true, watch: negative|positive, note: true',
  });
export type Effect = z.infer<typeof Effect>;

export const Rule = z.strictObject({
  id: Id,
  title: z.string().min(1).max(200).optional(),
  networks: z
    .union([z.literal('all'), z.array(z.string().min(1)).min(1)], { error: 'expected all or a list of network ids' })
    .default('all'),
  when: z.string().min(1),
  for: DurationText.default(0),
  clear: z.string().min(1).optional(),
  keepFiringFor: DurationText.default(0),
  effect: Effect.default({ note: true }),
  because: z.string().min(1).max(1000).optional(),
  source: z.string().min(1).optional(),
  enabled: z.boolean().default(true),
});
export type Rule = z.infer<typeof Rule>;

const Words = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error: 'expected a text or a list of texts',
});

/** One expectation of a scenario, at an offset from its start: what holds after the last judgement made by then. */
const Expectation = z.strictObject({
  at: DurationText,
  phase: z.enum(['inactive', 'pending', 'firing']).optional(),
  tier: z.string().optional(),
  /** The watch that the rule keeps on the network. */
  watch: z.enum(['positive', 'negative', 'none']).optional(),
  /** Whether the rule's condition is unknown. */
  unknown: z.boolean().optional(),
  /** Words of the last alert as a subscriber reads it; of a list, all. */
  says: Words.optional(),
  /** Words that the last alert must not have; of a list, none. */
  notSays: Words.optional(),
});

/**
 * The rule author's own test: series in promtool's notation (`0.3 0.25+-0.01x10 _ 0.1`, one value a step),
 * news at offsets, and what must hold at offsets.
 */
export const Scenario = z.strictObject({
  rule: Id,
  name: z.string().min(1),
  network: z.string().min(1),
  start: z.iso.date().default('2026-01-01'),
  step: DurationText.default(86_400_000),
  tier: z.string().optional(),
  series: z.record(z.string(), z.string()).default({}),
  news: z
    .array(
      z.strictObject({
        at: DurationText,
        type: z.enum(NEWS_TYPES),
        network: z.string().nullable().default(null),
        status: z.enum(NEWS_STATUSES).default('done'),
        outlet: z.string().min(1),
        title: z.string().default('A report'),
      }),
    )
    .default([]),
  expect: z.array(Expectation).min(1),
});
export type Scenario = z.infer<typeof Scenario>;

export const RuleFile = z.strictObject({ rules: z.array(Rule), scenarios: z.array(Scenario).default([]) });
export type RuleFile = z.infer<typeof RuleFile>;
