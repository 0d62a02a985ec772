/** Rules of one network as they stand now, as lists: firing, pending, unknown. */
import type { Block, Line } from '../core/message.ts';
import type { Standing } from '../core/standing.ts';
import { formatDuration, type Instant, toDay } from '../core/time.ts';
import { missingReasons, ruleLine } from './evidence.ts';
import { clip } from './plain.ts';

const NEXT = 200;

export function firing(standings: readonly Standing[]): readonly Standing[] {
  return standings.filter((standing) => standing.state?.phase === 'firing');
}

export function pending(standings: readonly Standing[]): readonly Standing[] {
  return standings.filter((standing) => standing.state?.phase === 'pending');
}

export function unknown(standings: readonly Standing[]): readonly Standing[] {
  return standings.filter((standing) => standing.verdict.truth === 'unknown');
}

/** What fires and pends with its sentence, and what cannot be judged with the reason. One block a rule. */
export function standingBlocks(standings: readonly Standing[], now: Instant): readonly Block[] {
  const blocks = [
    ...rules('Firing', firing(standings), 1, (standing) => active(standing, now)),
    ...rules('Pending', pending(standings), 2, (standing) => active(standing, now)),
    ...rules('Unknown', unknown(standings), 3, blind),
  ];
  return blocks.length > 0 ? blocks : [{ kind: 'text', line: quiet(standings) }];
}

function quiet(standings: readonly Standing[]): string {
  return standings.length === 0 ? 'No rule judges it.' : `None of its ${standings.length} rules fires or is pending.`;
}

function rules(
  title: string,
  standings: readonly Standing[],
  drop: number,
  line: (standing: Standing) => Line,
): readonly Block[] {
  return standings.map((standing, at) => ({
    kind: 'list',
    drop,
    ...(at === 0 ? { title } : {}),
    items: [line(standing)],
  }));
}

function active(standing: Standing, now: Instant): Line {
  const since =
    standing.state === undefined
      ? ''
      : ` (since ${toDay(standing.state.since)}, ${formatDuration(now - standing.state.since)})`;
  const rule = ruleLine(standing);
  return [...(typeof rule === 'string' ? [rule] : rule), ` ${clip(standing.next, NEXT)}${since}`];
}

function blind(standing: Standing): Line {
  return [{ bold: clip(standing.title, NEXT) }, `: ${clip(missingReasons(standing.verdict).join('; '), NEXT)}`];
}
