/** What stands between a source's reading and the record: leaps are held, two sources of one series must agree. */
import type { Dispute, DisputeTurn } from '../../core/events.ts';
import type { Catalogue, Metric } from '../../core/metric.ts';
import type { Dropped, Evidence, Source } from '../../core/ports.ts';
import { type Sample, splitSeries } from '../../core/series.ts';
import type { Duration, Instant } from '../../core/time.ts';
import { apart, areOfOneMoment, compare, type Giver, USUAL_TOLERANCE } from './agreement.ts';
import { type Hearing, turnOf, UNSEEN } from './dispute.ts';
import { maxAgeOf, stepOf } from './freshness.ts';
import { type Course, follow, UNKNOWN } from './hold.ts';
import { USUAL_LIMIT } from './jump.ts';
import { bySeries, correctionsIn, isRecorded, mayEnter, newestOf } from './record.ts';
import { untilHeard } from './unheard.ts';

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

const BEFORE_ALL = Number.NEGATIVE_INFINITY;

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
  const hearings = new Map<string, Hearing['course']>();
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
      const passed = pass(source, id, given.get(id) ?? [], known.evidence, now);
      const witnessed = witness(id, passed.samples, known, now);
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

  /** What goes on as the series does. What a witness said that leapt likewise comes with it. */
  function pass(source: Source, id: string, samples: readonly Sample[], evidence: Evidence, now: Instant) {
    const series = evidence.series(id);
    const all = givers.get(id) ?? [];
    const others = all.filter((one) => one.id !== source.id);
    const standsIn = others.length > 0 && all[0]?.id !== source.id;
    const metric = metricOf(id, catalogue);
    const saysTheSame = (sample: Sample, other: Source, figure: Sample | null | undefined): boolean =>
      figure != null &&
      areOfOneMoment(sample, stepOf(source, id, evidence), figure, stepOf(other, id, evidence)) &&
      apart(sample.value, figure.value) <= (metric?.tolerance ?? USUAL_TOLERANCE);
    const followed = follow(
      courseOf(source.id, id),
      {
        // The newest is compared with the other sources' even where it cannot enter.
        samples:
          others.length === 0
            ? samples
            : samples.filter((one, index) => index === samples.length - 1 || mayEnter(one, series, standsIn)),
        series,
        edge: (standsIn ? null : newestOf(series))?.at ?? BEFORE_ALL,
        limit: metric?.jump ?? USUAL_LIMIT,
        unit: metric?.unit ?? '',
        agrees: (sample) =>
          others.some((other) => {
            const { held, passed } = courseOf(other.id, id);
            return saysTheSame(sample, other, held?.newest ?? passed);
          }),
      },
      now,
    );
    courses.set(`${source.id} ${id}`, followed.course);
    const newest = followed.samples.at(-1);
    const released = others.flatMap((other) => {
      const course = courseOf(other.id, id);
      if (newest === undefined || course.held === null || !saysTheSame(newest, other, course.held.newest)) return [];
      courses.set(`${other.id} ${id}`, { ...course, passed: course.held.newest, held: null, refutals: 0 });
      return course.held.samples;
    });
    return { samples: [...released, ...followed.samples], dropped: followed.dropped };
  }

  /** What of these may be recorded, and whether the series is in dispute from now on. */
  function witness(id: string, samples: readonly Sample[], known: Known, now: Instant) {
    const all = givers.get(id) ?? [];
    if (all.length < 2) return { samples, dropped: [], turns: [] };
    const series = known.evidence.series(id);
    const standing = all.map((one): Giver => giver(one, id, known.evidence));
    const metric = metricOf(id, catalogue);
    const [tolerance, unit] = [metric?.tolerance ?? USUAL_TOLERANCE, metric?.unit ?? ''];
    const { disputed, turn, course } = turnOf(
      {
        series: id,
        dispute: known.disputes.get(id),
        course: hearings.get(id) ?? UNSEEN,
        compared: compare(standing, tolerance, unit, now),
        givers: standing,
        isGone: (one) => isGone(one, now),
        recorded: newestOf(series)?.value,
        tolerance,
        unit,
      },
      now,
    );
    hearings.set(id, course);
    const turns = turn === null ? [] : [turn];
    if (disputed !== null)
      return { samples: [], dropped: samples.length === 0 ? [] : [{ what: id, reason: disputed }], turns };
    const recorded = all.find((one) => speaks(one, id, known.evidence, now));
    const entering = samples.filter((one) => one.source === recorded?.id && mayEnter(one, series, recorded !== all[0]));
    const missing = all.find((one) => !asked.has(one.id))?.id;
    return { ...untilHeard(entering, missing, series, tolerance, unit), turns };
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
