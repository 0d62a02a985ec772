/** The metric catalogue: what is measured, in which unit, within which bounds, and how long a figure stays good. */
import { z } from 'zod';
import { DurationText } from './time.ts';
import { METRIC_UNITS } from './units.ts';

export const Metric = z.strictObject({
  /** `gpu_utilization`, or `<gpu>_price` for one metric a GPU model. */
  id: z
    .string()
    .regex(/^(<gpu>_)?[a-z][a-z0-9_]*$/, { error: 'expected snake_case, or <gpu>_ followed by snake_case' }),
  unit: z.enum(METRIC_UNITS, { error: `expected a unit: ${METRIC_UNITS.join(', ')}` }),
  meaning: z.string().min(1),
  /** Figures outside are dropped, with the reason said. Both ends included. */
  range: z.tuple([z.number(), z.number()], { error: 'expected two numbers: [lowest, highest]' }).optional(),
  /** Overrides three times the series' usual step. */
  maxAge: DurationText.optional(),
  /** How far two sources of one series may lie apart and still agree, as a share of the larger: 0.05 is 5%. Default 0.1. */
  tolerance: z.number().positive().max(1).optional(),
  /** A figure that moves by more than this many usual steps at once is held until the next one confirms it. Default 20; 0 never holds. */
  jump: z.number().nonnegative().optional(),
});
export type Metric = z.infer<typeof Metric>;

/** A series that nobody publishes, worked out of others by an expression of the rule language. */
export const Derived = z.strictObject({
  /** `active_share`: every network has one. `market.h100_price`: one subject's. `<gpu>` stands for every GPU model, in the expression too. */
  id: z.string().regex(/^([a-z][a-z0-9_]*\.)?(<gpu>_)?[a-z][a-z0-9_]*$/, {
    error: 'expected a metric id such as active_share, or subject.metric',
  }),
  unit: z.enum(METRIC_UNITS, { error: `expected a unit: ${METRIC_UNITS.join(', ')}` }),
  meaning: z.string().min(1),
  expression: z.string().min(1),
  /** The least and the most it can say: what the expression gives beyond them counts as the bound itself. */
  limits: z.tuple([z.number(), z.number()], { error: 'expected two numbers: [lowest, highest]' }).optional(),
});
export type Derived = z.infer<typeof Derived>;

/** Derived series with `<gpu>` spelled out, by id. */
export function spelledOut(derived: readonly Derived[], gpus: readonly string[]): ReadonlyMap<string, Derived> {
  const spelled = derived.flatMap((one) =>
    one.id.includes('<gpu>')
      ? gpus.map((gpu) => ({
          ...one,
          id: one.id.replace('<gpu>', gpu),
          expression: one.expression.replaceAll('<gpu>', gpu),
        }))
      : [one],
  );
  return new Map(spelled.map((one) => [one.id, one]));
}

/** The catalogue with `<gpu>` spelled out, by metric id. */
export type Catalogue = ReadonlyMap<string, Metric>;

/** Spells `<gpu>_…` metrics out for every GPU model. */
export function catalogue(metrics: readonly Metric[], gpus: readonly string[]): Catalogue {
  const spelled = metrics.flatMap((metric) =>
    metric.id.startsWith('<gpu>')
      ? gpus.map((gpu): [string, Metric] => [
          metric.id.replace('<gpu>', gpu),
          { ...metric, id: metric.id.replace('<gpu>', gpu) },
        ])
      : [[metric.id, metric] as [string, Metric]],
  );
  return new Map(spelled);
}
