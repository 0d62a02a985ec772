/** A rule's version: seven letters that change when, and only when, the rule's meaning does. */
import { createHash } from 'node:crypto';
import type { Derived } from '../core/metric.ts';
import type { Rule } from '../core/rule.ts';

/**
 * The first 7 hex digits of SHA-256 over canonical JSON: title, reason, layout and networks do not
 * count (each network has a state of its own), `14d` is `2w`. A derived series that the rule rests on counts with its expression.
 */
export function ruleVersion(rule: Rule, derived: ReadonlyMap<string, Derived> = new Map()): string {
  const rests = restsOn([rule.when, rule.clear ?? ''], derived);
  const meaning = {
    when: tidy(rule.when),
    for: rule.for,
    clear: rule.clear === undefined ? null : tidy(rule.clear),
    keepFiringFor: rule.keepFiringFor,
    effect: rule.effect,
    derived: rests.size === 0 ? undefined : Object.fromEntries(rests),
  };
  return createHash('sha256').update(canonical(meaning)).digest('hex').slice(0, 7);
}

/** The derived series that expressions name, those that these name, and so on, each with its expression. */
function restsOn(expressions: readonly string[], derived: ReadonlyMap<string, Derived>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const open = [...expressions];
  for (let text = open.pop(); text !== undefined; text = open.pop())
    for (const [name = '', , metric = ''] of text.matchAll(/([a-z][a-z0-9_]*\.)?([a-z][a-z0-9_]*)/g)) {
      const one = derived.get(name) ?? derived.get(metric);
      if (one === undefined || found.has(one.id)) continue;
      found.set(one.id, tidy(one.expression));
      open.push(one.expression);
    }
  return found;
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
