/** docs/rules.md held against the program: every example is run, and what the program can write is what it writes. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { bookOf } from '../../src/cli/book.ts';
import { wordsFor } from '../../src/cli/scenarios.ts';
import { unfed } from '../../src/cli/sources.ts';
import { loadConfig } from '../../src/config/load.ts';
import { Effect, Rule, Scenario } from '../../src/core/rule.ts';
import { compileCondition } from '../../src/triggers/language/expression.ts';
import { tokenize } from '../../src/triggers/language/lexer.ts';
import { type Node, parse } from '../../src/triggers/language/parser.ts';
import { compileRule } from '../../src/triggers/rule/compile.ts';
import { deriveTier } from '../../src/triggers/rule/tiers.ts';
import { runScenario } from '../../src/triggers/scenario/scenario.ts';
import { parseScript } from '../../src/triggers/scenario/script.ts';
import { unproven } from '../../src/triggers/scenario/unproven.ts';
import { configOf, extend, withConfig } from './examples.ts';
import { GENERATED } from './generated.ts';
import { shownFunctions } from './language.ts';
import { freshness, mistake } from './limits.ts';
import { blocks, codes, generatedNames, generatedPart, headings, section, table, withGenerated } from './markdown.ts';

const PATH = join(import.meta.dirname, '../../docs/rules.md');
const REGENERATE = 'run: UPDATE=1 npx vitest run test/docs/rules.test.ts';
const SHIPPED = new URL('../../config', import.meta.url).pathname;

const loaded = await loadConfig(SHIPPED);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, null, 2));
const { config } = loaded;

const written = await readFile(PATH, 'utf8');
const parts = new Map<string, string>();
for (const [name, write] of Object.entries(GENERATED)) parts.set(name, await write(written, config));
if (process.env.UPDATE === '1')
  await writeFile(
    PATH,
    [...parts].reduce((text, part) => withGenerated(text, ...part), written),
  );
const doc = await readFile(PATH, 'utf8');

describe('what the program writes', () => {
  it('has a place in the document, each part once', () => {
    expect(generatedNames(doc)).toEqual([...parts.keys()]);
  });

  it.each([...parts])('%s is current', (name, body) => {
    expect(generatedPart(doc, name), REGENERATE).toBe(body);
  });

  it('shows every function that the language knows', () => {
    const { expected } = mistake('nonsense(gpu_utilization, 7d) < 1', config);
    const known = [...expected.matchAll(/\w+/g)].map(([name]) => name).filter((name) => !['one', 'of'].includes(name));
    expect(known).toContain('avg');
    expect([...shownFunctions(config)].sort()).toEqual(known.sort());
  });

  it('finds at least five mistakes in the broken example', () => {
    const places = parts.get('mistakes')?.match(/^config\/rules\/mine\.yaml:\d+:\d+: /gm) ?? [];
    expect(places.length).toBeGreaterThanOrEqual(5);
  });
});

/** A rule file of the document, with the part of `metrics.yaml` shown under the same heading. */
type Example = { readonly heading: string; readonly rules: string; readonly metrics: string | undefined };

function exampleUnder(heading: string): readonly Example[] {
  const all = blocks(section(doc, heading), 'yaml');
  const rules = all.filter((body) => 'rules' in parseYaml(body));
  const metrics = all.find((body) => !rules.includes(body));
  return rules.map((body) => ({ heading, rules: body, metrics }));
}

const recipes = headings(section(doc, 'Recipes'), 3).flatMap(exampleUnder);
const examples = [...['Your first rule', 'How a rule lives'].flatMap(exampleUnder), ...recipes];

describe('the examples', () => {
  it('are all of the document but the broken ones', () => {
    const broken = blocks(section(doc, 'Mistakes the checker finds'), 'yaml');
    const shown = [...examples.flatMap(({ rules, metrics }) => [rules, metrics ?? '']), ...broken].filter(
      (text) => text !== '',
    );
    expect(shown.sort()).toEqual([...blocks(doc, 'yaml')].sort());
    expect(recipes.length).toBe(headings(section(doc, 'Recipes'), 3).length);
  });

  describe.each(examples.map((example) => [example.heading, example] as const))('%s', (_, { rules, metrics }) => {
    it('is sound, and its scenarios hold and prove it', async () => {
      const example = await configOf(rules, metrics);
      const { networks, settings } = example;
      const whole = { rules: example.rules, networks: networks.networks, ladder: settings.ladder };
      const results = example.scenarios.map((scenario) => runScenario(whole, scenario, wordsFor(example)));
      const failures = results.flatMap(({ scenario, failures: found }) =>
        found.map(({ what, seen }) => `${scenario.name}: ${what} (${seen?.when.says}; ${seen?.alert})`),
      );
      expect(failures).toEqual([]);
      for (const rule of example.rules) expect(unproven(rule, results), rule.rule.id).toEqual([]);
    });
  });

  it('can stand beside the shipped rules, all at once', async () => {
    await withConfig(async (dir) => {
      for (const [index, { rules, metrics }] of examples.entries()) {
        await writeFile(join(dir, `config/rules/example-${index}.yaml`), rules);
        if (metrics !== undefined) await extend(join(dir, 'config/metrics.yaml'), metrics);
      }
      const together = await loadConfig(join(dir, 'config'));
      expect(together.ok ? [] : together.problems).toEqual([]);
    });
  });

  it('begin with a rule that the shipped sources feed', async () => {
    const [first] = examples;
    expect(unfed(await configOf(first?.rules ?? '', undefined))).toEqual([]);
  });

  it('switch a rule off with enabled: false', async () => {
    const [trial] = exampleUnder('A rule on trial');
    const off = await configOf(trial?.rules ?? '', undefined);
    expect(off.rules).toHaveLength(1);
    expect(bookOf(off).rules).toEqual([]);
  });
});

describe('the tables', () => {
  it('name every field of a rule, a scenario and an expectation', () => {
    const first = (text: string, head: string): readonly string[] =>
      table(text, head).map(([cell = '']) => cell.slice(1, -1));
    expect(first(section(doc, 'Your first rule'), 'field')).toEqual(Object.keys(Rule.shape));
    const fields = section(doc, 'Scenarios');
    expect(first(fields, 'field')).toEqual(Object.keys(Scenario.shape));
    const expectation = Scenario.shape.expect.element.shape;
    expect(['at', ...first(fields, 'expectation')]).toEqual(Object.keys(expectation));
    const report = Scenario.shape.news.unwrap().element.shape;
    const [, told = ''] = table(fields, 'field').find(([cell]) => cell === '`news`') ?? [];
    expect([...codes(told)].sort()).toEqual(Object.keys(report).sort());
  });

  it.each([
    ['Your first rule', Rule.shape, 1],
    ['Scenarios', Scenario.shape, 2],
  ] as const)('give the defaults of %s', (heading, shape, column) => {
    for (const cells of table(section(doc, heading), 'field')) {
      const field = (cells[0] ?? '').slice(1, -1) as keyof typeof shape;
      const said = cells[column] ?? '';
      const schema = shape[field] as (typeof Rule.shape)[keyof typeof Rule.shape];
      const [shown] = codes(said);
      const left = schema.safeParse(undefined);
      if (said === 'needed') expect(left.success, field).toBe(false);
      else if (said.startsWith('`')) expect(left.data, field).toEqual(schema.parse(parseYaml(shown ?? '')));
      else expect(left, field).toMatchObject({ success: true, data: undefined });
    }
  });

  it('read figures of a scenario as the program does', () => {
    for (const [script = '', figures = ''] of table(section(doc, 'Scenarios'), 'written')) {
      const expected = figures.split(', ').map((figure) => (figure === 'missing' ? null : Number(figure)));
      expect(parseScript(script.slice(1, -1)), script).toEqual(expected);
    }
  });

  it('derive tiers as the program does', () => {
    const rows = table(section(doc, 'How tiers follow'), 'base');
    expect(rows.length).toBeGreaterThan(10);
    for (const [base = '', firing = '', tier = ''] of rows) {
      const effects = codes(firing).map((code) => Effect.parse(parseYaml(code)));
      expect(effects.length > 0 || firing === 'none', firing).toBe(true);
      expect(deriveTier(config.settings.ladder, base, effects), `${base}, ${firing}`).toBe(tier);
    }
    const shown = new Set(
      rows.flatMap(([, firing = '']) => codes(firing).flatMap((code) => Object.keys(parseYaml(code)))),
    );
    expect([...shown].sort()).toEqual(Object.keys(Effect.shape).sort());
  });

  it('say what may move a tier as the program does', () => {
    const rows = table(section(doc, 'What news may do'), 'in a rule that moves a tier');
    const reasons = { 'one report would do': "one outlet's word", 'nothing shows': 'is not shown', plans: 'claimed' };
    for (const [code = '', said = ''] of rows) {
      const [when = ''] = codes(code);
      for (const effect of [{ lower: 1 }, { raise: 1 }, { cap: 'watching' }, { hold: true }])
        for (const written of [{ when }, { when: 'gpu_utilization < 20%', clear: when }]) {
          const rule = Rule.parse({ id: 'shown', ...written, effect });
          const compiled = compileRule(rule, 'v', config.names, config.settings.ladder);
          const told = compiled.ok ? '' : compiled.errors.map(({ what }) => what).join();
          const reason = Object.entries(reasons).find(([word]) => said.includes(`refused: ${word}`))?.[1];
          expect(compiled.ok, when).toBe(said.startsWith('fine'));
          if (!compiled.ok) expect(told, when).toContain(reason ?? 'a reason that the document does not give');
        }
    }
    expect(rows.length).toBeGreaterThan(5);
  });

  it('show values and conditions that are understood', () => {
    const rows = table(section(doc, 'Values'), 'written');
    const kinds = rows.flatMap(([values = '', , condition = '']) => {
      expect(() => compileCondition(condition.slice(1, -1), config.names), condition).not.toThrow();
      const found = codes(values).map((value) => tokenize(value).map(({ literal }) => literal?.kind ?? 'end'));
      for (const tokens of found) expect(tokens, values).toEqual([found[0]?.[0], 'end']);
      return found[0]?.[0] ?? [];
    });
    expect(kinds).toEqual(['ratio', 'money', 'plain', 'duration', 'instant']);
  });

  it('bind operators as the program does, and list them all', () => {
    const text = section(doc, 'Operators');
    for (const [loose = '', grouped = ''] of table(text, 'written')) {
      for (const code of [loose, grouped]) compileCondition(code.slice(1, -1), config.names);
      expect(shapeOf(parse(loose.slice(1, -1))), loose).toEqual(shapeOf(parse(grouped.slice(1, -1))));
    }
    const listed = table(text, 'operators').flatMap(([cell = '']) => codes(cell));
    expect(listed).toEqual(['-x', '*', '/', '+', '-', '<', '<=', '>', '>=', '==', '!=', 'not', 'and', 'or']);
  });
});

describe('the prose', () => {
  test('says when a figure is stale and a window covered as the program has it', () => {
    const { steps, coverage } = freshness();
    expect(steps).toBe(3);
    expect(doc).toContain('older than three times the usual step');
    expect(doc).toContain(`less than ${coverage}`);
  });

  test('links to headings that are there', () => {
    const anchors = [2, 3]
      .flatMap((rank) => headings(doc, rank))
      .map((heading) =>
        heading
          .toLowerCase()
          .replaceAll(' ', '-')
          .replace(/[^\w-]/g, ''),
      );
    for (const [, target = ''] of doc.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(target);
  });
});

/** A tree without places. */
function shapeOf(node: Node): unknown {
  switch (node.kind) {
    case 'literal':
      return node.text;
    case 'name':
      return node.name;
    case 'call':
      return [node.name, ...node.args.map(shapeOf)];
    case 'unary':
      return [node.op, shapeOf(node.of)];
    case 'binary':
      return [node.op, shapeOf(node.left), shapeOf(node.right)];
  }
}
