/** `/evidence_undo`: takes back what was said of an article last. */
import { z } from 'zod';
import type { Event } from '../../../core/events.ts';
import type { Line } from '../../../core/message.ts';
import { defineCommand, type Problem, type Reply } from '../../command.ts';
import { clip } from '../../plain.ts';
import { formatAt } from '../../when.ts';
import type { World } from '../../world.ts';
import { bare } from './link.ts';
import { addedAmong } from './mention.ts';
import { articleArgument, idOfCorrected } from './named.ts';
import { outcomeBlocks, standOf } from './outcome.ts';
import { articleSpans, byOf, mentionsText } from './words.ts';

const SHOWN = 60;

export const undo = defineCommand({
  name: 'evidence_undo',
  description: 'Admins: take back a mark or an added report',
  example: () => '/evidence_undo https://example.com/a',
  private: true,
  admin: true,
  args: () => z.strictObject({ article: articleArgument() }),
  run({ article: said }, caller, world): Reply | Problem {
    const id = idOfCorrected(said, world);
    if (id === undefined)
      return {
        problem: `Nothing was said of “${clip(bare(said), SHOWN)}”. /evidence_list has the latest corrections with their ids.`,
      };
    const { state, now } = world;
    const [mark, addition] = [state.marks.get(id), state.additions.get(id)];
    const about = mark ?? addition?.article;
    const [mentions, link] = [about?.events ?? [], about?.link ?? null];
    const before = standOf(mentions, link, world);
    const blocks = [{ kind: 'text', line: takenBack(id, world) } as const];
    const undone: Event = { kind: 'unmarked', at: now, article: id, by: byOf(caller) };
    // Of an added report that was then marked, the mark alone is taken back: what was added stays on record as it was.
    const events: readonly Event[] =
      mark === undefined || addition === undefined ? [undone] : [undone, { kind: 'added', addition }];
    return {
      message: { blocks },
      events,
      after: (later) => ({ blocks: [...blocks, ...outcomeBlocks(before, standOf(mentions, link, later), later)] }),
    };
  },
});

function takenBack(id: string, world: World): Line {
  const { state } = world;
  const mark = state.marks.get(id);
  if (mark !== undefined)
    return [
      `No longer marked as wrong, as ${mark.by} had it since ${formatAt(mark.at)}: `,
      ...articleSpans(mark),
      ` It counts again for ${mentionsText(mark.events, world)}.`,
    ];
  const addition = state.additions.get(id);
  if (addition === undefined) throw new Error(`Nothing was said of ${id}.`);
  const { article, by, at } = addition;
  const what = mentionsText(addedAmong(article.events), world);
  return [
    `Taken out again, as ${by} had added it at ${formatAt(at)}: `,
    ...articleSpans(article),
    ` It counts no longer for ${what}.`,
  ];
}
