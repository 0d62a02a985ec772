/** A mistake in a lexicon, told so that its owner can mend it. */

/** What is wrong, what was expected, what to do, and where it stands: the keys and indexes that lead to it. */
export type LexiconMistake = {
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly expected: string;
  readonly todo: string;
};
