/** The parts of docs/sources.md that are written from what the sources state of themselves. */
import type { Config } from '../../src/config/config.ts';
import type { Given } from '../../src/core/ports.ts';
import { splitSeries } from '../../src/core/series.ts';
import { formatDuration } from '../../src/core/time.ts';
import type { BuiltInSource } from '../../src/sources/built-in.ts';
import { GPU_IDS } from '../../src/sources/gpus.ts';
import { builtInFacts } from '../../src/sources/registry.ts';
import { tableOf } from './markdown.ts';

/** Every source in a line. */
export function overview(config: Config): string {
  const rows = builtInFacts().map((source) => [
    `[\`${source.id}\`](#${source.id})`,
    source.title,
    subjectsOf(source).join(', '),
    needs(source),
    paceOf(source, config),
    source.confidence,
  ]);
  return tableOf(['source', 'provider', 'about', 'needs', 'asked every', 'confidence'], rows);
}

/** Everything each source states, one section a source. */
export function details(config: Config): string {
  return builtInFacts()
    .map((source) => detail(source, config))
    .join('\n\n');
}

function detail(source: BuiltInSource, config: Config): string {
  const requests = [...source.requests(), ...(source.backfill?.() ?? [])];
  const rows = spelled(source.series).map(({ name, refresh }) => [
    `\`${name}\``,
    unitOf(name, config),
    refresh === null ? 'when the provider dates a new one' : formatDuration(refresh),
  ]);
  return [
    `### ${source.id}`,
    `**${source.title}**: ${source.about} <${source.homepage}>`,
    [
      `- Asks: ${[...new Set(requests.map(endpoint))].join(', ')}`,
      `- Needs: ${needs(source)}`,
      `- Terms: ${source.terms}`,
      `- Limits: ${source.limits} Asked every ${paceOf(source, config)}, never more often than every ${formatDuration(source.least)}.`,
      `- Confidence: ${source.confidence}`,
      ...(source.backfill === undefined ? [] : ['- Gives figures of the past at the first start']),
      ...source.caveats.map((caveat) => `- Mind: ${caveat}`),
    ].join('\n'),
    tableOf(['series', 'unit', 'renewed every'], rows),
  ].join('\n\n');
}

function endpoint({ url, body }: { readonly url: string; readonly body?: string }): string {
  const { host, pathname } = new URL(url);
  return `\`${body === undefined ? '' : 'POST '}${host}${pathname}\``;
}

function needs({ key }: BuiltInSource): string {
  if (key === null) return 'nothing';
  return key.required
    ? `\`${key.variable}\` (${key.from})`
    : `nothing; \`${key.variable}\` raises its limits (${key.from})`;
}

function paceOf(source: BuiltInSource, { sources }: Config): string {
  return formatDuration(sources.find(({ id }) => id === source.id)?.every ?? source.every);
}

function subjectsOf({ series }: BuiltInSource): readonly string[] {
  return [...new Set(series.flatMap(({ id }) => splitSeries(id)?.subject ?? []))];
}

type Spelled = { readonly name: string; readonly refresh: Given['refresh'] };

/** Series that differ by the GPU alone stand in one row: `aws.<gpu>_price (h100, h200)`. */
function spelled(series: readonly Given[]): readonly Spelled[] {
  const rows = new Map<string, { readonly refresh: Given['refresh']; readonly gpus: string[] }>();
  for (const { id, refresh } of series) {
    const gpu = GPUS_BY_LENGTH.find((one) => id.includes(`.${one}_`));
    const name = gpu === undefined ? id : id.replace(`.${gpu}_`, '.<gpu>_');
    const row = rows.get(`${name} ${refresh}`) ?? { refresh, gpus: [] };
    if (gpu !== undefined) row.gpus.push(gpu);
    rows.set(`${name} ${refresh}`, row);
  }
  return [...rows].map(([key, { refresh, gpus }]) => {
    const name = key.slice(0, key.lastIndexOf(' '));
    return { name: gpus.length === 1 ? name.replace('<gpu>', gpus[0] ?? '') : name + of(gpus), refresh };
  });
}

/** `h100_pcie` before `h100`. */
const GPUS_BY_LENGTH = [...GPU_IDS, 'a10g'].toSorted((a, b) => b.length - a.length);

function of(gpus: readonly string[]): string {
  return gpus.length === 0 ? '' : ` (${gpus.join(', ')})`;
}

function unitOf(name: string, { catalogue }: Config): string {
  const metric = splitSeries(name.replace(/ \(.*/, '').replace('<gpu>', 'h100'))?.metric ?? '';
  const unit = catalogue.get(metric)?.unit;
  if (unit === undefined) throw new Error(`${name} has no metric in metrics.yaml`);
  return unit;
}

/** What nobody publishes, by network. */
export function unavailable({ networks }: Config): string {
  const rows = networks.networks.flatMap(({ name, unavailable: missing = {} }) =>
    Object.entries(missing).map(([metric, reason]) => [name, `\`${metric}\``, reason]),
  );
  return tableOf(['network', 'metric', 'why'], rows);
}

/** Series that two sources give: the first is recorded, the second is what it is held against. */
export function witnessed({ sources, catalogue }: Config): string {
  const order = sources.map(({ id }) => id);
  const facts = builtInFacts().toSorted((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const givers = new Map<string, readonly string[]>();
  for (const { id, series } of facts) for (const one of series) givers.set(one.id, [...(givers.get(one.id) ?? []), id]);
  const rows = [...givers]
    .filter(([, ids]) => ids.length > 1)
    .map(([series, [first, ...others]]) => [
      `\`${series}\``,
      first ?? '',
      others.join(', '),
      `${Math.round((catalogue.get(splitSeries(series)?.metric ?? '')?.tolerance ?? 0.1) * 100)}%`,
    ]);
  return tableOf(['series', 'recorded from', 'held against', 'may differ by'], rows);
}
