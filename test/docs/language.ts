/** The tables of the language, written from the code: functions with their units and what they read like in an alert. */
import type { Config } from '../../src/config/config.ts';
import { MARKET_NEWS, NEWS_STATUSES, NEWS_TYPES, type NewsStatus, type NewsType } from '../../src/core/news.ts';
import { describeUnit, UNITS } from '../../src/core/units.ts';
import { compileCondition } from '../../src/triggers/language/expression.ts';
import { WINDOW_FUNCTIONS } from '../../src/triggers/language/functions.ts';
import { GROUP_FUNCTIONS } from '../../src/triggers/language/group.ts';
import { LEXICON } from '../sources/news/networks.ts';
import { codes, tableOf } from './markdown.ts';
import { report, sampleScene } from './sample.ts';

/** What a function is beyond its name, and a condition with it that holds in the sample world. */
type Entry = { readonly note: string; readonly example: string };

const WINDOW: Readonly<Record<string, Entry>> = {
  avg: { note: 'of all samples', example: 'avg(gpu_utilization, 7d) < 40%' },
  min: { note: 'the lowest sample', example: 'min(gpu_utilization, 7d) < 40%' },
  max: { note: 'the highest sample', example: 'max(gpu_utilization, 7d) < 40%' },
  sum: { note: 'of all samples, however many a day there are', example: 'sum(revenue, 7d) < $50k' },
  median: { note: 'half of the samples lie below', example: 'median(gpu_utilization, 7d) < 40%' },
  quantile: {
    note: 'with 0.9, nine tenths of the samples lie below',
    example: 'quantile(gpu_utilization, 30d, 0.9) < 40%',
  },
  count: { note: 'how many samples came', example: 'count(gpu_utilization, 7d) < 24' },
  stddev: { note: 'how far samples usually lie from the average', example: 'stddev(gpu_utilization, 30d) > 2%' },
  last: { note: 'the newest sample inside the window', example: 'last(gpu_utilization, 7d) < 40%' },
  slope: { note: 'of the straight line that fits best', example: 'slope(gpus_leased, 30d) < -1' },
  change: { note: 'relative, against the last sample before the window', example: 'change(revenue, 30d) < -10%' },
  delta: { note: 'absolute, against the last sample before the window', example: 'delta(gpus_leased, 30d) < -50' },
};

const GROUP: Readonly<Record<string, Entry>> = {
  min: { note: 'the lowest of them', example: 'h100_price < min(others.h100_price)' },
  max: { note: 'the highest of them', example: 'h100_price < max(neoclouds.h100_price)' },
  median: { note: 'the middle one', example: 'h100_price < median(hyperscalers.h100_price)' },
  mean: { note: 'the average of them', example: 'h100_price < mean(hyperscalers.h100_price)' },
};

const OTHER: readonly (Entry & { readonly form: string; readonly unit: string })[] = [
  {
    form: 'news(type, window)',
    note: 'independent outlets that report it as done or under way',
    unit: describeUnit(UNITS.count),
    example: 'news(lab_training, 30d) >= 2',
  },
  {
    form: 'news(type, window, claimed)',
    note: 'the same, plans and rumours included',
    unit: describeUnit(UNITS.count),
    example: 'news(lab_training, 30d, claimed) >= 3',
  },
  {
    form: 'age(series)',
    note: 'how long ago the newest sample was taken',
    unit: describeUnit(UNITS.duration),
    example: 'age(gpus_total) > 3d',
  },
  {
    form: 'now',
    note: 'the instant of the judgement',
    unit: describeUnit(UNITS.instant),
    example: 'now >= 2026-03-01',
  },
];

/** What each kind of news tells. */
const NEWS: Readonly<Record<NewsType, string>> = {
  lab_training: 'A model is trained on the network, or on machines spread over the internet.',
  new_entrant: 'A further decentralized compute network goes live.',
  capacity_catchup: 'GPUs become easier to get, or cheaper.',
  capacity_crunch: 'GPUs become harder to get, or dearer.',
  utilization_report: 'Figures of use: leases, revenue, frames rendered.',
  reliability_incident: 'An outage, a hack or an exploit.',
  supply_inflation: 'Fake or inflated supply.',
};

const STATUSES: Readonly<Record<NewsStatus, string>> = {
  done: 'it happened',
  in_progress: 'it is under way',
  planned: 'it is announced',
  speculative: 'it is guessed or hoped',
  denied: 'it is denied',
};

const HEADS = ['function', 'gives', 'unit', 'example', 'in an alert'];

export function windowFunctions(config: Config): string {
  const rows = Object.entries(WINDOW_FUNCTIONS).map(([name, { noun, unit, parameter }]) => {
    const { note, example } = entryOf(WINDOW, name);
    const form = `${name}(series, window${parameter === undefined ? '' : `, ${parameter.name}`})`;
    return row(form, `${noun}: ${note}`, unitOf(unit(UNITS.gpus)), example, config);
  });
  return tableOf(HEADS, rows);
}

export function groupFunctions(config: Config): string {
  const rows = Object.keys(GROUP_FUNCTIONS).map((name) => {
    const { note, example } = entryOf(GROUP, name);
    return row(`${name}(group.metric)`, note, "the metric's", example, config);
  });
  return tableOf(HEADS, rows);
}

export function otherFunctions(config: Config): string {
  const rows = OTHER.map(({ form, note, unit, example }) => row(form, note, unit, example, config));
  return tableOf(HEADS, rows);
}

/** Names of all functions that the tables show. */
export function shownFunctions(config: Config): ReadonlySet<string> {
  const text = windowFunctions(config) + groupFunctions(config) + otherFunctions(config);
  return new Set(codes(text).flatMap((code) => /^\w+(?=\()/.exec(code)?.[0] ?? []));
}

export function groups({ names }: Config): string {
  const rows = [...names.groups].map(([name, members]) => {
    const needed = names.atLeast.get(name);
    return [`\`${name}\``, `${members.join(', ')}${needed === undefined ? '' : `; at least ${needed} of them`}`];
  });
  return tableOf(['group', 'members'], [...rows, ['`others`', 'the networks but the one being judged']]);
}

export function news(): string {
  const rows = NEWS_TYPES.map((type) => {
    const example = LEXICON.events.find((entry) => entry.type === type)?.examples[0]?.split('\n')[0];
    if (example === undefined) throw new Error(`no words tell ${type}`);
    return [`\`${type}\``, MARKET_NEWS.has(type) ? 'the market' : 'a network', NEWS[type], example];
  });
  return tableOf(['type', 'about', 'tells', 'read out of a sentence such as'], rows);
}

/** Which reports each form of `news` counts. */
export function statuses({ names }: Config): string {
  const counts = (condition: string, status: NewsStatus): string =>
    compileCondition(condition, names).truth(sampleScene([report('One', 80, status)])) === 'true' ? 'counts' : '';
  const rows = NEWS_STATUSES.map((status) => [
    `\`${status}\``,
    STATUSES[status],
    counts('news(lab_training, 30d) == 1', status),
    counts('news(lab_training, 30d, claimed) == 1', status),
  ]);
  return tableOf(['status', 'says', 'for `news(type, window)`', 'with `claimed`'], rows);
}

function entryOf(entries: Readonly<Record<string, Entry>>, name: string): Entry {
  const entry = entries[name];
  if (entry === undefined) throw new Error(`${name} has no words and no example in ${import.meta.filename}`);
  return entry;
}

function row(form: string, gives: string, unit: string, example: string, { names }: Config): readonly string[] {
  const { truth, says } = compileCondition(example, names).explain(sampleScene());
  if (truth !== 'true') throw new Error(`${example} does not hold in the sample world: ${says}`);
  return [`\`${form}\``, gives, unit, `\`${example}\``, says];
}

/** What becomes of a number of GPUs. */
function unitOf(unit: (typeof UNITS)[keyof typeof UNITS]): string {
  if (unit.name === UNITS.gpus.name) return "the metric's";
  return unit.name === `${UNITS.gpus.name}/day` ? "the metric's, a day" : describeUnit(unit);
}
