/** Which article an admin means: by id, or by link however it is written. */
import type { Filed } from '../../../core/news.ts';
import type { Problem } from '../../command.ts';
import { clip } from '../../plain.ts';
import type { World } from '../../world.ts';
import { bare, LONGEST_LINK, linkOf } from './link.ts';
import { needText } from './text.ts';

const SHOWN = 60;

/** The argument that names an article. */
export function articleArgument() {
  const missing = 'Name the article: its link, or its id as /evidence_list shows it.';
  return needText('link', LONGEST_LINK, missing, 'Link of the article, or its id');
}

export function articleNamed(said: string, { articles }: World): Filed | Problem {
  if (articles === undefined) return { problem: 'No articles are kept here.' };
  const text = bare(said);
  const found = articles.find(text);
  if (found !== undefined) return found;
  if (isLink(text))
    return {
      problem: `No article with the link ${clip(text, SHOWN)} is kept. /why links the reports that a change rests on; /evidence_add adds one that is missing.`,
    };
  return {
    problem: `I know no article “${clip(text, SHOWN)}”. Give its link, as /why has it, or its id: 24 digits and letters a to f, as /evidence_list has them.`,
  };
}

/** The id of the article that was corrected, also where the article itself is no longer kept; undefined where none was. */
export function idOfCorrected(said: string, { articles, state }: World): string | undefined {
  const text = bare(said);
  const ids = [text, articles?.find(text)?.id, filedAs(text, articles)];
  return ids.find((id) => id !== undefined && (state.marks.get(id) ?? state.additions.get(id)) !== undefined);
}

function filedAs(text: string, articles: World['articles']): string | undefined {
  const link = linkOf(text);
  return typeof link === 'string' ? articles?.filing(link, {})?.id : undefined;
}

function isLink(text: string): boolean {
  return /^https?:/i.test(text);
}
