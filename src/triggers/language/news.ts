/** `news(type, window[, claimed])`: how many independent outlets report an event. */
import type { Names } from '../../core/names.ts';
import { nearest } from '../../core/nearest.ts';
import { MARKET_NEWS, NEWS_TYPES, type NewsType } from '../../core/news.ts';
import { formatDuration } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import { NOT_NEGATIVE } from './bounds.ts';
import { ExpressionError, usage } from './error.ts';
import { COUNT } from './kinds.ts';
import type { Call, Node } from './parser.ts';
import { newsReading, reportsFor } from './reports.ts';
import type { Scene, Value } from './scene.ts';
import { windowSize } from './size.ts';

const EXAMPLE = 'news(lab_training, 30d)';

/** The reports that `corroborate` counts as voices of their own; those of market-wide types count for every network but the one they are about. */
export function newsValue(node: Call, expression: string, names: Names): Value {
  const [typeNode, size, third, ...rest] = node.args;
  if (typeNode?.kind !== 'name' || size === undefined || rest.length > 0)
    throw usage(node.name, node.args.length, node.at, 'news(type, window) or news(type, window, claimed)', EXAMPLE);
  const type = typeOf(typeNode, typeNode.name);
  const window = windowSize(size, names.longest, EXAMPLE);
  const claimed = isClaimed(third);
  const find = reportsFor({ type, window, claimed }, names);
  const count = (scene: Scene): number => find(scene).counted.length;
  const what = (scene: Scene): string =>
    type.replaceAll('_', ' ') + (MARKET_NEWS.has(type) ? '' : ` on ${scene.network}`);
  return {
    text: expression,
    series: () => [],
    anytime: true,
    window,
    kind: COUNT,
    bounds: NOT_NEGATIVE,
    maxAge: () => Number.POSITIVE_INFINITY,
    value: count,
    figure: (scene) => formatValue(count(scene), 'count'),
    noun: (scene) => {
      const verb = claimed ? 'announcing' : 'reporting';
      return `the number of independent outlets ${verb} ${what(scene)} in ${formatDuration(window)}`;
    },
    statement: (scene) => {
      const outlets = count(scene);
      const verb = (claimed ? 'announce' : 'report') + (outlets === 1 ? 's' : '');
      const who = `${outlets} independent outlet${outlets === 1 ? '' : 's'} in ${formatDuration(window)}`;
      return `${who} ${verb} ${what(scene)}`;
    },
    detail: (scene) => {
      const outlets = find(scene).counted.map((report) => report.outlet);
      return outlets.length === 0 ? '' : ` (${listed(outlets)})`;
    },
    readings: (scene) => [newsReading(expression, { type, window }, find(scene), scene, names)],
  };
}

function typeOf(node: Node, name: string): NewsType {
  const type = NEWS_TYPES.find((known) => known === name);
  if (type !== undefined) return type;
  const close = nearest(name, NEWS_TYPES);
  throw new ExpressionError(
    node,
    `unknown news type ${JSON.stringify(name)}`,
    `one of ${NEWS_TYPES.join(', ')}`,
    close === undefined ? 'pick one of these' : `did you mean ${close}?`,
  );
}

function isClaimed(node: Node | undefined): boolean {
  if (node === undefined) return false;
  if (node.kind === 'name' && node.name === 'claimed') return true;
  throw new ExpressionError(
    node,
    'the third argument is not understood',
    'claimed, which also counts plans and rumours',
    'write claimed or leave it out',
  );
}

/** The first few by name. */
function listed(outlets: readonly string[]): string {
  const shown = outlets.slice(0, 4).join(', ');
  return outlets.length > 4 ? `${shown} and ${outlets.length - 4} more` : shown;
}
