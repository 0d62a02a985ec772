/** Elements as they must have been meant, out of XML that is broken: a feed's own vocabulary shows where each ends. */
import { createNames } from './names.ts';
import { type Builder, FIELDS, HEADS, ITEMS } from './outline.ts';
import { readTags } from './tags.ts';

/** Elements that hold HTML, and elements of feeds whose names HTML has as well. */
const HTML: ReadonlySet<string> = new Set(['description', 'summary', 'content', 'content:encoded', 'dc:description']);
const IN_HTML: ReadonlySet<string> = new Set(['title', 'link', 'source', 'summary']);
/** Elements that hold others with the names of fields. */
const HOLDERS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['source', new Set(['title', 'link', 'id', 'updated', 'author', 'category'])],
  ['image', new Set(['title', 'link', 'description'])],
  ['textinput', new Set(['title', 'link', 'description'])],
]);

type Start = { readonly name: string; readonly from: number; readonly to: number; readonly isEmpty: boolean };

/**
 * Hands `build` the feed, its items and their fields, and nothing else: whatever other tags open and close is of no
 * interest, nor whether they do. An item ends where the next begins, and a field where one begins that cannot be part
 * of it. An item in the middle of which the text ends is dropped: what is left of it may say something else.
 * Gives the text that the places are in, which is not always the one that was given.
 */
export function readForgivingly(broken: string, build: Builder): string {
  const xml = withSections(broken);
  const names = createNames(xml);
  /** Names of the elements that are open, outermost first: at most a feed, a channel, an item and a field. */
  const stack: string[] = [];
  /** Items are believed in a feed, and where the text begins with one. Undefined before the first element. */
  let isFeed: boolean | undefined;

  function open({ name, from, to, isEmpty }: Start): void {
    stack.push(name);
    build.open(name, from, to);
    if (isEmpty) closeTo(stack.length - 1, to);
  }

  /** Closes all that is open inside the first so many elements; -1 closes nothing. */
  function closeTo(depth: number, at: number): void {
    while (depth >= 0 && stack.length > depth) {
      stack.pop();
      build.close(at);
    }
  }

  function openItem(start: Start): void {
    closeTo(
      stack.findIndex((one) => ITEMS.has(one) || isField(one)),
      start.from,
    );
    open(start);
  }

  /** Where a feed begins in the middle of an item, whoever wrote the item was cut off. */
  function openHead(start: Start): void {
    const [outermost = ''] = stack;
    if (stack.some((one) => ITEMS.has(one))) build.drop();
    closeTo(start.name === 'channel' && HEADS.has(outermost) && outermost !== 'channel' ? 1 : 0, start.from);
    open(start);
  }

  function openField(start: Start): void {
    const around = stack.at(-1);
    if (around === undefined || (isField(around) && !endsField(around, start.name))) return;
    if (isField(around)) closeTo(stack.length - 1, start.from);
    open(start);
  }

  readTags(xml, {
    open: (written, from, to, isEmpty) => {
      names.declare(written, from, to);
      const start = { name: names.known(written), from, to, isEmpty };
      isFeed = HEADS.has(start.name) || (isFeed ?? ITEMS.has(start.name));
      if (!isFeed) return;
      if (ITEMS.has(start.name)) openItem(start);
      else if (HEADS.has(start.name)) openHead(start);
      else if (isField(start.name)) openField(start);
    },
    close: (written, from) => closeTo(stack.lastIndexOf(names.known(written)), from),
    broken: () => undefined,
  });
  if (stack.some((one) => ITEMS.has(one))) build.drop();
  return xml;
}

/** CDATA sections with blanks or in the wrong case where XML has none. */
function withSections(xml: string): string {
  return xml.replace(/<!\s*\[\s*CDATA\s*\[/gi, '<![CDATA[').replace(/\]\s*\]\s*>/g, ']]>');
}

function isField(name: string): boolean {
  return FIELDS.has(name) || HOLDERS.has(name);
}

/** Whether an element of this name cannot be part of what the field holds, so that the field was left open. */
function endsField(field: string, name: string): boolean {
  if (HTML.has(field)) return !IN_HTML.has(name);
  return HOLDERS.get(field)?.has(name) !== true;
}
