/** What nobody publishes of a network, and why: said instead of an empty cell. */
import type { Network } from '../core/ladder.ts';
import type { Block } from '../core/message.ts';
import { clip } from './plain.ts';

const NAMES = 120;
const REASON = 200;

/** One row a reason, with the metrics that it stands for; nothing where all is published. */
export function unpublishedBlocks({ unavailable = {} }: Network): readonly Block[] {
  const metrics = new Map<string, readonly string[]>();
  for (const [metric, reason] of Object.entries(unavailable))
    metrics.set(reason, [...(metrics.get(reason) ?? []), metric.replaceAll('_', ' ')]);
  if (metrics.size === 0) return [];
  const rows = [...metrics].map(([reason, names]) => [clip(names.join(', '), NAMES), clip(reason, REASON)] as const);
  return [{ kind: 'facts', title: 'Not published', drop: 6, rows }];
}
