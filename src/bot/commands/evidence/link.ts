/** The address of a report: kept and shown, never fetched. */
import type { Problem } from '../../command.ts';
import { clip } from '../../plain.ts';

/** Browsers and feeds hold longer links to be broken, too. */
export const LONGEST_LINK = 2048;
const SHOWN = 60;

/** Discord's `<https://…>` keeps a link from being unfolded. */
export function bare(text: string): string {
  return text.replace(/^<(.*)>$/, '$1').trim();
}

/** In normal form. Any host will do, since nothing is asked there. */
export function linkOf(text: string): string | Problem {
  const url = parsed(text);
  if (url === undefined || !/^https?:$/.test(url.protocol))
    return { problem: `“${clip(text, SHOWN)}” is no link: it begins with https:// or http://.` };
  if (url.username !== '' || url.password !== '')
    return { problem: 'That link holds a user name or a password: leave them out.' };
  if (url.href.length > LONGEST_LINK) return { problem: `That link is too long: ${LONGEST_LINK} characters at most.` };
  return url.href;
}

function parsed(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
