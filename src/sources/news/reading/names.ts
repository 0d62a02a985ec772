/** What the elements of a feed are called, whichever prefixes its author chose for their namespaces. */
import { attributesOf } from './content.ts';
import { finder } from './finder.ts';
import { HEADS } from './outline.ts';

/** Our prefix of each namespace that matters; the feed formats' own need none. Keys as `plainUri` gives them. */
const SPACES: ReadonlyMap<string, string> = new Map([
  ['www.w3.org/2005/atom', ''],
  ['purl.org/atom/ns', ''],
  ['purl.org/rss/1.0', ''],
  ['my.netscape.com/rdf/simple/0.9', ''],
  ['channel.netscape.com/rdf/simple/0.9', ''],
  ['backend.userland.com/rss', ''],
  ['backend.userland.com/rss2', ''],
  ['purl.org/dc/elements/1.1', 'dc:'],
  ['purl.org/dc/elements/1.0', 'dc:'],
  ['purl.org/dc/terms', 'dcterms:'],
  ['purl.org/rss/1.0/modules/content', 'content:'],
]);

/** What prefixes mean that nobody declared: what they mean everywhere else. */
const CUSTOMARY: ReadonlyMap<string, string> = new Map([
  ['atom', ''],
  ['atom10', ''],
  ['a10', ''],
  ['rss', ''],
  ['dc', 'dc:'],
  ['dcterms', 'dcterms:'],
  ['content', 'content:'],
]);

export type Names = {
  /** Takes in what a start tag says of namespaces: it holds from here on, anywhere. Tags must come in their order. */
  readonly declare: (written: string, from: number, to: number) => void;
  /** The name in lower case with our prefix; empty for elements of namespaces that do not matter here. */
  readonly known: (written: string) => string;
};

/** The names in one text. */
export function createNames(xml: string): Names {
  const next = finder(xml, 'xmlns:');
  const prefixes = new Map<string, string | undefined>(CUSTOMARY);
  const remembered = new Map<string, string>();
  let hadRoot = false;

  function declare(written: string, from: number, to: number): void {
    const at = next(from);
    if (at >= 0 && at < to)
      for (const [name, uri] of attributesOf(xml, from, to))
        if (name.startsWith('xmlns:')) bind(name.slice(6), SPACES.get(plainUri(uri)));
    if (!hadRoot) declareRoot(written);
  }

  /** The namespace of the feed's own element is that of feeds, whatever it is called. */
  function declareRoot(written: string): void {
    const [prefix, name] = parted(written);
    hadRoot = HEADS.has(name);
    if (hadRoot && prefix !== undefined) bind(prefix, '');
  }

  function bind(prefix: string, ours: string | undefined): void {
    if (prefixes.has(prefix) && prefixes.get(prefix) === ours) return;
    prefixes.set(prefix, ours);
    remembered.clear();
  }

  function lookUp(written: string): string {
    const [prefix, name] = parted(written);
    if (prefix === undefined) return name;
    const ours = prefixes.get(prefix);
    return ours === undefined ? '' : ours + name;
  }

  function known(written: string): string {
    const before = remembered.get(written);
    if (before !== undefined) return before;
    const name = lookUp(written);
    remembered.set(written, name);
    return name;
  }

  return { declare, known };
}

/** Prefix and name, in lower case. */
function parted(written: string): readonly [prefix: string | undefined, name: string] {
  const name = written.toLowerCase();
  const colon = name.indexOf(':');
  return colon < 0 ? [undefined, name] : [name.slice(0, colon), name.slice(colon + 1)];
}

/** Publishers differ in scheme, case and last character. */
function plainUri(uri: string): string {
  return uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]$/, '');
}
