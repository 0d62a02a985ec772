/** An article as statements: the sentences in which something is said, the title first. */

export type Statement = {
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly at: number;
};

const BOUNDARY = /(?<=[.!?…]["”’)]?)\s+(?=["“‘(]?[\p{Lu}\p{N}$€£])/u;

/** The whole text, and the statements in it with their places. */
export function statements(
  title: string,
  summary: string | null,
): { readonly whole: string; readonly list: readonly Statement[] } {
  const whole = summary === null ? title : `${title}\n${summary}`;
  const list: Statement[] = [];
  for (const text of [title, ...(summary ?? '').split(BOUNDARY)]) {
    if (text === '') continue;
    const from = list.at(-1);
    list.push({ text, at: whole.indexOf(text, from === undefined ? 0 : from.at + from.text.length) });
  }
  return { whole, list };
}
