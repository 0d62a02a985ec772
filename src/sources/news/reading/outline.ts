/** A feed as its items and their elements: places in the text, which nobody has decoded yet. */

/** An element: its start tag lies from `start` to `from`, its content from there to `to`. */
export type Part = { readonly name: string; readonly start: number; readonly from: number; readonly to: number };

/** A start tag, and the elements right inside its element that are read. */
export type Piece = { readonly start: number; readonly from: number; readonly parts: readonly Part[] };

export type Outline = {
  /** The feed's own element and its `channel`, outermost first. */
  readonly head: readonly Piece[];
  readonly items: readonly Piece[];
  /** How many items there are beyond the ten thousand that are given. */
  readonly left: number;
};

/** Takes elements as they open and close, properly nested; names as `Names.known` gives them. */
export type Builder = {
  readonly open: (name: string, start: number, from: number) => void;
  readonly close: (to: number) => void;
  /** Forgets the item that is open; its elements have to be closed all the same. */
  readonly drop: () => void;
  readonly outline: () => Outline;
};

/** Elements that feeds lie in. */
export const HEADS: ReadonlySet<string> = new Set(['rss', 'rdf', 'feed', 'channel']);
export const ITEMS: ReadonlySet<string> = new Set(['item', 'entry']);

/** Elements with dates, with their rank: when an item was published comes before when it was touched last. */
export const DATES: ReadonlyMap<string, number> = new Map(
  [
    ...['pubdate', 'published', 'issued', 'dc:date', 'dcterms:issued', 'dcterms:created', 'created'],
    ...['updated', 'modified', 'dcterms:modified'],
  ].map((name, rank) => [name, rank]),
);

/** The elements of items and feeds that are read. */
export const FIELDS: ReadonlySet<string> = new Set([
  ...DATES.keys(),
  ...['title', 'dc:title', 'link', 'guid', 'id', 'source', 'author', 'dc:creator', 'category', 'dc:subject'],
  ...['description', 'summary', 'content', 'content:encoded', 'dc:description'],
]);

/** More than any item needs, and more items than any feed has; who sends more has something else in mind. */
const MOST_PARTS = 200;
const MOST_ITEMS = 10_000;

/** What is open, and how deep. */
type OpenPiece = Piece & { readonly parts: Part[]; readonly depth: number; readonly around: OpenPiece | undefined };
type OpenField = Omit<Part, 'to'> & { readonly depth: number };

export function createBuilder(): Builder {
  const head: Piece[] = [];
  const items: Piece[] = [];
  let left = 0;
  let depth = 0;
  let item: OpenPiece | undefined;
  /** The innermost of `head` that is open. */
  let inside: OpenPiece | undefined;
  let field: OpenField | undefined;

  function open(name: string, start: number, from: number): void {
    depth += 1;
    if (field !== undefined) return;
    const around = item ?? inside;
    const isRightInside = depth === (around?.depth ?? 0) + 1;
    if (ITEMS.has(name)) openItem(start, from, isRightInside);
    else if (HEADS.has(name) && item === undefined) openHead(start, from);
    else if (isRightInside && FIELDS.has(name)) field = { name, start, from, depth };
  }

  /** An item right inside another one is an item too. */
  function openItem(start: number, from: number, isRightInside: boolean): void {
    if (item === undefined ? head.length === 0 && depth > 1 : !isRightInside) return;
    item = { start, from, parts: [], depth, around: item };
    if (items.length < MOST_ITEMS) items.push(item);
    else left += 1;
  }

  function openHead(start: number, from: number): void {
    inside = { start, from, parts: [], depth, around: inside };
    head.push(inside);
  }

  function close(to: number): void {
    if (field?.depth === depth) {
      const { name, start, from } = field;
      const parts = (item ?? inside)?.parts;
      if (parts !== undefined && parts.length < MOST_PARTS) parts.push({ name, start, from, to });
      field = undefined;
    } else if (item?.depth === depth) closeItem(item, to);
    else if (inside?.depth === depth) inside = inside.around;
    depth -= 1;
  }

  /** One with nothing in it says nothing. */
  function closeItem(closed: OpenPiece, to: number): void {
    if (to === closed.from && items.at(-1) === closed) items.pop();
    item = closed.around;
  }

  function drop(): void {
    if (item !== undefined && left > 0) left -= 1;
    else if (item !== undefined) items.pop();
    item = undefined;
    field = undefined;
  }

  return { open, close, drop, outline: () => ({ head, items, left }) };
}
