/** Finds in a Markdown document what can be held against the program: sections, fenced blocks, tables, generated parts. */

/** The text under a heading, up to the next heading of its rank or above. */
export function section(text: string, heading: string): string {
  const lines = outsideFences(text);
  const start = lines.findIndex(({ line, fenced }) => !fenced && line.replace(/^#+ /, '') === heading);
  if (start < 0) throw new Error(`no heading ${JSON.stringify(heading)}`);
  const rank = rankOf(lines[start]?.line ?? '');
  const end = lines.findIndex(({ line, fenced }, index) => index > start && !fenced && isWithin(rankOf(line), rank));
  return lines
    .slice(start + 1, end < 0 ? undefined : end)
    .map(({ line }) => line)
    .join('\n');
}

/** The headings of one rank inside a text. */
export function headings(text: string, rank: number): readonly string[] {
  return outsideFences(text).flatMap(({ line, fenced }) =>
    !fenced && rankOf(line) === rank ? [line.slice(rank + 1)] : [],
  );
}

/** The bodies of the fenced blocks of a language; '' for those without one. */
export function blocks(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, found, body = '']) =>
    found === language ? [body] : [],
  );
}

/** The cells of the table whose first heading reads so. */
export function table(text: string, first: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  if (head < 0) throw new Error(`no table that begins with ${JSON.stringify(first)}`);
  const rest = lines.slice(head + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end < 0 ? undefined : end).map((line) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
}

/** A table with these headings. */
export function tableOf(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), `|${heads.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** The texts between backticks. */
export function codes(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** Names of the generated parts, in their order. */
export function generatedNames(text: string): readonly string[] {
  return [...text.matchAll(/^<!-- generated: ([\w-]+) -->$/gm)].map(([, name = '']) => name);
}

/** What stands in a generated part. */
export function generatedPart(text: string, name: string): string {
  const [, body] = generatedPattern(name).exec(text) ?? [];
  if (body === undefined) throw new Error(`no generated part ${name}`);
  return body.trim();
}

/** The text with another body in a generated part. */
export function withGenerated(text: string, name: string, body: string): string {
  return text.replace(generatedPattern(name), () => `<!-- generated: ${name} -->\n${body}\n<!-- end -->`);
}

function generatedPattern(name: string): RegExp {
  return new RegExp(`^<!-- generated: ${name} -->\\n([\\s\\S]*?)<!-- end -->$`, 'm');
}

type Line = { readonly line: string; readonly fenced: boolean };

/** A `#` inside a fence begins a comment, not a section. */
function outsideFences(text: string): readonly Line[] {
  let fenced = false;
  return text.split('\n').map((line) => {
    const isFence = line.startsWith('```');
    if (isFence) fenced = !fenced;
    return { line, fenced: fenced || isFence };
  });
}

function rankOf(line: string): number {
  return /^(#+) /.exec(line)?.[1]?.length ?? 0;
}

function isWithin(rank: number, outer: number): boolean {
  return rank > 0 && rank <= outer;
}
