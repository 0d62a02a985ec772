/** Stories: the same news across outlets, built as the articles come. */
import { createNeighbours, type Neighbours } from './neighbours.ts';
import { type Profile, profileOf, type StoryItem } from './profile.ts';
import { CLOSE, keysOf, related, STORY_SPAN } from './related.ts';
import type { Instant } from './time.ts';

type Stories = {
  /** Files an article and gives the id of its story, which is that of the oldest article in it. One filed before stays as it is. */
  add(item: StoryItem): string;
  /** The id, as of now, of the story that an article belongs to or fits; its own id where none does. Files nothing. */
  place(item: StoryItem): string;
  /** The ids of a story's articles, in no order; empty where there is no story of that id. */
  members(story: string): readonly string[];
  /** Articles older than this join no story any more, and none joins theirs: what is compared of them is let go. */
  settleBefore(instant: Instant): void;
  /** Forgets the articles older than this. A story whose oldest goes is named after the oldest that stays. */
  dropBefore(instant: Instant): void;
};

type Member = { readonly id: string; readonly at: Instant | null; profile: Profile | null; story: Story };
/** Its name and age are those of its oldest member. */
type Story = { id: string; at: Instant | null; members: Member[] };

/** Hears of an article filed before whose story gets another id. */
type Renamed = (article: string, story: string) => void;

const MOST_SHARING = 64;

/**
 * Stories are the connected components of `related`: the order in which articles come does not matter, up to keys that
 * more than 64 articles of a half month share. Adding one looks only at those that share a key with it.
 */
export function createStories(renamed: Renamed = () => undefined): Stories {
  const neighbours = createNeighbours<Member>(MOST_SHARING);
  const members = new Map<string, Member>();
  let settled = Number.NEGATIVE_INFINITY;

  function add(item: StoryItem): string {
    const { id, at } = item;
    const known = members.get(id);
    if (known !== undefined) return known.story.id;
    const own: Story = { id, at, members: [] };
    const member: Member = { id, at, profile: null, story: own };
    own.members = [member];
    members.set(id, member);
    if (at !== null && at < settled) return id;
    const profile = profileOf(item);
    const near = storiesNear(neighbours, profile);
    member.profile = profile;
    const { sure, likely } = keysOf(profile);
    neighbours.file(member, at, [...sure, ...likely]);
    return merge(own, near, renamed).id;
  }

  function place(item: StoryItem): string {
    const known = members.get(item.id);
    if (known !== undefined) return known.story.id;
    const [first, ...others]: readonly Aged[] = storiesNear(neighbours, profileOf(item));
    return first === undefined ? item.id : others.reduce(older, first).id;
  }

  function settleBefore(instant: Instant): void {
    settled = Math.max(settled, instant);
    for (const member of members.values()) if (isBefore(member, settled)) member.profile = null;
    neighbours.dropBefore(settled, (member) => member.profile !== null);
  }

  function dropBefore(instant: Instant): void {
    settleBefore(instant);
    const touched = new Set<Story>();
    for (const member of members.values())
      if (isBefore(member, instant)) {
        members.delete(member.id);
        touched.add(member.story);
      }
    for (const story of touched) shrink(story, instant, renamed);
  }

  function membersOf(id: string): readonly string[] {
    const story = members.get(id)?.story;
    return story?.id === id ? story.members.map((member) => member.id) : [];
  }

  return { add, place, members: membersOf, settleBefore, dropBefore };
}

/** The stories of the articles that are related to one. */
function storiesNear(neighbours: Neighbours<Member>, profile: Profile): readonly Story[] {
  const { sure, likely } = keysOf(profile);
  const met = new Map<Member, number>();
  neighbours.meet(profile.at, STORY_SPAN, sure, (member) => met.set(member, 2));
  neighbours.meet(profile.at, CLOSE, likely, (member) => met.set(member, (met.get(member) ?? 0) + 1));
  const found = new Set<Story>();
  for (const [member, times] of met)
    if (times >= 2 && !found.has(member.story) && member.profile !== null && related(profile, member.profile))
      found.add(member.story);
  return [...found];
}

/** Makes one story of a new one and others; all members move to the largest. */
function merge(own: Story, others: readonly Story[], renamed: Renamed): Story {
  const stories = [own, ...others];
  const { id, at } = stories.reduce<Aged>(older, own);
  const into = stories.reduce((a, b) => (b.members.length > a.members.length ? b : a));
  const stale = others.filter((story) => story.id !== id).flatMap((story) => story.members);
  for (const story of stories)
    if (story !== into)
      for (const member of story.members) {
        member.story = into;
        into.members.push(member);
      }
  into.id = id;
  into.at = at;
  for (const member of stale) renamed(member.id, id);
  return into;
}

/** Takes out of a story what is older; what stays may be named anew. */
function shrink(story: Story, instant: Instant, renamed: Renamed): void {
  story.members = story.members.filter((member) => !isBefore(member, instant));
  const [first, ...others] = story.members;
  if (first === undefined) return;
  const { id, at } = others.reduce(older, first);
  if (id === story.id) return;
  story.id = id;
  story.at = at;
  for (const member of story.members) renamed(member.id, id);
}

function isBefore({ at }: Aged, instant: Instant): boolean {
  return at !== null && at < instant;
}

type Aged = { readonly id: string; readonly at: Instant | null };

/** The older one; of two of one age the one whose id comes first. What has no date comes last. */
function older(a: Aged, b: Aged): Aged {
  const [one, other] = [a.at ?? Number.POSITIVE_INFINITY, b.at ?? Number.POSITIVE_INFINITY];
  return one < other || (one === other && a.id <= b.id) ? a : b;
}
