/** `/evidence_list`: the latest corrections, with who made them and when. */
import { z } from 'zod';
import { type Block, type Line, says } from '../../../core/message.ts';
import type { Mark } from '../../../core/news.ts';
import { type Instant, toMinute } from '../../../core/time.ts';
import { defineCommand } from '../../command.ts';
import { clip } from '../../plain.ts';
import type { World } from '../../world.ts';
import { addedAmong } from './mention.ts';
import { mentionsText } from './words.ts';

/** Fewer fit a message where texts are long: the oldest are the first to go. */
const SHOWN = 10;
const MOST = { title: 60, outlet: 30, by: 40, more: 50 } as const;

export const list = defineCommand({
  name: 'evidence_list',
  description: 'Admins: the latest corrections',
  example: () => '/evidence_list',
  private: true,
  admin: true,
  args: () => z.strictObject({}),
  run(_, __, world) {
    const all = corrections(world);
    if (all.length === 0)
      return { message: says('No article is marked as wrong, and no report was added.'), events: [] };
    return {
      message: {
        blocks: [
          { kind: 'title', text: `Corrections, the latest first: ${all.length} in all` },
          ...all.slice(0, SHOWN).map(({ line }, place): Block => ({ kind: 'list', items: [line], drop: place })),
          { kind: 'footer', text: 'take one back: /evidence_undo with its id · all of them: tierwatch evidence' },
        ],
      },
      events: [],
    };
  },
});

type Correction = { readonly at: Instant; readonly line: Line };

/** The latest first. */
function corrections(world: World): readonly Correction[] {
  const { marks, additions } = world.state;
  const all: readonly Correction[] = [
    ...[...marks.values()].map((mark) => of('Wrong', mark.article, mark, mark, mark.reason ?? '')),
    ...[...additions.values()].map((addition) =>
      of(
        'Added',
        addition.article.id,
        addition,
        addition.article,
        mentionsText(addedAmong(addition.article.events), world),
      ),
    ),
  ];
  return all.toSorted((a, b) => b.at - a.at);
}

/** Without the link: ten of them have to fit a message, and the id is as good. */
function of(
  kind: string,
  id: string,
  { at, by }: Pick<Mark, 'at' | 'by'>,
  { title, outlet }: Pick<Mark, 'title' | 'outlet'>,
  more: string,
): Correction {
  const what = `“${clip(title, MOST.title)}” (${clip(outlet, MOST.outlet)})`;
  const text = ` ${toMinute(at)} by ${clip(by, MOST.by)}: ${what} ${clip(more, MOST.more)}`.trimEnd();
  return { at, line: [{ bold: kind }, `${text} · `, { code: id }] };
}
