/** Elements as well-formed XML has them: each closed where it should be. The first that is not ends the reading. */
import { createNames } from './names.ts';
import type { Builder } from './outline.ts';
import { readTags } from './tags.ts';
import { plain } from './text.ts';

/** Why the text is no well-formed XML, with the line. */
export class Objection extends Error {}

/** Far deeper than any feed. */
const DEEPEST = 500;

/** Hands every element to `build`. References and the characters of names are not looked into. */
export function readStrictly(xml: string, build: Builder): void {
  const names = createNames(xml);
  const stack: string[] = [];
  let hadRoot = false;

  function object(what: string, at: number): never {
    throw new Objection(`line ${lineOf(xml, at)}: ${what}`);
  }

  if (!xml.startsWith('<')) object('text before the first element', 0);
  readTags(xml, {
    open: (name, from, to, isEmpty) => {
      if (stack.length === 0 && hadRoot) object(`a second root element, ${shown(name)}`, from);
      if (stack.length === DEEPEST) object(`elements more than ${DEEPEST} deep`, from);
      names.declare(name, from, to);
      hadRoot = true;
      build.open(names.known(name), from, to);
      if (isEmpty) build.close(to);
      else stack.push(name);
    },
    close: (name, from) => {
      const expected = stack.pop();
      if (expected !== name) object(`</${shown(name)}> where ${tag(expected)} was open`, from);
      build.close(from);
    },
    broken: object,
  });
  const last = stack.at(-1);
  if (last !== undefined) object(`ends inside ${tag(last)}`, xml.length);
}

function lineOf(xml: string, at: number): number {
  let lines = 1;
  for (let end = xml.indexOf('\n'); end >= 0 && end < at; end = xml.indexOf('\n', end + 1)) lines += 1;
  return lines;
}

function tag(name: string | undefined): string {
  return name === undefined ? 'nothing' : `<${shown(name)}>`;
}

/** Names come from outside. */
function shown(name: string): string {
  return plain(name, 40);
}
