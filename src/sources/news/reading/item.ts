/** What reading a body gives, whatever the format of the feed. */

/** One item, raw: texts may hold markup, links may be relative, dates are as written. */
export type Item = {
  /** Where the item has none, the beginning of its summary. */
  readonly title: string | undefined;
  readonly summary: string | undefined;
  readonly link: string | undefined;
  /** What relative links of this item lead off from. */
  readonly base: string | undefined;
  readonly guid: string | undefined;
  /** Best first. */
  readonly dates: readonly string[];
  /** Who published it first, where the feed collects what others publish. */
  readonly source: string | undefined;
  /** The address that goes with `source`. */
  readonly sourceUrl: string | undefined;
  readonly author: string | undefined;
  readonly categories: readonly string[];
};

export type ReadFeed =
  | {
      readonly kind: 'items';
      readonly items: readonly Item[];
      /** How many more items there are that were not read: only what nobody means as a feed has any. */
      readonly left: number;
      /** What is wrong with the XML, in words, where it had to be read forgivingly. */
      readonly forgiven: string | null;
    }
  | { readonly kind: 'refused'; readonly reason: string };
