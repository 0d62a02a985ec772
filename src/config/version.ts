/** A rule's version: seven letters that change when, and only when, the rule's meaning does. */
import { createHash } from 'node:crypto';
import type { Rule } from '../core/rule.ts';

/**
 * The first 7 hex digits of SHA-256 over canonical JSON: title, reason, layout and networks do not
 * count (each network has a state of its own), `14d` is `2w`.
 */
export function ruleVersion(rule: Rule): string {
  const meaning = {
    when: tidy(rule.when),
    for: rule.for,
    clear: rule.clear === undefined ? null : tidy(rule.clear),
    keepFiringFor: rule.keepFiringFor,
    effect: rule.effect,
  };
  return createHash('sha256').update(canonical(meaning)).digest('hex').slice(0, 7);
}

function tidy(expression: string): string {
  return expression.trim().replace(/\s+/g, ' ');
}

/** JSON with the keys in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}
