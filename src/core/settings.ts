/** The owner's files as zod schemas: `tierwatch.yaml`, `networks.yaml`, `metrics.yaml`, `sources.yaml`, `feeds.yaml`. */
import { z } from 'zod';
import { Id, Network, Tier } from './ladder.ts';
import { Derived, Metric } from './metric.ts';
import { PRIMARY_COUNTS, Trust } from './news.ts';
import { DAY, DurationText, HOUR, MINUTE } from './time.ts';

const DISCORD_ID_HINT = 'expected a Discord user or role id: 15 to 21 digits in quotes';
const DISCORD_ID = z.string({ error: DISCORD_ID_HINT }).regex(/^\d{15,21}$/, { error: DISCORD_ID_HINT });
const TELEGRAM_ID_HINT = 'expected a numeric Telegram user id in quotes';
const TELEGRAM_ID = z.string({ error: TELEGRAM_ID_HINT }).regex(/^\d{1,15}$/, { error: TELEGRAM_ID_HINT });
const DISCORD_CHAT_HINT = 'expected a Discord channel or thread id: 15 to 21 digits in quotes';
const DISCORD_CHAT = z.string({ error: DISCORD_CHAT_HINT }).regex(/^\d{15,21}$/, { error: DISCORD_CHAT_HINT });
const TELEGRAM_CHAT_HINT = "expected a Telegram chat id in quotes, such as '-1001234567890'";
const TELEGRAM_CHAT = z.string({ error: TELEGRAM_CHAT_HINT }).regex(/^-?\d{1,15}$/, { error: TELEGRAM_CHAT_HINT });

/** `tierwatch.yaml` */
export const Settings = z.strictObject({
  ladder: z.array(Tier).min(2),
  admins: z
    .strictObject({ discord: z.array(DISCORD_ID).default([]), telegram: z.array(TELEGRAM_ID).default([]) })
    .default({ discord: [], telegram: [] }),
  /** The regular judgement; new samples are judged within a second in any case. */
  tick: DurationText.default(MINUTE),
  /**
   * Chats that hear of sources gone dark and of figures in dispute. Without it every admin does, in a direct chat;
   * a Discord role among the admins has none.
   */
  notices: z
    .strictObject({ discord: z.array(DISCORD_CHAT).default([]), telegram: z.array(TELEGRAM_CHAT).default([]) })
    .optional(),
  /** How reports count in `news()`. */
  news: z
    .strictObject({
      /**
       * Whether the word of a project or company on its own act counts: once an independent outlet reports it too, by
       * itself, or never.
       */
      primary: z.enum(PRIMARY_COUNTS).default('with-press'),
    })
    .default({ primary: 'with-press' }),
  /** How long samples and articles are kept. */
  retention: DurationText.default(800 * DAY),
  /** IANA zone in which people read times. */
  timezone: z.string().min(1).default('UTC'),
});
export type Settings = z.infer<typeof Settings>;

const Quorum = z.strictObject({ members: z.array(z.string()).min(1), atLeast: z.int().min(1) });

/** `networks.yaml`: the networks that have tiers, and the other subjects a series may belong to. */
export const Networks = z.strictObject({
  networks: z.array(Network).min(1),
  clouds: z.array(z.strictObject({ id: Network.shape.id, name: z.string().min(1) })).default([]),
  /** Backdrops such as bitcoin, and `market` for derived series. */
  references: z.array(z.strictObject({ id: Network.shape.id, name: z.string().min(1) })).default([]),
  /**
   * Subjects that rules may take together, as in median(hyperscalers.h100_price). `networks`, `clouds` and `others` are
   * always there. With `atLeast` a function over the group is unknown while fewer of its members have a figure.
   */
  groups: z.record(z.string(), z.union([z.array(z.string()).min(1), Quorum])).default({}),
});
export type Networks = z.infer<typeof Networks>;

/** The subjects of a group as it is written. */
export function membersOf(group: Networks['groups'][string]): readonly string[] {
  return Array.isArray(group) ? group : group.members;
}

/** `metrics.yaml` */
export const Metrics = z.strictObject({
  /** GPU models that `<gpu>` in a metric id stands for. */
  gpus: z
    .array(
      z.string().regex(/^[a-z][a-z0-9_]*$/, {
        error: 'expected a GPU model in lower-case letters, digits and _, such as h100',
      }),
    )
    .min(1),
  metrics: z.array(Metric).min(1),
  /** Series worked out of others. */
  derived: z.array(Derived).default([]),
});
export type Metrics = z.infer<typeof Metrics>;

/** An address that can be fetched: a user name or password in it would end up in logs, and is refused. */
const HttpAddress = z
  .url({ protocol: /^https?$/, error: 'expected an http or https URL' })
  .refine((text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''), {
    error: 'expected a URL without a user name and password',
  });

const Pointer = z
  .string()
  .regex(/^(\/([^~/]|~[01])*)*$/, { error: 'expected a JSON Pointer such as /gpu/utilization' });

/** A source that ships with Tierwatch: named, switched and timed here. */
export const BuiltInSource = z.strictObject({
  id: Id,
  enabled: z.boolean().default(true),
  every: DurationText.optional(),
  /** Asks this server instead of the provider's: a mirror, or a node of one's own. Paths stay as they are. */
  base: HttpAddress.optional(),
  /** Lets `base` resolve to a private or loopback address. */
  private: z.boolean().default(false),
});
/** A source that needs no code: JSON at a URL, figures picked by JSON Pointer. */
export const DeclaredSource = z.strictObject({
  id: Id,
  enabled: z.boolean().default(true),
  json: HttpAddress,
  every: DurationText,
  /** Lets this one URL resolve to a private or loopback address. */
  private: z.boolean().default(false),
  samples: z
    .array(
      z.strictObject({
        series: z.string().regex(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/, { error: 'expected subject.metric' }),
        value: Pointer,
        at: Pointer.optional(),
      }),
    )
    .min(1),
});
export type BuiltInSource = z.infer<typeof BuiltInSource>;
export type DeclaredSource = z.infer<typeof DeclaredSource>;

/** `sources.yaml`. An entry with `json` declares a source; one without names a built-in one. */
export const Sources = z.strictObject({ sources: z.array(z.union([DeclaredSource, BuiltInSource])).default([]) });
export type Sources = z.infer<typeof Sources>;

/** A feed in `feeds.yaml`: RSS, Atom, RDF or JSON Feed at a URL, of one outlet. */
export const PublishedFeed = z.strictObject({
  id: Id,
  url: HttpAddress,
  outlet: z.string().min(1),
  /** Outlets of one owner count as one voice. */
  owner: z.string().min(1),
  trust: Trust,
  every: DurationText.default(30 * MINUTE),
  private: z.boolean().default(false),
  enabled: z.boolean().default(true),
});
export type PublishedFeed = z.infer<typeof PublishedFeed>;

/** Services that can be asked for news of anything. */
const SearchService = z.enum(['hacker-news', 'google-news', 'gdelt']);

/** A search in `feeds.yaml`: what it finds is told by the outlets it is from. */
const SearchEntry = z.strictObject({
  id: Id,
  search: z.strictObject({
    on: SearchService,
    /** In the words and operators of the service. */
    for: z.string().trim().min(2).max(250),
  }),
  every: DurationText.default(HOUR),
  enabled: z.boolean().default(true),
});

const HOST_HINT =
  'expected a host such as coindesk.com, one with a path such as medium.com/render-token, or *.substack.com';
const HOST_PATTERN = /^(?:\*\.)?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?:\/[^\s/?#]+)*$/;

/** Who stands behind the addresses that searches find. */
export const Outlet = z.strictObject({
  outlet: z.string().min(1),
  /** Subdomains belong to a host as well. With `*.` each subdomain is an outlet of its own, named by its host. */
  hosts: z.array(z.string({ error: HOST_HINT }).regex(HOST_PATTERN, { error: HOST_HINT })).min(1),
  /** Outlets of one owner count as one voice; without it the outlet owns itself. */
  owner: z.string().min(1).optional(),
  trust: Trust,
});
export type Outlet = z.infer<typeof Outlet>;

/** `feeds.yaml`. The table of outlets is written once and laid beside every search, which cannot name what it finds without. */
export const Feeds = z
  .strictObject({
    feeds: z.array(z.union([PublishedFeed, SearchEntry])).default([]),
    outlets: z.array(Outlet).default([]),
  })
  .transform(({ feeds, outlets }) => ({
    outlets,
    feeds: feeds.map((feed): Feed => ('search' in feed ? { ...feed, outlets } : feed)),
  }));
export type Feeds = z.output<typeof Feeds>;
export type SearchFeed = z.infer<typeof SearchEntry> & { readonly outlets: readonly Outlet[] };
/** An entry of `feeds.yaml`; one with `search` asks a service. */
export type Feed = PublishedFeed | SearchFeed;
