/** Turns what the YAML parser found wrong into complaints a person can act on. */
import { type Document, visit, type YAMLParseError } from 'yaml';
import type { Complaint } from './problem.ts';

export type Mistake = { readonly offset: number; readonly complaint: Complaint };

/**
 * The syntax mistakes of a document. Of mistakes in structure only the first is told, since the rest mostly follow
 * from it; repeated keys, unknown tags and dangling aliases are told one and all.
 */
export function complainAboutSyntax(document: Document, text: string): readonly Mistake[] {
  const [structure] = document.errors.filter((error) => error.code !== 'DUPLICATE_KEY');
  if (structure !== undefined)
    return [{ offset: beginningOf(structure, document), complaint: explain(structure, text) }];
  const repeated = document.errors.map((error) => ({ offset: error.pos[0], complaint: repeatedKey(error, text) }));
  const tags = document.warnings.map((warning) => ({
    offset: warning.pos[0],
    complaint: {
      what: `a tag or directive that means nothing here (${text.slice(...warning.pos).slice(0, 40)})`,
      expected: 'plain YAML',
      todo: 'remove it, or put the text in quotes',
    },
  }));
  return [...repeated, ...tags, ...danglingAliases(document)];
}

/** A quote that is never closed is noticed at the end of the file: its beginning is more use. So with deep nesting. */
function beginningOf({ code, message, pos }: YAMLParseError, document: Document): number {
  let start = code === 'RESOURCE_EXHAUSTION' ? 0 : pos[0];
  if (code !== 'MISSING_CHAR' || !message.includes('quote')) return start;
  visit(document, {
    Scalar(_, { type, range }) {
      const quoted = type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE';
      if (!quoted || !range || range[0] > start || range[1] < start) return undefined;
      start = range[0];
      return visit.BREAK;
    },
  });
  return start;
}

export const TOO_DEEP: Complaint = {
  what: 'the file is nested too deeply',
  expected: 'a handful of levels',
  todo: 'check for a run of opening brackets',
};

function explain(error: YAMLParseError, text: string): Complaint {
  const start = text[error.pos[0]] ?? '';
  switch (error.code) {
    case 'RESOURCE_EXHAUSTION':
      return TOO_DEEP;
    case 'TAB_AS_INDENT':
      return { what: 'a tab indents this line', expected: 'spaces', todo: 'replace every tab with two spaces' };
    case 'MULTIPLE_DOCS':
      return {
        what: 'a second document begins here (---)',
        expected: 'one document a file',
        todo: 'remove the line, or move what follows into a file of its own',
      };
    case 'BAD_SCALAR_START':
      return { what: `a text begins with ${start}`, expected: 'a letter or digit', todo: 'put the text in quotes' };
    case 'MULTILINE_IMPLICIT_KEY':
      return {
        what: 'a key runs over several lines',
        expected: 'key: value on one line',
        todo: 'add the colon that is missing here, or align the line below',
      };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return {
        what: 'a second key or list where one value belongs',
        expected: 'one value, or keys on lines of their own',
        todo: 'put text that has a colon in quotes, and check the indentation here',
      };
    case 'MISSING_CHAR':
      return missing(error.message);
    case 'BAD_INDENT':
      return {
        what: 'the indentation breaks off what began above',
        expected: 'lines of one list or mapping to start in one column, and brackets to be closed',
        todo: 'close the bracket or align the line',
      };
    default:
      return {
        what: `the YAML cannot be read (${error.message.split('\n')[0]})`,
        expected: 'keys of one mapping in one column',
        todo: 'check indentation, colons and quotes on this line and the one above',
      };
  }
}

function missing(message: string): Complaint {
  if (message.includes('quote'))
    return { what: 'a quote is never closed', expected: 'a closing quote', todo: 'add it at the end of the text' };
  if (message.startsWith('Sequence item'))
    return {
      what: 'the line is not aligned with its neighbours',
      expected: 'keys of one mapping in one column',
      todo: 'indent it like the line above, or start it with - if it is a new entry',
    };
  if (message.startsWith('Implicit'))
    return {
      what: 'a line without a colon',
      expected: 'key: value',
      todo: 'add the colon, or indent the line if it continues the text above',
    };
  return { what: 'a bracket is never closed', expected: 'a closing bracket', todo: 'add ] or } where the list ends' };
}

function repeatedKey(error: YAMLParseError, text: string): Complaint {
  const key = /^[^\s:]*/.exec(text.slice(error.pos[0]))?.[0] ?? '';
  return { what: `key ${key} stands here a second time`, expected: 'each key once', todo: 'remove one of the two' };
}

function danglingAliases(document: Document): readonly Mistake[] {
  const found: Mistake[] = [];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      const what = `the alias *${alias.source} refers to nothing above it`;
      const complaint = {
        what,
        expected: `an anchor &${alias.source}`,
        todo: 'put the text in quotes if * is part of it',
      };
      found.push({ offset: alias.range?.[0] ?? 0, complaint });
    },
  });
  return found;
}
