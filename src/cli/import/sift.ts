/** Which samples of a file or an answer can be recorded, and why the others cannot. */
import type { Config } from '../../config/config.ts';
import { type Sample, splitSeries } from '../../core/series.ts';
import { formatDuration, type Instant } from '../../core/time.ts';
import { sane } from '../../sources/sane.ts';
import { horizonOf } from '../../store/months.ts';

/** A sample that is not recorded. Those with the same `kind` are told together. */
export type Refused = { readonly sample: Sample; readonly reason: string; readonly kind: string };
export type Sifted = { readonly samples: readonly Sample[]; readonly refused: readonly Refused[] };

/** Drops what the service would drop: unknown subjects and metrics, what cannot be true, what is too old to be kept. */
export function sift(samples: readonly Sample[], config: Config, now: Instant): Sifted {
  const refused: Refused[] = [];
  const { retention } = config.settings;
  const oldest = horizonOf(now, retention);
  const strangers = strangersTo(config);
  const known = samples.filter((sample) => {
    const stranger = strangers(sample.series);
    const isOld = sample.at < oldest;
    const reason =
      stranger ?? (isOld ? `older than the retention of ${formatDuration(retention)} in tierwatch.yaml` : null);
    if (reason !== null) refused.push({ sample, reason, kind: reason });
    return reason === null;
  });
  const judged = sane({ samples: known, articles: [], dropped: [] }, config.catalogue, now);
  // What is left keeps its order, and so do the reasons of what is not.
  let [kept, dropped] = [0, 0];
  for (const sample of known) {
    if (judged.samples[kept] === sample) {
      kept += 1;
      continue;
    }
    const { reason, outOfRange } = judged.dropped[dropped++] ?? { reason: 'cannot be true', outOfRange: undefined };
    refused.push({ sample, reason, kind: outOfRange === true ? `${sample.series} out of range` : reason });
  }
  return { samples: judged.samples, refused };
}

/** Why no rule can read a series, because of its subject; null where it can. */
function strangersTo({ names }: Config): (series: string) => string | null {
  const subjects = new Set(names.subjects);
  const told = new Map<string, string | null>();
  return (series) => {
    const known = told.get(series);
    if (known !== undefined) return known;
    const subject = splitSeries(series)?.subject ?? series;
    const reason = subjects.has(subject) ? null : `${subject} is not in networks.yaml`;
    told.set(series, reason);
    return reason;
  };
}

/**
 * One sample an instant of a series over all the lists: the last one counts. A second import of the same files would
 * otherwise correct them to and fro.
 */
export function onceEach(lists: readonly (readonly Sample[])[]): readonly (Sifted & { readonly repeated: number })[] {
  const seen = new Map<string, Map<Instant, number>>();
  const sifted = lists.toReversed().map((samples) => {
    const refused: Refused[] = [];
    let repeated = 0;
    const kept = samples.toReversed().filter((sample) => {
      const values = seen.get(sample.series) ?? new Map<Instant, number>();
      seen.set(sample.series, values);
      const value = values.get(sample.at);
      if (value === undefined) values.set(sample.at, sample.value);
      else if (value === sample.value) repeated += 1;
      else refused.push({ sample, reason: CONTRADICTED, kind: CONTRADICTED });
      return value === undefined;
    });
    return { samples: kept.toReversed(), refused: refused.toReversed(), repeated };
  });
  return sifted.toReversed();
}

const CONTRADICTED = 'a later line gives another figure of the same instant, and that one counts';
