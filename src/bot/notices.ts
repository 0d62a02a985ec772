/** Notices to admins as messages: what happened to a source or a series, why, and what follows. */
import type { Block, Message } from '../core/message.ts';
import type { Notice } from '../core/notice.ts';
import { clip } from './plain.ts';
import { formatAt } from './when.ts';

const SENTENCE = 500;
/** The first sentence stays, later ones go first when a message is too long. */
const DROP = 1;

/** @param timezone IANA name; the time is given in UTC and, where it differs, in this zone too. */
export function announceNotice({ id, at, title, says }: Notice, timezone = 'UTC'): Message {
  const sentences = says.map(
    (line, index): Block => ({ kind: 'text', line: clip(line, SENTENCE), ...(index === 0 ? {} : { drop: DROP }) }),
  );
  const footer = `${formatAt(at, timezone)} · ${id} · how each source is: /sources`;
  return { blocks: [{ kind: 'title', text: title }, ...sentences, { kind: 'footer', text: footer }] };
}
