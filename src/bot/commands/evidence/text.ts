/** Arguments as admins type them: one plain line each, of bounded length, or one of a few words. */
import { z } from 'zod';
import { nearest } from '../../../core/nearest.ts';
import { clip, plain } from '../../plain.ts';

const SHOWN = 40;

/** A text that may be left out. What is too long is refused, not cut: it would say something else. */
export function someText(name: string, most: number, description: string) {
  return z
    .preprocess(tidy, text(name, most, `That ${name} is no text.`).optional())
    .optional()
    .describe(description);
}

/** A text that has to be there; `missing` says what is asked for. */
export function needText(name: string, most: number, missing: string, description: string) {
  return z.preprocess(tidy, text(name, most, missing)).describe(description);
}

/** One of the words, in any case and with spaces or `-` for `_`. */
export function oneOfWords<const Words extends readonly string[]>(words: Words, missing: string) {
  return z.preprocess(
    (value) => (typeof value === 'string' ? plain(value).trim().toLowerCase().replace(/[ -]/g, '_') : value),
    z.enum(words, { error: ({ input }) => unknownWord(input, words, missing) }),
  );
}

function unknownWord(input: unknown, words: readonly string[], missing: string): string {
  const known = `One of ${words.join(', ')}.`;
  if (typeof input !== 'string' || input === '') return `${missing} ${known}`;
  const said = clip(input, SHOWN);
  const close = nearest(said, words);
  return `“${said}” is none of what I know.${close === undefined ? '' : ` Did you mean ${close}?`} ${known}`;
}

function text(name: string, most: number, missing: string) {
  return z.string({ error: missing }).max(most, { error: `That ${name} is too long: ${most} characters at most.` });
}

/** Without what hides, reorders or breaks lines; undefined where nothing is left. */
function tidy(value: unknown): unknown {
  return typeof value === 'string' ? plain(value).trim() || undefined : value;
}
