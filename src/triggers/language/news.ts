/** `news(type, window[, claimed])`: how many independent outlets report an event. */

import { independent } from '../../core/independent.ts';
import { nearest } from '../../core/nearest.ts';
import { MARKET_NEWS, NEWS_TYPES, type NewsEvent, type NewsType } from '../../core/news.ts';
import { type Duration, formatDuration } from '../../core/time.ts';
import { formatValue } from '../../core/units.ts';
import type { NewsReading } from '../../core/verdict.ts';
import { NOT_NEGATIVE } from './bounds.ts';
import { ExpressionError, usage } from './error.ts';
import { COUNT } from './kinds.ts';
import type { Call } from './parser.ts';
import type { Scene, Value } from './scene.ts';
import { windowSize } from './size.ts';

const FACT: ReadonlySet<string> = new Set(['done', 'in_progress']);
const CLAIM: ReadonlySet<string> = new Set(['done', 'in_progress', 'planned', 'speculative']);

/** Reports count once an owner; those of market-wide types count for every network but the one they are about. */
export function newsValue(node: Call, expression: string, longest: Duration): Value {
  const [typeNode, size, claimed, ...rest] = node.args;
  const example = 'news(lab_training, 30d)';
  if (typeNode?.kind !== 'name' || size === undefined || rest.length > 0)
    throw usage(node.name, node.args.length, node.at, 'news(type, window) or news(type, window, claimed)', example);
  const type = NEWS_TYPES.find((known) => known === typeNode.name);
  if (type === undefined) {
    const close = nearest(typeNode.name, NEWS_TYPES);
    throw new ExpressionError(
      typeNode,
      `unknown news type ${JSON.stringify(typeNode.name)}`,
      `one of ${NEWS_TYPES.join(', ')}`,
      close === undefined ? 'pick one of these' : `did you mean ${close}?`,
    );
  }
  const length = windowSize(size, longest, example);
  if (claimed !== undefined && (claimed.kind !== 'name' || claimed.name !== 'claimed'))
    throw new ExpressionError(
      claimed,
      'the third argument is not understood',
      'claimed, which also counts plans and rumours',
      'write claimed or leave it out',
    );
  const statuses = claimed === undefined ? FACT : CLAIM;
  const look = (scene: Scene): readonly NewsEvent[] => independent(reports(scene, type, length, statuses));
  const what = (scene: Scene): string =>
    type.replaceAll('_', ' ') + (MARKET_NEWS.has(type) ? '' : ` on ${scene.network}`);
  return {
    text: expression,
    series: () => [],
    anytime: true,
    window: length,
    kind: COUNT,
    bounds: NOT_NEGATIVE,
    maxAge: () => Number.POSITIVE_INFINITY,
    value: (scene) => look(scene).length,
    figure: (scene) => formatValue(look(scene).length, 'count'),
    noun: (scene) => {
      const verb = claimed === undefined ? 'reporting' : 'announcing';
      return `the number of independent outlets ${verb} ${what(scene)} in ${formatDuration(length)}`;
    },
    statement: (scene) => {
      const count = look(scene).length;
      const verb = (claimed === undefined ? 'report' : 'announce') + (count === 1 ? 's' : '');
      const who = `${count} independent outlet${count === 1 ? '' : 's'} in ${formatDuration(length)}`;
      return `${who} ${verb} ${what(scene)}`;
    },
    detail: (scene) => {
      const outlets = look(scene).map((report) => report.outlet);
      return outlets.length === 0 ? '' : ` (${listed(outlets)})`;
    },
    readings: (scene): readonly NewsReading[] => {
      const found = look(scene);
      const list = found.map(({ outlet, title, link, at, because }) => ({ outlet, title, link, at, because }));
      return [{ kind: 'news', expression, count: found.length, reports: list }];
    },
  };
}

/** The first few by name. */
function listed(outlets: readonly string[]): string {
  const shown = outlets.slice(0, 4).join(', ');
  return outlets.length > 4 ? `${shown} and ${outlets.length - 4} more` : shown;
}

function reports(scene: Scene, type: NewsType, size: number, statuses: ReadonlySet<string>): readonly NewsEvent[] {
  const market = MARKET_NEWS.has(type);
  return scene.evidence
    .news(type, market ? null : scene.network, scene.now - size, scene.now)
    .filter((event) => statuses.has(event.status) && !(market && event.network === scene.network));
}
