/** Configurations that must be refused, each broken in one way a person might break it. */
import type { Change } from './folder.ts';

type Broken = { readonly name: string; readonly files: Readonly<Record<string, Change>> };

function edit(name: string, file: string, replace: string | RegExp, by: string): Broken {
  return { name, files: { [file]: { replace, by } } };
}

function whole(name: string, file: string, content: string | Uint8Array | null): Broken {
  return { name, files: { [file]: content } };
}

const RULES = 'rules/rules.yaml';
const BOMB = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]',
  'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]',
  'ladder: [*c, *c, *c, *c, *c, *c, *c, *c, *c]',
].join('\n');

export const BROKEN: readonly Broken[] = [
  // Files
  whole('missing required file', 'networks.yaml', null),
  whole('directory in place of a file', 'metrics.yaml', 'directory'),
  whole('empty file', 'tierwatch.yaml', ''),
  whole('only comments', RULES, '# rules go here\n'),
  whole('binary file', 'sources.yaml', new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1])),
  whole('not UTF-8', 'feeds.yaml', new Uint8Array([0x66, 0xe9, 0x0a])),
  whole('UTF-16', 'feeds.yaml', new Uint8Array([0xff, 0xfe, 0x66, 0, 0x0a, 0])),
  whole('huge file', 'feeds.yaml', `# ${'x'.repeat(1024 * 1024)}\n`),
  {
    name: 'several files at once',
    files: {
      'tierwatch.yaml': { replace: 'tick: 1m', by: 'tick: 1' },
      'metrics.yaml': null,
      'feeds.yaml': { replace: 'trust: press', by: 'trust: pres' },
      [RULES]: { replace: 'for: 14d', by: 'for: fortnight' },
    },
  },

  // YAML
  edit('tab indentation', 'networks.yaml', '    name: Akash', '\tname: Akash'),
  edit('duplicate key', 'networks.yaml', '    tier: conviction', '    tier: conviction\n    tier: avoid'),
  edit('several documents', 'feeds.yaml', 'feeds:', 'feeds: []\n---\nfeeds:'),
  edit('bracket left open', 'metrics.yaml', 'range: [0, 1]', 'range: [0, 1'),
  edit('quote left open', 'tierwatch.yaml', "'123456789012345678'", "'123456789012345678"),
  edit('colon in a plain text', 'networks.yaml', 'reason: a test', 'reason: see: the page'),
  edit('text starts with @', 'tierwatch.yaml', 'meaning: Good.', 'meaning: "x" }\n  - { id: b, name: B, meaning: @x'),
  edit('key without a colon', 'tierwatch.yaml', 'tick: 1m', 'tick'),
  edit('unaligned list', 'feeds.yaml', '    outlet:', '   outlet:'),
  edit('unknown tag', 'networks.yaml', 'name: Akash', 'name: !!js/function Akash'),
  edit('dangling alias', 'networks.yaml', 'name: Akash', 'name: *akash'),
  whole('alias bomb', 'tierwatch.yaml', BOMB),
  whole('alias inside itself', 'tierwatch.yaml', 'ladder: &a [*a, *a]\n'),
  whole('endless nesting', 'tierwatch.yaml', `ladder: ${'['.repeat(20_000)}`),
  whole('a list where a mapping belongs', 'networks.yaml', '- id: akash\n'),
  whole('prototype key', 'feeds.yaml', 'feeds: []\n__proto__: { feeds: [] }\n'),

  // Keys and types
  edit('unknown key, misspelled', RULES, 'keepFiringFor: 3d', 'keep_firing_for: 3d'),
  edit('unknown key, far from any', 'networks.yaml', 'reason: a test', 'reason: a test\n    colour: blue'),
  edit('unknown key at the top', 'tierwatch.yaml', 'tick: 1m', 'tick: 1m\nretentoin: 90d'),
  edit('merge key', 'networks.yaml', 'name: Akash', 'name: Akash\n    <<: { token: AKT }'),
  edit('missing key', 'networks.yaml', '    reason: a test\n', ''),
  edit('key without a value', 'networks.yaml', 'reason: a test', 'reason:'),
  edit('numeric admin id', 'tierwatch.yaml', "'123456789012345678'", '123456789012345678'),
  edit('admin by name', 'tierwatch.yaml', "discord: ['123456789012345678']", "telegram: ['@ada']"),
  edit('duration without a unit', RULES, 'for: 14d', 'for: 14'),
  edit('duration with a space', RULES, 'for: 14d', 'for: 14 days'),
  edit('id with capitals', RULES, '- id: floor', '- id: Floor 1'),
  edit('id of a network with a dash', 'networks.yaml', '- id: ionet', '- id: io-net'),
  edit('number as text', 'metrics.yaml', 'range: [0, 1]', "range: ['0', 1]"),
  edit('range of one', 'metrics.yaml', 'range: [0, 1]', 'range: [0]'),
  edit('range upside down', 'metrics.yaml', 'range: [0, 1]', 'range: [1, 0]'),
  edit('wrong unit', 'metrics.yaml', 'unit: usd/gpu-hour', 'unit: usd/gpu-hr'),
  edit('unit far from any', 'metrics.yaml', 'unit: ratio', 'unit: bananas'),
  edit('GPU model with a capital', 'metrics.yaml', '[h100, a100]', '[H100, a100]'),
  edit('text where true or false belongs', 'sources.yaml', 'private: true', 'private: yes'),
  edit('ladder of one', 'tierwatch.yaml', /\n {2}- \{ id: avoid.*/, ''),
  edit('no address', 'feeds.yaml', 'https://example.com/feed.xml', 'example.com/feed.xml'),
  edit('address of another kind', 'feeds.yaml', 'https://example.com/feed.xml', 'file:///etc/passwd'),
  edit('home is no address', 'networks.yaml', 'name: Akash', 'name: Akash\n    home: akash.network'),

  // Unions
  edit('declared source without samples', 'sources.yaml', /\n {4}samples:\n.*/, ''),
  edit('declared source with a misspelled key', 'sources.yaml', 'private: true', 'privat: true'),
  edit('declared source with a wrong pace', 'sources.yaml', 'every: 15m', 'every: 15'),
  edit('declared source of another kind', 'sources.yaml', 'http://localhost', 'ftp://localhost'),
  edit('built-in source with a misspelled key', 'sources.yaml', 'every: 10m', 'evry: 10m'),
  edit('source as a text', 'sources.yaml', '  - id: akash\n    every: 10m', '  - akash'),
  edit('pointer without a slash', 'sources.yaml', '/gpu/utilization', 'gpu.utilization'),
  edit('networks as a text', RULES, 'networks: [akash]', 'networks: akash'),
  edit('networks as an empty list', RULES, 'networks: [akash]', 'networks: []'),
  edit('network as a number', RULES, 'networks: [akash]', 'networks: [1]'),
  edit('empty effect', RULES, '{ cap: avoid }', '{}'),
  edit('effect as a text', RULES, '{ cap: avoid }', 'lower'),
  edit('effect with a misspelled key', RULES, '{ cap: avoid }', '{ lowr: 1 }'),
  edit('effect lowers by half', RULES, '{ cap: avoid }', '{ lower: 0.5 }'),
  edit('effect lowers by nothing', RULES, '{ cap: avoid }', '{ lower: 0 }'),
  edit('hold that does not hold', RULES, '{ cap: avoid }', '{ hold: false }'),
  edit('watch sideways', RULES, '{ cap: avoid }', '{ watch: down }'),
  edit('scenario from no date', RULES, 'name: it fires', 'name: it fires\n    start: 2026-02-30'),

  // Names across files
  edit('network twice', 'networks.yaml', '- id: ionet', '- id: akash'),
  edit('network and cloud share an id', 'networks.yaml', '{ id: aws,', '{ id: akash,'),
  edit('alias of another network', 'networks.yaml', 'name: io.net', 'name: AKASH NETWORK'),
  edit('name is the id of another network', 'networks.yaml', 'name: io.net', 'name: Akash'),
  edit('tier twice', 'tierwatch.yaml', 'id: avoid', 'id: conviction'),
  edit('unrated on the ladder', 'tierwatch.yaml', 'id: avoid', 'id: unrated'),
  edit('tier not on the ladder', 'networks.yaml', 'tier: conviction', 'tier: conviktion'),
  edit('metric twice', 'metrics.yaml', '- id: gpu_utilization', '- id: <gpu>_price'),
  edit('metric spelled out twice', 'metrics.yaml', '- id: gpu_utilization', '- id: h100_price'),
  edit('GPU model twice', 'metrics.yaml', '[h100, a100]', '[h100, h100]'),
  edit('source twice', 'sources.yaml', '- id: mine', '- id: akash'),
  edit('unknown built-in source', 'sources.yaml', '- id: akash', '- id: akassh'),
  edit('sample of an unknown subject', 'sources.yaml', 'akash.gpu_utilization', 'akahs.gpu_utilization'),
  edit('sample of an unknown metric', 'sources.yaml', 'akash.gpu_utilization', 'akash.gpu_utilisation'),
  edit('sample without a subject', 'sources.yaml', 'akash.gpu_utilization', 'gpu_utilization'),
  whole('feed twice', 'feeds.yaml', `feeds:\n${feed('wire')}${feed('wire')}`),
  edit('feed and source share an id', 'feeds.yaml', '- id: wire', '- id: mine'),
  edit('unknown network in a rule', RULES, 'networks: [akash]', 'networks: [ionet, akahs]'),
  edit('all in brackets', RULES, 'networks: [akash]', 'networks: [all]'),
  edit('scenario on a network that the rule leaves out', RULES, 'network: akash', 'network: ionet'),
  edit('window longer than the retention', RULES, '7d) <', '900d) <'),
  edit(
    'series twice in one source',
    'sources.yaml',
    'at: /updated }',
    'at: /updated }\n      - { series: akash.gpu_utilization, value: /other }',
  ),
  edit('feed with a password in its address', 'feeds.yaml', 'https://', 'https://user:secret@'),
  edit(
    'five mistakes in one rule',
    RULES,
    /networks: \[akash\][\s\S]*?cap: avoid/,
    'networks: [akahs]\n    when: gpu_utilization < 20\n    for: 14\n    clear: foo > 1\n    effect: { cap: avid',
  ),
  edit('cap off the ladder', RULES, 'cap: avoid', 'cap: unrated'),
  whole('rule twice in two files', 'rules/more.yaml', 'rules:\n  - { id: floor, when: gpu_utilization < 10% }\n'),
  edit('unknown metric in an expression', RULES, 'avg(gpu_utilization, 7d)', 'avg(gpu_utilisation, 7d)'),
  edit('ratio against a number', RULES, '< 20%', '< 20'),
  edit('mistakes in both expressions', RULES, '< 20%', '< 20\n    clear: "gpu_utilization > > 25%"'),
  edit('scenario of an unknown rule', RULES, 'rule: floor', 'rule: flor'),
  edit('scenario on an unknown network', RULES, 'network: akash', 'network: aakash'),
  edit('scenario with an unknown tier', RULES, 'tier: conviction', 'tier: good'),
  edit('scenario expects an unknown tier', RULES, 'tier: avoid }', 'tier: avoided }'),
  edit('scenario with an unknown series', RULES, 'gpu_utilization: 0.1x20', 'gpu_utilzation: 0.1x20'),
  edit('scenario with an unknown subject', RULES, 'akash.gpu_utilization: 0.1x20', 'azure.gpu_utilization: 0.1x20'),
  edit('scenario with a bare metric', RULES, 'akash.gpu_utilization: 0.1x20', 'gpu_utilization: 0.1x20'),

  edit(
    'scenario with news of an unknown network',
    RULES,
    'expect:',
    'news: [{ at: 1d, type: utilization_report, network: aksh, outlet: The Wire }]\n    expect:',
  ),

  // Groups
  group('group of an unknown member', 'big: [aws, asw]'),
  group('group of a group', 'big: [clouds]'),
  group('group without members', 'big: []'),
  group('group named as a cloud', 'aws: [aws]'),
  group('group named as one that is always there', 'others: [akash]'),
  group('group with a name that is none', 'Big-3: [aws]'),
  group('group as a text', 'big: aws'),
  group('group with a member twice', 'big: [aws, akash, aws]'),
  group('group that needs more members than it has', 'big: { members: [aws, akash], atLeast: 3 }'),
  group('group of one that needs two', 'big: { members: [aws], atLeast: 2 }'),
  group('group that needs nobody', 'big: { members: [aws, akash], atLeast: 0 }'),
  group('group in full with an unknown member', 'big: { members: [aws, asw], atLeast: 1 }'),
  group('group in full with a misspelt key', 'big: { members: [aws], at_least: 1 }'),

  // What nobody publishes
  unavailable('unavailable metric that is misspelt', 'gpu_utilisation: nobody tells'),
  unavailable('unavailable metric far from any', 'happiness: nobody tells'),
  unavailable('unavailable without a reason', 'gpu_utilization:'),

  // Derived series
  derived('derived of an unknown metric', { expression: 'h100_prise / a100_price' }),
  derived('derived of an unknown subject', { id: 'akahs.share' }),
  derived('derived under the name of a metric', { id: 'gpu_utilization' }),
  derived('derived in another unit', { expression: 'h100_price' }),
  derived('derived of a figure alone', { expression: '100% - 20%' }),
  derived('derived of news', { expression: 'news(lab_training, 7d) / news(new_entrant, 7d)' }),
  derived('derived of a condition', { expression: 'h100_price < a100_price' }),
  derived('derived of itself', { expression: '100% - share' }),
  derived('derived of a group without a function', { expression: 'h100_price / clouds.h100_price' }),
  derived('derived with a bracket left open', { expression: '(h100_price / a100_price' }),
  derived('derived with a window longer than samples are kept', { expression: 'avg(gpu_utilization, 900d)' }),
  derived('derived with a misspelt key', { expression: "h100_price / a100_price\n    mean: 'one'" }),
  derived('derived in an unknown unit', { unit: 'percent' }),
  derived('derived with capitals', { id: 'Share' }),
  derived('derived with limits upside down', { limits: '[1, 0]' }),
  derived('derived with limits that leave one figure', { limits: '[1, 1]' }),
  derived('derived with one limit', { limits: '[0]' }),
  derived("derived in another unit than its metric's", { id: 'akash.gpu_utilization', unit: 'count' }),
  {
    name: 'derived of one that is broken',
    files: {
      'metrics.yaml': {
        replace: /$/,
        by: `derived:\n${derivation({ id: 'two', expression: 'share * 50%' })}${derivation({ expression: 'h100_prise / a100_price' })}`,
      },
    },
  },
  {
    name: 'derived in a circle',
    files: {
      'metrics.yaml': {
        replace: /$/,
        by: `derived:\n${derivation({ id: 'one', expression: 'two / 2' })}${derivation({ id: 'two', expression: 'one * 2' })}`,
      },
    },
  },
  {
    name: 'derived twice',
    files: { 'metrics.yaml': { replace: /$/, by: `derived:\n${derivation({})}${derivation({})}` } },
  },
  {
    name: 'derived that is broken, and a rule that reads it',
    files: {
      'metrics.yaml': { replace: /$/, by: `derived:\n${derivation({ expression: 'h100_prise / a100_price' })}` },
      [RULES]: { replace: 'avg(gpu_utilization, 7d)', by: 'share' },
    },
  },

  // Bounds
  edit('unknown time zone', 'tierwatch.yaml', 'Europe/Berlin', 'Europe/Berln'),
  edit('tick too fast', 'tierwatch.yaml', 'tick: 1m', 'tick: 10ms'),
  edit('tick too slow', 'tierwatch.yaml', 'tick: 1m', 'tick: 2d'),
  edit('retention too short', 'tierwatch.yaml', 'tick: 1m', 'retention: 1h'),
  edit('source polled without a pause', 'sources.yaml', 'every: 15m', 'every: 0s'),
  edit('built-in source polled more often than it bears', 'sources.yaml', 'every: 10m', 'every: 90s'),
  edit('own server polled without a pause', 'sources.yaml', 'every: 10m', 'every: 0s\n    base: https://example.org'),
  edit('provider called private', 'sources.yaml', 'every: 10m', 'every: 10m\n    private: true'),
  edit('figures that are never fresh', 'metrics.yaml', 'maxAge: 2d', 'maxAge: 0s'),
];

function group(name: string, line: string): Broken {
  return edit(name, 'networks.yaml', /$/, `groups:\n  ${line}\n`);
}

function unavailable(name: string, line: string): Broken {
  return edit(name, 'networks.yaml', 'reason: a test', `reason: a test\n    unavailable:\n      ${line}`);
}

type Written = Readonly<Partial<Record<'id' | 'unit' | 'expression' | 'limits', string>>>;

function derived(name: string, written: Written): Broken {
  return edit(name, 'metrics.yaml', /$/, `derived:\n${derivation(written)}`);
}

function derivation({ id = 'share', unit = 'ratio', expression = 'h100_price / a100_price', limits }: Written): string {
  const cut = limits === undefined ? '' : `    limits: ${limits}\n`;
  return `  - id: ${id}\n    unit: ${unit}\n    meaning: One over the other.\n    expression: ${expression}\n${cut}`;
}

function feed(id: string): string {
  return `  - { id: ${id}, url: https://example.com/${id}, outlet: The Wire, owner: wire, trust: press }\n`;
}
