/** Reads the arguments of a typed line: positions, `name=value`, quotes. */
import type { Problem } from './command.ts';
import type { Option } from './option.ts';
import { clip, plain } from './plain.ts';

type Values = { readonly values: Readonly<Record<string, unknown>> };

const QUOTES: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '„': '“', '«': '»', '‘': '’' };

/**
 * The values a line gives for the options. Words without a name fill the options in order; the last option takes
 * all that is left: a list word by word, a single one as one text, so that `Akash Network` needs no quotes.
 */
export function readTyped(text: string, options: readonly Option[]): Values | Problem {
  const values = new Map<string, string[]>();
  const loose: string[] = [];
  for (const word of wordsOf(text, new Set(options.map((option) => option.name)))) {
    if (word.name === null) loose.push(word.text);
    else values.set(word.name, [...(values.get(word.name) ?? []), word.text]);
  }
  const open = options.filter((option) => !values.has(option.name));
  open.forEach((option, at) => {
    const taken = at === open.length - 1 ? loose.splice(0) : loose.splice(0, 1);
    if (taken.length > 0) values.set(option.name, option.many ? taken : [taken.join(' ')]);
  });
  if (loose[0] !== undefined) return { problem: `I do not know what to do with “${clip(plain(loose[0]), 40)}”.` };
  const twice = options.find((option) => !option.many && (values.get(option.name)?.length ?? 0) > 1);
  if (twice !== undefined) return { problem: `${twice.name} is given twice.` };
  return {
    values: Object.fromEntries(
      options.flatMap((option): [string, unknown][] => {
        const given = values.get(option.name);
        return given === undefined ? [] : [[option.name, option.many ? given : given[0]]];
      }),
    ),
  };
}

type Word = { readonly name: string | null; readonly text: string };

/** Words between spaces. A quote at a word's start, or after `name=`, runs to its partner; `\` keeps the next sign. */
function wordsOf(text: string, names: ReadonlySet<string>): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      at++;
      continue;
    }
    const name = nameAt(text, at, names);
    const start = name === null ? at : at + name.length + 1;
    const end = QUOTES[text.charAt(start)];
    const word = end === undefined ? bare(text, start) : quoted(text, start + 1, end);
    words.push({ name, text: word.text });
    at = word.next;
  }
  return words;
}

function nameAt(text: string, at: number, names: ReadonlySet<string>): string | null {
  const name = /^([a-z0-9_]{1,32})=/i.exec(text.slice(at, at + 33))?.[1]?.toLowerCase();
  return name !== undefined && names.has(name) ? name : null;
}

function bare(text: string, start: number): { text: string; next: number } {
  let next = start;
  while (next < text.length && !/\s/.test(text.charAt(next))) next++;
  return { text: text.slice(start, next), next };
}

function quoted(text: string, start: number, end: string): { text: string; next: number } {
  let word = '';
  let next = start;
  while (next < text.length && text.charAt(next) !== end) {
    if (text.charAt(next) === '\\') next++;
    word += text.charAt(next++);
  }
  return { text: word, next: next + 1 };
}
