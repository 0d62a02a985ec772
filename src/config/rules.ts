/** Reads rule files and compiles their rules: every mistake of every rule, at its place in the file. */
import { type Ladder, UNRATED } from '../core/ladder.ts';
import type { Names } from '../core/names.ts';
import { Rule, RuleFile, Scenario } from '../core/rule.ts';
import { splitSeries } from '../core/series.ts';
import { doubtsOf } from '../triggers/doubts/doubts.ts';
import { type CompiledRule, compileRule, type RuleError } from '../triggers/rule/compile.ts';
import { didYouMean } from './advice.ts';
import { duplicates, type Named } from './duplicates.ts';
import { judge } from './issues.ts';
import { checkSeries, checkTier } from './known.ts';
import type { Problem } from './problem.ts';
import { valueAt } from './shape.ts';
import { ruleVersion } from './version.ts';
import type { Path, YamlFile } from './yaml.ts';

export type RuleText = {
  readonly file: YamlFile;
  /** Each rule, or of a broken one what is sound of it: one mistake does not hide the others. */
  readonly rules: readonly { readonly rule: Rule; readonly path: Path; readonly whole: boolean }[];
  readonly scenarios: readonly { readonly scenario: Scenario; readonly path: Path }[];
  /** The ids of all rules, broken ones included. */
  readonly ids: readonly Named[];
  readonly problems: readonly Problem[];
};

export function readRules(file: YamlFile): RuleText {
  const written = entries(file, 'rules');
  return {
    file,
    rules: written.flatMap(({ raw, path }) => {
      const { data } = Rule.safeParse(raw);
      const rule = data ?? soundPart(raw);
      return rule === undefined ? [] : [{ rule, path, whole: data !== undefined }];
    }),
    scenarios: entries(file, 'scenarios').flatMap(({ raw, path }) => {
      const { data } = Scenario.safeParse(raw);
      return data === undefined ? [] : [{ scenario: data, path }];
    }),
    ids: written.flatMap(({ raw, path }) => {
      const id = valueAt(raw, ['id']);
      return typeof id === 'string' ? [{ id, file, path: [...path, 'id'] }] : [];
    }),
    problems: judge(file, RuleFile).problems,
  };
}

/** What can still be cross-checked of a broken rule: its fields that are sound, the others left at their defaults. */
function soundPart(raw: unknown): Rule | undefined {
  const fields = Object.entries(Rule.shape).flatMap(([name, shape]) => {
    const written = valueAt(raw, [name]);
    return written !== undefined && shape.safeParse(written).success ? [[name, written] as const] : [];
  });
  return Rule.safeParse({ id: 'broken', when: 'now >= 2000-01-01', ...Object.fromEntries(fields) }).data;
}

function entries(file: YamlFile, key: 'rules' | 'scenarios'): readonly { raw: unknown; path: Path }[] {
  const list = valueAt(file.value, [key]);
  return Array.isArray(list) ? list.map((raw: unknown, index) => ({ raw, path: [key, index] })) : [];
}

/** Where something about a rule stands in the files. */
export type PlaceOf = (rule: CompiledRule, error: RuleError) => Problem;

type CompiledRules = {
  readonly rules: readonly CompiledRule[];
  readonly problems: readonly Problem[];
  /** What is odd in a rule that is switched on, and no reason to refuse it. */
  readonly doubts: readonly Problem[];
  readonly placeOf: PlaceOf;
};

/** Compiles every sound rule, each with its version. */
export function compileRules(texts: readonly RuleText[], names: Names, ladder: Ladder): CompiledRules {
  const places = new Map<CompiledRule, { readonly file: YamlFile; readonly path: Path }>();
  const problems: Problem[] = [];
  for (const { file, rules: sound } of texts)
    for (const { rule, path, whole } of sound) {
      const crossed = {
        networks: unknownNetworks(file, path, rule, names),
        effect: offLadder(file, path, rule, ladder),
      };
      const compiled = compileRule(rule, ruleVersion(rule, names), names, ladder);
      if (compiled.ok && whole) places.set(compiled.rule, { file, path });
      const errors = compiled.ok ? [] : compiled.errors;
      // The compiler sees unknown networks and tiers too; here they have a more exact place.
      const rest = errors.filter(
        ({ field, key, elsewhere }) =>
          elsewhere !== true &&
          (field !== 'networks' || crossed.networks.length === 0) &&
          (key !== 'cap' || crossed.effect.length === 0),
      );
      problems.push(...crossed.networks, ...crossed.effect, ...rest.map((error) => locate(file, path, error)));
    }
  const rules = [...places.keys()];
  const placeOf: PlaceOf = (rule, error) => {
    const place = places.get(rule);
    if (place === undefined) throw new Error(`rule ${rule.rule.id} is of another configuration`);
    return locate(place.file, place.path, error);
  };
  const doubts = rules
    .filter(({ rule }) => rule.enabled)
    .flatMap((rule) => doubtsOf(rule).map((doubt) => placeOf(rule, doubt)));
  return { rules, problems, doubts, placeOf };
}

function locate(file: YamlFile, path: Path, { field, key, column, what, expected, todo }: RuleError): Problem {
  const at = [...path, field, ...(key === undefined ? [] : [key])];
  return file.problem(at, { what, expected, todo }, column === null ? 'value' : { column });
}

function unknownNetworks(file: YamlFile, path: Path, rule: Rule, names: Names): readonly Problem[] {
  if (rule.networks === 'all') return [];
  return rule.networks.flatMap((id, index) => checkNetwork(file, [...path, 'networks', index], id, names));
}

function checkNetwork(file: YamlFile, path: Path, id: string, names: Names): readonly Problem[] {
  if (names.networks.includes(id)) return [];
  const advice =
    id === 'all' ? 'write networks: all, without brackets' : 'choose one of them, or add it to networks.yaml';
  const complaint = {
    what: `network ${id} is unknown`,
    expected: `one of ${names.networks.join(', ')}`,
    todo: id === 'all' ? advice : didYouMean(id, names.networks, advice),
  };
  return [file.problem(path, complaint)];
}

function offLadder(file: YamlFile, path: Path, rule: Rule, ladder: Ladder): readonly Problem[] {
  const { cap } = rule.effect;
  return cap === undefined ? [] : checkTier(file, [...path, 'effect', 'cap'], cap, ladder);
}

/** Rule ids that two files or entries share. */
export function checkRuleIds(texts: readonly RuleText[]): readonly Problem[] {
  return duplicates(
    'rule id',
    texts.flatMap(({ ids }) => ids),
  );
}

/** Whether each scenario speaks of a rule, a network, tiers and series that exist. */
export function checkScenarios(texts: readonly RuleText[], names: Names, ladder: Ladder): readonly Problem[] {
  const rules = texts.flatMap(({ ids }) => ids.map(({ id }) => id));
  return texts.flatMap(({ file, scenarios }) =>
    scenarios.flatMap(({ scenario, path }) => [
      ...checkRuleOf(file, [...path, 'rule'], scenario.rule, rules),
      ...checkNetwork(file, [...path, 'network'], scenario.network, names),
      ...checkCovered(file, [...path, 'network'], scenario, texts, names),
      ...checkTiers(file, path, scenario, ladder),
      ...checkSeriesOf(file, path, scenario, names),
      ...checkReports(file, path, scenario, names),
    ]),
  );
}

function checkRuleOf(file: YamlFile, path: Path, id: string, rules: readonly string[]): readonly Problem[] {
  if (rules.includes(id)) return [];
  const todo = didYouMean(id, rules, 'name the rule it tests, or remove the scenario');
  return [file.problem(path, { what: `no rule is called ${id}`, expected: 'the id of a rule', todo })];
}

/** A scenario on a network that its rule does not cover would hold for nothing. */
function checkCovered(
  file: YamlFile,
  path: Path,
  scenario: Scenario,
  texts: readonly RuleText[],
  names: Names,
): readonly Problem[] {
  const rule = texts.flatMap(({ rules }) => rules).find((one) => one.rule.id === scenario.rule)?.rule;
  if (rule === undefined || rule.networks === 'all' || rule.networks.includes(scenario.network)) return [];
  // A mistyped name is told at its own place.
  if (![scenario.network, ...rule.networks].every((id) => names.networks.includes(id))) return [];
  const expected = `one of ${rule.networks.join(', ')}`;
  const todo = 'choose one that the rule covers';
  return [file.problem(path, { what: `rule ${rule.id} does not cover ${scenario.network}`, expected, todo })];
}

/** A report is about a network, another project (`other:name`), or the market (null). */
function checkReports(file: YamlFile, path: Path, scenario: Scenario, names: Names): readonly Problem[] {
  return scenario.news.flatMap(({ network }, index) =>
    network === null || network.startsWith('other:')
      ? []
      : checkNetwork(file, [...path, 'news', index, 'network'], network, names),
  );
}

/** A series is given in full: a bare metric would belong to nobody, and the rule would find nothing. */
function checkSeriesOf(file: YamlFile, path: Path, scenario: Scenario, names: Names): readonly Problem[] {
  return Object.keys(scenario.series).flatMap((series) => {
    const at = [...path, 'series', series];
    if (splitSeries(series) !== undefined) return checkSeries(file, at, series, names, 'key');
    const todo = `write ${scenario.network}.${series}`;
    const complaint = { what: `${series} names no subject`, expected: 'subject.metric', todo };
    return [file.problem(at, complaint, 'key')];
  });
}

function checkTiers(file: YamlFile, path: Path, scenario: Scenario, ladder: Ladder): readonly Problem[] {
  const all = [...ladder, UNRATED];
  const base = scenario.tier === undefined ? [] : checkTier(file, [...path, 'tier'], scenario.tier, all);
  const expected = scenario.expect.flatMap(({ tier }, index) =>
    tier === undefined ? [] : checkTier(file, [...path, 'expect', index, 'tier'], tier, all),
  );
  return [...base, ...expected];
}
