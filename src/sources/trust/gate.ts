/** What stands between a source's reading and the record: leaps are held, two sources of one series must agree. */
import type { Dispute, DisputeTurn } from '../../core/events.ts';
import type { Catalogue, Metric } from '../../core/metric.ts';
import type { Dropped, Evidence, Source } from '../../core/ports.ts';
import { type Sample, splitSeries } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';
import { compare, type Giver, USUAL_TOLERANCE } from './agreement.ts';
import { turnOf } from './dispute.ts';
import { maxAgeOf, stepOf } from './freshness.ts';
import { type Course, follow, UNKNOWN } from './hold.ts';
import { USUAL_LIMIT } from './jump.ts';
import { bySeries, correctionsIn, isRecorded } from './record.ts';

/** What is known before a reading is weighed: the record, and the series in dispute. */
type Known = { readonly evidence: Evidence; readonly disputes: { get(series: string): Dispute | undefined } };

type Weighed = {
  /** May be recorded. */
  readonly samples: readonly Sample[];
  readonly dropped: readonly Dropped[];
  /** Disputes that begin or end. */
  readonly turns: readonly DisputeTurn[];
  /** Past figures that the source gives anew, by series. */
  readonly corrected: ReadonlyMap<string, number>;
};

type Trust = {
  /** Weighs one poll of a source, a poll that gave nothing included. */
  weigh(source: Source, samples: readonly Sample[], known: Known, now: Instant): Weighed;
  maxAge(source: Source, series: string, evidence: Evidence): Duration;
};

/**
 * A gate with a memory of its own, empty at the start.
 * @param sources those that are asked, in the order of the configuration: of two that give one series the first is recorded
 */
export function createTrust(sources: readonly Source[], catalogue: Catalogue): Trust {
  const givers = giversOf(sources);
  const courses = new Map<string, Course>();
  const asked = new Set<string>();
  let began: Instant | null = null;

  function courseOf(source: string, series: string): Course {
    return courses.get(`${source} ${series}`) ?? UNKNOWN;
  }

  function weigh(source: Source, samples: readonly Sample[], known: Known, now: Instant): Weighed {
    began ??= now;
    asked.add(source.id);
    const given = bySeries(samples);
    const shared = source.series.map(({ id }) => id).filter((id) => (givers.get(id)?.length ?? 0) > 1);
    const each = [...new Set([...given.keys(), ...shared])].map((id) => {
      const passed = pass(source, id, given.get(id) ?? [], known.evidence);
      const witnessed = witness(source, id, passed.samples, known, now);
      return { ...witnessed, dropped: [...passed.dropped, ...witnessed.dropped] };
    });
    const recorded = each.flatMap((one) => one.samples);
    return {
      samples: recorded,
      dropped: each.flatMap((one) => one.dropped),
      turns: each.flatMap((one) => one.turns),
      corrected: correctionsIn(recorded, known.evidence),
    };
  }

  function pass(source: Source, id: string, samples: readonly Sample[], evidence: Evidence) {
    const metric = metricOf(id, catalogue);
    const followed = follow(courseOf(source.id, id), {
      samples,
      series: evidence.series(id),
      limit: metric?.jump ?? USUAL_LIMIT,
      unit: metric?.unit ?? '',
    });
    courses.set(`${source.id} ${id}`, followed.course);
    return followed;
  }

  /** What of these may be recorded, and whether the series is in dispute from now on. */
  function witness(source: Source, id: string, samples: readonly Sample[], known: Known, now: Instant) {
    const all = givers.get(id) ?? [];
    if (all.length < 2) return { samples, dropped: [], turns: [] };
    const standing = all.map((one): Giver => giver(one, id, known.evidence));
    const metric = metricOf(id, catalogue);
    const compared = compare(standing, metric?.tolerance ?? USUAL_TOLERANCE, metric?.unit ?? '', now);
    const { disputed, turn } = turnOf(id, known.disputes.get(id), compared, standing, (one) => isGone(one, now), now);
    const turns = turn === null ? [] : [turn];
    if (disputed !== null)
      return { samples: [], dropped: samples.length === 0 ? [] : [{ what: id, reason: disputed }], turns };
    const recorded = all.find((one) => speaks(one, id, known.evidence, now));
    return { samples: recorded?.id === source.id ? samples : [], dropped: [], turns };
  }

  function giver(source: Source, id: string, evidence: Evidence): Giver {
    return {
      id: source.id,
      newest: courseOf(source.id, id).passed,
      step: stepOf(source, id, evidence),
      maxAge: maxAgeOf(source, id, catalogue, evidence),
    };
  }

  /** After a restart nobody knows what a source said last: it is given its time to say it again. */
  function isGone({ newest, maxAge }: Giver, now: Instant): boolean {
    return now - (newest?.at ?? began ?? now) > maxAge;
  }

  /** Whether a source gives the series: fresh figures came or are recorded, or it has not been asked yet. */
  function speaks(source: Source, id: string, evidence: Evidence, now: Instant): boolean {
    if (!asked.has(source.id)) return true;
    const since = now - maxAgeOf(source, id, catalogue, evidence);
    const newest = courseOf(source.id, id).passed;
    return newest === null ? isRecorded(source.id, evidence.series(id), since) : newest.at >= since;
  }

  return { weigh, maxAge: (source, series, evidence) => maxAgeOf(source, series, catalogue, evidence) };
}

function giversOf(sources: readonly Source[]): ReadonlyMap<string, readonly Source[]> {
  const givers = new Map<string, Source[]>();
  for (const source of sources) for (const { id } of source.series) givers.set(id, [...(givers.get(id) ?? []), source]);
  return givers;
}

function metricOf(series: string, catalogue: Catalogue): Metric | undefined {
  return catalogue.get(splitSeries(series)?.metric ?? '');
}
