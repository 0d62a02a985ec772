/** The tier ladder, and the networks that stand on it. */
import { z } from 'zod';

export const Id = z
  .string({ error: 'expected an id of lower-case letters, digits, - and _' })
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, { error: 'expected an id of lower-case letters, digits, - and _, a letter first' });

export const Tier = z.strictObject({ id: Id, name: z.string().min(1), meaning: z.string().min(1) });
export type Tier = z.infer<typeof Tier>;

/** Best first. `unrated` stands outside it: rules do not move an unrated network. */
export type Ladder = readonly Tier[];

export const UNRATED: Tier = {
  id: 'unrated',
  name: 'Unrated',
  meaning: 'Not placed on the ladder yet; rules are judged but move nothing.',
};

/** The tier's name for people; an id that is not on the ladder names itself. */
export function tierName(ladder: Ladder, id: string): string {
  return [...ladder, UNRATED].find((tier) => tier.id === id)?.name ?? id;
}

/** 0 is best; -1 where the tier is not on the ladder (unrated). */
export function rankOf(ladder: Ladder, id: string): number {
  return ladder.findIndex((tier) => tier.id === id);
}

/** `up` is towards conviction. From or to unrated is neither. */
export function directionOf(ladder: Ladder, from: string, to: string): 'up' | 'down' | 'sideways' {
  const [a, b] = [rankOf(ladder, from), rankOf(ladder, to)];
  return a < 0 || b < 0 || a === b ? 'sideways' : b < a ? 'up' : 'down';
}

export const Network = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,31}$/, { error: 'expected lower-case letters, digits and _, a letter first' }),
  name: z.string().min(1).max(64),
  aliases: z.array(z.string().min(1)).default([]),
  token: z.string().min(1).nullable().default(null),
  home: z.httpUrl().or(z.null()).default(null),
  tier: z.string().min(1),
  reason: z.string().min(1),
  /** Metrics that nobody publishes for it, each with the reason: said in chat instead of "no sample yet". */
  unavailable: z.record(z.string(), z.string().min(1)).optional(),
});
export type Network = z.infer<typeof Network>;
