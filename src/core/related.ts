/** Whether two articles tell the same story: the judgement that stories are built on. */
import { likeness } from './alike.ts';
import { overlap, type Profile, WEIGHTS, weighty } from './profile.ts';
import { DAY, type Duration } from './time.ts';

/** Articles further apart are never of one story. */
export const STORY_SPAN: Duration = 45 * DAY;
/** How far apart texts may be that report nothing, and reports of one event that share little else. */
export const CLOSE: Duration = 10 * DAY;
const SAME_DAYS: Duration = 3 * DAY;
/** Texts whose word sequences are alike to this degree are one text, edited. */
const NEAR_DUPLICATE = 0.3;
/** One of so many smallest hashes must be common to near-duplicates: with a likeness of 0.5 it is 94 times in 100. */
const BANDS = 4;

/** What must be shared, in the units of `WEIGHTS`. Tuned on labelled news; see docs/news.md. */
const NEEDED = {
  /** By texts that report nothing, two names or figures among it. */
  silent: 13,
  /** By reports on the market, which name nobody: within three days, within ten, and further apart. */
  market: [WEIGHTS.name, 6, 7],
  /** By reports on one network that are more than ten days apart. */
  later: 4,
  /** By reports on training, of which networks have several at a time, most of all those that are watched. */
  training: 3,
  trainings: 4,
  /** By reports on use, which come again and again. */
  usage: 4,
  /** By reports of a start and of money raised for it: one names an amount, the other does not. */
  funding: WEIGHTS.name,
} as const;

/**
 * Whether two articles are of one story, judged by these two alone; symmetric. They are
 * - when their texts are nearly the same;
 * - when both report the same event (type, network, and whether it is a fact, a plan or a denial) and share enough for
 *   it in names, figures and words: the less, the closer they are in time and the rarer such events are;
 * - when one of them reports nothing, or neither does, they share a lot and lie within ten days.
 * Never when they are more than 45 days apart, nor, copies aside, when they speak of different things of one kind:
 * INTELLECT-1 and INTELLECT-2, models of 10 and of 32 billion parameters.
 */
export function related(a: Profile, b: Profile): boolean {
  const gap = a.at === null || b.at === null ? null : Math.abs(a.at - b.at);
  if (gap !== null && gap > STORY_SPAN) return false;
  if (isNearDuplicate(a, b)) return true;
  if (a.events.length === 0 || b.events.length === 0) return isClose(a, b, gap) && areAlike(a, b);
  return a.events.some((event) =>
    b.events.some(({ key, own }) => {
      if (event.key !== key) return false;
      const shared = overlap(a, b, [...event.own, ...own]);
      const named = event.network !== null || shared.named;
      return named && shared.weight >= needed(a, b, event, gap) && (shared.numbered || !contradict(a, b));
    }),
  );
}

/** One that reports nothing is of a report's story only at its time: later ones look back on many stories at once. */
function isClose(a: Profile, b: Profile, gap: Duration | null): boolean {
  return gap === null ? a.events.length === b.events.length : gap <= CLOSE;
}

function areAlike(a: Profile, b: Profile): boolean {
  const shared = overlap(a, b);
  return shared.weight >= NEEDED.silent && shared.telling >= 2 && !contradict(a, b);
}

/** How much two reports of one event must share. Without a time on both they count as far apart only on the market. */
function needed(a: Profile, b: Profile, event: Profile['events'][number], gap: Duration | null): number {
  const { type, network } = event;
  const [soon, close, far] = NEEDED.market;
  if (network === null) return gap === null || gap > CLOSE ? far : gap > SAME_DAYS ? close : soon;
  if (gap !== null && gap > CLOSE) return NEEDED.later;
  const watched = !network.startsWith('other:');
  if (type === 'lab_training')
    return watched || (a.numbered.size > 0 && b.numbered.size > 0) ? NEEDED.trainings : NEEDED.training;
  if (type === 'utilization_report') return watched ? NEEDED.usage : 0;
  return type === 'new_entrant' && a.money !== b.money ? NEEDED.funding : 0;
}

function isNearDuplicate(a: Profile, b: Profile): boolean {
  for (let i = 0; i < BANDS; i++)
    for (let j = 0; j < BANDS; j++)
      if (a.shingles[i] !== undefined && a.shingles[i] === b.shingles[j])
        return likeness(a.shingles, b.shingles) >= NEAR_DUPLICATE;
  return false;
}

/** Whether they speak of different things of one kind. `Q1` may be `Q1 2026`. */
function contradict(a: Profile, b: Profile): boolean {
  for (const [letters, number] of a.numbered) {
    const other = b.numbered.get(letters);
    const quarters = letters === 'q' && (number.length === 1 || other?.length === 1);
    if (other !== undefined && (quarters ? number[0] !== other[0] : number !== other)) return true;
  }
  const apart = (x: number, y: number): boolean => Math.abs(x - y) > Math.max(x, y) / 20;
  return a.sizes.length > 0 && b.sizes.length > 0 && a.sizes.every((x) => b.sizes.every((y) => apart(x, y)));
}

/** Where two articles that are related meet: they have one of `sure` in common, or, close in time, two of `likely`. */
type Keys = { readonly sure: readonly number[]; readonly likely: readonly number[] };

export function keysOf(profile: Profile): Keys {
  const sure = profile.shingles.slice(0, BANDS);
  for (const { network, key } of profile.events) if (network !== null) sure.push(key);
  // One name is enough for two reports: what they share is kept apart from what other articles do.
  if (profile.events.length > 0) for (const hash of weighty(profile, WEIGHTS.famous)) sure.push(~hash);
  return { sure, likely: weighty(profile, WEIGHTS.name) };
}
