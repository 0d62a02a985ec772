/** `/evidence_wrong`: nothing that an article reports counts any more. */
import { z } from 'zod';
import { type Line, says } from '../../../core/message.ts';
import type { Filed, Mark } from '../../../core/news.ts';
import type { Caller } from '../../../core/ports.ts';
import { defineCommand, type Reply } from '../../command.ts';
import { clip } from '../../plain.ts';
import type { World } from '../../world.ts';
import { articleArgument, articleNamed } from './named.ts';
import { outcomeBlocks, standOf } from './outcome.ts';
import { someText } from './text.ts';
import { articleSpans, byOf, markedLine, mentionsText, undoSpans } from './words.ts';

const REASON = 300;
const UNCOUNTED = 200;

export const wrong = defineCommand({
  name: 'evidence_wrong',
  description: 'Admins: mark an article as wrong; nothing it reports counts then',
  example: () => '/evidence_wrong https://example.com/a not about Akash',
  private: true,
  admin: true,
  args: () =>
    z.strictObject({ article: articleArgument(), reason: someText('reason', REASON, 'Why, for whoever asks later') }),
  run({ article: said, reason = null }, caller, world) {
    const article = articleNamed(said, world);
    if ('problem' in article) return article;
    const mark = world.state.marks.get(article.id);
    if (mark !== undefined) return { message: says(markedLine(mark)), events: [] };
    return marked(article, reason, caller, world);
  },
});

function marked(article: Filed, reason: string | null, caller: Caller, world: World): Reply {
  const { id, title, summary, link, outlet, published, events } = article;
  const about = { article: id, title, summary, link, outlet, published, events };
  const mark: Mark = { ...about, at: world.now, by: byOf(caller), reason };
  const lines: readonly Line[] = [
    ['Marked as wrong: ', ...articleSpans(article), ` It reports ${mentionsText(events, world)}.`],
    ...(article.uncounted === undefined
      ? []
      : [`It did not count before either: ${clip(article.uncounted, UNCOUNTED)}.`]),
    undoSpans(id),
  ];
  const blocks = lines.map((line) => ({ kind: 'text', line }) as const);
  const before = standOf(events, link, world);
  return {
    message: { blocks },
    events: [{ kind: 'marked', mark }],
    after: (later) => ({ blocks: [...blocks, ...outcomeBlocks(before, standOf(events, link, later), later)] }),
  };
}
