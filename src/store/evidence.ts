/** What was observed, in memory: shared by the store on disk and the one without. */
import type { Article } from '../core/news.ts';
import type { Evidence, Observed } from '../core/ports.ts';
import type { Sample } from '../core/series.ts';
import type { Instant } from '../core/time.ts';
import { type News, newsInMemory } from './news.ts';
import type { StepOf } from './pace.ts';
import { type Samples, seriesInMemory } from './samples.ts';

export type Observations = {
  readonly samples: Samples;
  readonly news: News;
  /** One object for good. A series read through it is live: it grows as samples come. */
  readonly evidence: Evidence;
  /** What of this is new; keeps nothing yet. */
  sift(samples: readonly Sample[], articles: readonly Article[]): Observed;
  /** Keeps what a sift found. */
  add(observed: Observed): void;
  /** Drops what is older, and from now on takes nothing older. */
  dropBefore(instant: Instant): void;
};

export function observations(
  step: StepOf,
  report: (line: string) => void,
  isLive?: (source: string) => boolean,
): Observations {
  const samples = seriesInMemory(step, report, isLive);
  const news = newsInMemory(report);
  return {
    samples,
    news,
    evidence: { series: samples.series, news: news.between },
    sift: (figures, articles) => ({ samples: samples.sift(figures), articles: news.sift(articles) }),
    add(observed) {
      samples.add(observed.samples);
      news.add(observed.articles);
    },
    dropBefore(instant) {
      samples.dropBefore(instant);
      news.dropBefore(instant);
    },
  };
}
