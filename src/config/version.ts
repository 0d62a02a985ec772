/** A rule's version: seven letters that change when, and only when, the rule's meaning does. */
import { createHash } from 'node:crypto';
import type { Derived } from '../core/metric.ts';
import { type Names, OTHERS } from '../core/names.ts';
import type { Rule } from '../core/rule.ts';

/** What an expression may rest on. */
type Rests = Pick<Names, 'derived' | 'groups' | 'atLeast' | 'networks' | 'primary'>;

const NOTHING: Rests = { derived: new Map(), groups: new Map(), atLeast: new Map(), networks: [] };

/**
 * The first 7 hex digits of SHA-256 over canonical JSON: title, reason, layout and networks do not
 * count (each network has a state of its own), `14d` is `2w`. A derived series that the rule rests on counts with its
 * expression and limits, and a group of the owner's with its members and how many of them are needed. Where the rule
 * counts news, so does when a project's own word is one of them, unless it is as usual.
 */
export function ruleVersion(rule: Rule, names: Rests = NOTHING): string {
  const rests = restsOn([rule.when, rule.clear ?? ''], names);
  const meaning = {
    when: tidy(rule.when),
    for: rule.for,
    clear: rule.clear === undefined ? null : tidy(rule.clear),
    keepFiringFor: rule.keepFiringFor,
    effect: rule.effect,
    derived: rests.size === 0 ? undefined : Object.fromEntries(rests),
    primary: countsNews(rule) && names.primary !== 'with-press' ? names.primary : undefined,
  };
  return createHash('sha256').update(canonical(meaning)).digest('hex').slice(0, 7);
}

function countsNews({ when, clear = '' }: Rule): boolean {
  return /\bnews\s*\(/.test(`${when} ${clear}`);
}

/** The derived series and groups that expressions name, those that these name, and so on, each with what it means. */
function restsOn(expressions: readonly string[], names: Rests): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const open = [...expressions];
  for (let text = open.pop(); text !== undefined; text = open.pop())
    for (const [, subject, metric = ''] of text.matchAll(/(?:([a-z][a-z0-9_]*)\.)?([a-z][a-z0-9_]*)/g)) {
      const members = subject === undefined ? undefined : names.groups.get(subject);
      if (subject !== undefined && members !== undefined && !GIVEN.has(subject))
        found.set(`group ${subject}`, { members, atLeast: names.atLeast.get(subject) });
      for (const one of derivedOf(subject, members, metric, names.derived, names.networks)) {
        if (found.has(one.id)) continue;
        found.set(one.id, one.limits === undefined ? tidy(one.expression) : [tidy(one.expression), one.limits]);
        open.push(one.expression);
      }
    }
  return found;
}

/** Groups made of the board itself: a network or cloud that joins must not make every rule look edited. */
const GIVEN: ReadonlySet<string> = new Set(['networks', 'clouds']);

/** What a name may mean: of a bare metric, that of any network. */
function derivedOf(
  subject: string | undefined,
  members: readonly string[] | undefined,
  metric: string,
  derived: Names['derived'],
  networks: readonly string[],
): readonly Derived[] {
  const subjects = members ?? (subject === undefined || subject === OTHERS ? networks : [subject]);
  const own = subjects.map((one) => derived.get(`${one}.${metric}`));
  return [...own, derived.get(metric)].filter((one) => one !== undefined);
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
