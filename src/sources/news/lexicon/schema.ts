/** `lexicon.yaml`: the words that make an article news, as an owner writes them. */
import { z } from 'zod';
import { NEWS_STATUSES, NEWS_TYPES } from '../../../core/news.ts';

const Phrases = z.array(z.string().min(1)).min(1);
const Network = z.string().regex(/^(?:other:)?[a-z0-9][a-z0-9_.-]{0,63}$/, {
  error: 'expected a network id such as akash, or other:<name>',
});

/** How a network, project or lab is named. */
const Name = z.strictObject({
  network: Network,
  words: Phrases,
  /** One of these must stand in the article, or the words mean something else. */
  with: Phrases.optional(),
  /** None of these may stand in the article. */
  without: Phrases.optional(),
});

/** One way of reporting an event. */
const Report = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, { error: 'expected an id of lower-case letters, digits and -' }),
  type: z.enum(NEWS_TYPES),
  /** What it is where nothing around it hedges. */
  status: z.enum(NEWS_STATUSES),
  /** What is said to happen: one of these, within one statement. */
  says: Phrases,
  /** Each must stand in the same statement, or in the one before or after. */
  near: Phrases.optional(),
  /** Each must stand somewhere in the article. */
  article: Phrases.optional(),
  /** None may stand in the same statement. */
  not: Phrases.optional(),
  /** None may stand anywhere in the article. */
  never: Phrases.optional(),
  /** Only where the title says it. */
  title: z.literal(true).optional(),
  /** Hedging words within what is said belong to it: `not enough GPUs`. */
  sealed: z.literal(true).optional(),
  /** A fact whatever is planned beside it, as money that was raised. */
  firm: z.literal(true).optional(),
  /** Gives way to every other report of its type. */
  weak: z.literal(true).optional(),
  /** Only of networks and projects that the names know. */
  known: z.literal(true).optional(),
  /** A name that no list knows counts only where one of these stands in the article. */
  guess: Phrases.optional(),
  /** The figure is quoted: the first number in the statement. */
  figure: z.literal(true).optional(),
  confidence: z.number().min(0.1).max(0.99).default(0.8),
  /** Texts that must be read as this type with this status; a line break parts title and summary. */
  examples: Phrases,
  /** Texts that must not be read as a fact of this type. */
  counterexamples: Phrases.optional(),
});

/** Words that make less of what is said. The first that matches decides. */
const Hedge = z.strictObject({
  status: z.enum(['denied', 'speculative', 'planned']),
  /** In the same clause, before what is said. */
  before: Phrases.optional(),
  /** `before` within this many words of what is said; anywhere in the clause without it. */
  reach: z.int().min(1).max(40).optional(),
  /** In the same statement, after what is said. */
  after: Phrases.optional(),
  /** Anywhere in the same statement. */
  statement: Phrases.optional(),
  /** Only for these types; for all without it. */
  types: z.array(z.enum(NEWS_TYPES)).min(1).optional(),
});

/** A kind of piece that reports nothing, even where it mentions an event. */
const Silent = z.strictObject({
  kind: z.string().min(1),
  title: Phrases.optional(),
  article: Phrases.optional(),
  /** Not where one of these stands in the article. */
  unless: Phrases.optional(),
  /** Only these types are silenced; all without it. */
  types: z.array(z.enum(NEWS_TYPES)).min(1).optional(),
  examples: Phrases,
});

export const Lexicon = z.strictObject({
  /** Phrases that stand for each other: `<name>` in other phrases. */
  classes: z.record(z.string().regex(/^[a-z0-9-]+$/), Phrases),
  names: z.array(Name).default([]),
  /** Companies, places and common words that are no entrant's name. */
  strangers: Phrases.optional(),
  hedges: z.array(Hedge).default([]),
  silent: z.array(Silent).default([]),
  events: z.array(Report).min(1),
});
export type Lexicon = z.infer<typeof Lexicon>;
export type LexiconReport = Lexicon['events'][number];
