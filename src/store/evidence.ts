/** What was observed, in memory: shared by the store on disk and the one without. */
import type { Article } from '../core/news.ts';
import type { Archive, Evidence, Observed } from '../core/ports.ts';
import type { Sample } from '../core/series.ts';
import type { State } from '../core/state.ts';
import type { Instant } from '../core/time.ts';
import { corrected } from './corrected.ts';
import { type News, newsInMemory } from './news.ts';
import type { StepOf } from './pace.ts';
import { type Samples, seriesInMemory } from './samples.ts';

export type Observations = {
  readonly samples: Samples;
  readonly news: News;
  /** One object for good. A series read through it is live: it grows as samples come. */
  readonly evidence: Evidence;
  readonly archive: Archive;
  /** What of this is new; keeps nothing yet. */
  sift(samples: readonly Sample[], articles: readonly Article[]): Observed;
  /** Keeps what a sift found. */
  add(observed: Observed): void;
  /** Drops what is older, and from now on takes nothing older. */
  dropBefore(instant: Instant): void;
};

type Options = {
  readonly step: StepOf;
  readonly report: (line: string) => void;
  readonly live?: ((source: string) => boolean) | undefined;
  /** The facts as of now: what admins corrected is in them. */
  readonly state: () => State;
};

export function observations({ step, report, live, state }: Options): Observations {
  const samples = seriesInMemory(step, report, live);
  const news = newsInMemory(report);
  const view = corrected(news, state);
  return {
    samples,
    news,
    evidence: { series: samples.series, news: view.news, wrong: view.wrong },
    archive: view.archive,
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
