/** The words of notices: which source or series, why, since when, and what follows. */
import type { DisputeTurn } from '../core/events.ts';
import type { Notice } from '../core/notice.ts';
import type { Source } from '../core/ports.ts';
import { type Duration, formatDuration, type Instant, toIso, toMinute } from '../core/time.ts';
import { DARK_AFTER } from './health-course.ts';
import type { Sight } from './health-sight.ts';

/** Further ones are counted. */
const LISTED = 3;
/** An error page's words are somebody else's. */
const LONGEST_WHY = 300;

type Dark = { readonly why: string; readonly lastSuccess: Instant | null; readonly nextTry: Instant };

export function darkNotice(source: Source, { why, lastSuccess, nextTry }: Dark, now: Instant): Notice {
  const since = lastSuccess === null ? 'has never given anything' : `last gave something at ${toMinute(lastSuccess)}`;
  return {
    ...named('dark', source.id, now),
    title: `${nameOf(source)} has gone dark`,
    says: [
      `It ${since}; ${DARK_AFTER} polls in a row failed. The last ${clipped(why)}`,
      restingOn(source),
      `Next try: ${toMinute(nextTry)}.`,
    ],
  };
}

export function backNotice(source: Source, away: Duration, now: Instant): Notice {
  const again = source.series.length === 0 ? 'Its reports count again.' : `It gives ${seriesOf(source)} again.`;
  return {
    ...named('back', source.id, now),
    title: `${nameOf(source)} is back after ${formatDuration(away)}`,
    says: [again],
  };
}

/** @param whys what the last polls of failing sources said, by source id */
export function blindNotice({ failing, polled }: Sight, whys: ReadonlyMap<string, string>, now: Instant): Notice {
  const shown = [...whys].slice(0, LISTED);
  return {
    ...named('blind', null, now),
    title: `We are blind: ${failing} of ${polled} sources give nothing`,
    says: [
      'So many at once is rarely their fault: look at the network, the name service and the clock of this machine.',
      'Tiers stay as they are: nothing is judged until at most half of the sources fail.',
      ...shown.map(([id, why]) => `${id} ${clipped(why)}`),
    ],
  };
}

export function sightedNotice(
  away: Duration,
  { failing, polled }: Sight,
  dark: readonly string[],
  now: Instant,
): Notice {
  return {
    ...named('sighted', null, now),
    title: `We see again after ${formatDuration(away)}`,
    says: [
      `${polled - failing} of ${polled} sources give something. The time between is judged now, as far as figures of it have come.`,
      dark.length === 0 ? 'No source is dark.' : `Still dark: ${dark.join(', ')}.`,
    ],
  };
}

export function disputeNotice({ series, dispute, says }: DisputeTurn, now: Instant): Notice {
  if (dispute === null)
    return {
      ...named('agreed', series, now),
      title: `${series} is no longer in dispute`,
      says: [`${says}.`, 'It is recorded again.'],
    };
  return {
    ...named('disputed', series, now),
    title: `${series} is in dispute`,
    says: [`${says}.`, 'Until they agree nothing of it is recorded, so that in time it becomes unknown.'],
  };
}

/** The common part: what it is about makes the id unique at an instant. */
function named(kind: Notice['kind'], about: string | null, at: Instant): Pick<Notice, 'id' | 'at' | 'kind'> {
  const instant = toIso(at).replace(/[-:]/g, '');
  return { id: [kind, ...(about === null ? [] : [about]), instant].join('-'), at, kind };
}

function nameOf({ id, title }: Source): string {
  return id === title ? id : `${title} (${id})`;
}

function restingOn(source: Source): string {
  if (source.series.length === 0) return 'It is a news feed: what only it reports is missed meanwhile.';
  return `It gives ${seriesOf(source)}: in time these become unknown, unless another source gives them too.`;
}

function seriesOf({ series }: Source): string {
  const shown = series.slice(0, LISTED).map(({ id }) => id);
  const more = series.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}

function clipped(text: string): string {
  const points = Array.from(text);
  return points.length <= LONGEST_WHY ? `${text}.` : `${points.slice(0, LONGEST_WHY).join('')}…`;
}
