/** The words of notices: which source or series, why, since when, and what follows. */
import type { DisputeTurn } from '../../core/events.ts';
import type { Notice } from '../../core/notice.ts';
import type { Source } from '../../core/ports.ts';
import { type Duration, formatDuration, type Instant, toIso, toMinute } from '../../core/time.ts';
import type { Missing } from './course.ts';
import type { Sight } from './sight.ts';

/** Further ones are counted. */
const LISTED = 3;
/** An error page's words are somebody else's. */
const LONGEST_WHY = 300;

type Dark = {
  readonly why: string;
  /** Failed ones in a row. */
  readonly polls: number;
  readonly lastSuccess: Instant | null;
  readonly nextTry: Instant;
};

export function darkNotice(source: Source, { why, polls, lastSuccess, nextTry }: Dark, now: Instant): Notice {
  const since = lastSuccess === null ? 'has never given anything' : `last gave something at ${toMinute(lastSuccess)}`;
  return {
    ...named('dark', source.id, now),
    title: `${nameOf(source)} has gone dark`,
    says: [
      `It ${since}; ${polls} polls in a row failed. The last ${clipped(why)}`,
      restingOn(source),
      `Next try: ${toMinute(nextTry)}.`,
    ],
  };
}

/** @param away how long it gave nothing */
export function backNotice(source: Source, away: Duration, now: Instant): Notice {
  const again = source.series.length === 0 ? 'Its reports count again.' : `It gives ${seriesOf(source)} again.`;
  return {
    ...named('back', source.id, now),
    title: `${nameOf(source)} is back after ${formatDuration(away)}`,
    says: [again],
  };
}

/** The first series names the notice; the source gives others still. */
export function seriesDarkNotice(source: Source, missing: readonly Missing[], now: Instant): Notice {
  const ids = missing.map(({ series }) => series);
  return {
    ...named('dark', ids[0] ?? source.id, now),
    title: `${listed(ids)} ${ids.length === 1 ? 'has' : 'have'} gone dark`,
    says: [
      `${nameOf(source)} answers, but no longer with ${ids.length === 1 ? 'it' : 'these'}.`,
      ...missing.slice(0, LISTED).map(({ series, newest, maxAge }) => {
        return `The newest ${series} is of ${toMinute(newest)}; such a figure stays good for ${formatDuration(maxAge)}.`;
      }),
      'What is out of date is unknown to every rule that reads it.',
    ],
  };
}

export function seriesBackNotice(source: Source, series: readonly string[], now: Instant): Notice {
  return {
    ...named('back', series[0] ?? source.id, now),
    title: `${listed(series)} ${series.length === 1 ? 'is' : 'are'} back`,
    says: [`${series.length === 1 ? 'It is' : 'They are'} given again, by ${nameOf(source)} or another source.`],
  };
}

/** When admins were told last that a source is dark, by the notices that are kept. */
export function lastToldDark({ id }: Source, notices: Iterable<Notice>): Instant | null {
  return newestOf([...notices].filter((notice) => notice.id === named('dark', id, notice.at).id));
}

/** When admins were told last that we see again. */
export function lastToldSighted(notices: Iterable<Notice>): Instant | null {
  return newestOf([...notices].filter(({ kind }) => kind === 'sighted'));
}

function newestOf(notices: readonly Notice[]): Instant | null {
  return notices.reduce<Instant | null>((newest, { at }) => (newest === null || at > newest ? at : newest), null);
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
  return listed(series.map(({ id }) => id));
}

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, LISTED);
  const more = ids.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}

function clipped(text: string): string {
  const points = Array.from(text);
  return points.length <= LONGEST_WHY ? `${text}.` : `${points.slice(0, LONGEST_WHY).join('')}…`;
}
