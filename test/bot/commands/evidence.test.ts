/** Corrections by admins: what is kept of them, what the answer says, and any text at all. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commands } from '../../../src/bot/commands/index.ts';
import { renderConsole } from '../../../src/bot/console/render.ts';
import { renderDiscord } from '../../../src/bot/discord/render.ts';
import { createDispatch } from '../../../src/bot/dispatch.ts';
import { lengthOf } from '../../../src/bot/plain.ts';
import { renderTelegram } from '../../../src/bot/telegram/render.ts';
import type { World } from '../../../src/bot/world.ts';
import type { Event } from '../../../src/core/events.ts';
import type { Article, Filed, Mark } from '../../../src/core/news.ts';
import type { Answer, Invocation } from '../../../src/core/ports.ts';
import type { Standing } from '../../../src/core/standing.ts';
import { apply, type State } from '../../../src/core/state.ts';
import { DAY, HOUR } from '../../../src/core/time.ts';
import {
  bench,
  CALLER,
  cuts,
  driver,
  emptyState,
  HOSTILE,
  keepLog,
  lowered,
  NOW,
  stateOf,
  watched,
  worldOf,
} from '../sample.ts';
import { articlesFor, filed } from './articles.ts';

const LAB = filed();
const NOTHING = filed({ id: '0'.repeat(24), title: 'Markets this week', link: 'https://a.example/week', events: [] });

type Options = Partial<World> & {
  /** What the judgement records right after a correction. */
  readonly judged?: readonly Event[];
};

/** An admin's terminal over these articles. */
function desk(start: State = emptyState(), { judged = [], ...over }: Options = {}) {
  let state = start;
  const committed: Event[] = [];
  const { log, lines } = keepLog();
  const answer: Answer = createDispatch({
    commands,
    world() {
      const additions = [...state.additions.values()].map(({ article }) => ({ ...article, story: article.id }));
      return worldOf(state, { articles: articlesFor(...additions, LAB, NOTHING), ...over });
    },
    async commit(events) {
      await new Promise(setImmediate);
      committed.push(...events);
      state = [...events, ...judged].reduce(apply, state);
    },
    log,
  });
  async function ask(line: string): Promise<string> {
    const [command = '', ...words] = line.split(' ');
    const input = { kind: 'typed', text: words.join(' ') } as const;
    const answered = await answer({ command, input, caller: CALLER, update: null });
    expect(answered?.ephemeral).toBe(true);
    return renderConsole(answered?.message ?? { blocks: [] }, { width: 10_000, colour: false });
  }
  return { ask, answer, committed, lines, state: () => state };
}

function mark(over: Partial<Mark> = {}): Mark {
  const { id, title, summary, link, outlet, published, events } = LAB;
  return {
    article: id,
    at: NOW - HOUR,
    by: 'discord:700000000000000003',
    reason: null,
    title,
    summary,
    link,
    outlet,
    published,
    events,
    ...over,
  };
}

function added(over: Partial<Article> = {}, at = NOW - HOUR): Extract<Event, { kind: 'added' }> {
  const { story: _, ...rest } = LAB;
  const id = `id-of-${over.link ?? 'https://new.example/a'}`;
  const events = rest.events.map((one) => ({ ...one, because: ['added by an admin'] }));
  const told = { feed: 'admin', link: 'https://new.example/a', title: 'New', outlet: 'New', id, events };
  const article = { ...rest, ...told, ...over };
  return { kind: 'added', addition: { article, at, by: 'telegram:42' } };
}

describe('/evidence_wrong', () => {
  test.each([
    ['its id', LAB.id],
    ['its link', 'https://theblock.example/akash-lab'],
    ['its link with what readers carry along', 'https://www.theblock.example/akash-lab?utm_source=x#top'],
    ['its link as Discord leaves it folded', '<https://theblock.example/akash-lab>'],
    ['its link by name', 'article="https://theblock.example/akash-lab"'],
  ])('by %s', async (_, said) => {
    const { ask, committed } = desk();
    expect(await ask(`evidence_wrong ${said}`)).toMatch(
      /^Marked as wrong: “A lab trains a 15B model on Akash.*” \(The Block, 2026-11-18\)\. It reports lab training on Akash\./,
    );
    expect(committed).toEqual([{ kind: 'marked', mark: mark({ at: NOW, by: 'console:ada' }) }]);
  });

  test('keeps the reason in plain words, and says how to take it back', async () => {
    const { ask, committed } = desk();
    expect(await ask(`evidence_wrong ${LAB.id} it is about \u202Eanother   network`)).toContain(
      `/evidence_undo ${LAB.id}`,
    );
    expect(committed).toMatchObject([{ mark: { reason: 'it is about another network' } }]);
  });

  test('says who marked it already, when and why', async () => {
    const { ask, committed } = desk(stateOf({ kind: 'marked', mark: mark({ reason: 'a joke' }) }));
    expect(await ask(`evidence_wrong ${LAB.id}`)).toBe(
      `It is marked as wrong, by discord:700000000000000003 at 2026-11-20 07:00 UTC: a joke. To take that back: /evidence_undo ${LAB.id}`,
    );
    expect(committed).toEqual([]);
  });

  test('says where it did not count anyway', async () => {
    const copy = filed({ uncounted: 'copy of a report by DCD' });
    const { ask } = desk(emptyState(), { articles: articlesFor(copy) });
    expect(await ask(`evidence_wrong ${copy.id}`)).toContain(
      'It did not count before either: copy of a report by DCD.',
    );
  });

  test.each([
    ['Name the article: its link, or its id as /evidence_list shows it.', ''],
    ['No article with the link https://other.example/x is kept. /why links the reports', 'https://other.example/x'],
    ['I know no article “the-block-1”. Give its link, as /why has it, or its id: 24 digits and letters', 'the-block-1'],
    ['That reason is too long: 300 characters at most.', `${LAB.id} ${'x'.repeat(301)}`],
    ['That link is too long: 2048 characters at most.', `https://a.example/${'x'.repeat(2048)}`],
  ])('%s', async (complaint, args) => {
    const { ask, committed } = desk();
    const said = await ask(`evidence_wrong ${args}`);
    expect(said.startsWith(complaint)).toBe(true);
    expect(said).toContain('Usage: /evidence_wrong <article> [reason]');
    expect(committed).toEqual([]);
  });

  test('is not to be had where no articles are kept', async () => {
    const { answer } = bench(emptyState());
    const input = { kind: 'typed', text: LAB.id } as const;
    const answered = await answer({ command: 'evidence_wrong', input, caller: CALLER, update: null });
    expect(JSON.stringify(answered)).toContain('No articles are kept here.');
  });
});

describe('/evidence_add', () => {
  const base = {
    kind: 'added',
    addition: {
      at: NOW,
      by: 'console:ada',
      article: {
        id: 'id-of-https://new.example/a',
        keys: [],
        feed: 'admin',
        outlet: 'new.example',
        owner: 'new.example',
        trust: 'press',
        title: 'https://www.new.example/a',
        summary: null,
        link: 'https://www.new.example/a',
        published: NOW,
        events: [
          { type: 'lab_training', network: 'akash', status: 'done', confidence: 1, because: ['added by an admin'] },
        ],
      },
    },
  };
  const LINK = 'https://www.new.example/a';

  test('keeps it as an article of its own, of which a person is sure', async () => {
    const { ask, committed } = desk();
    expect(await ask(`evidence_add ${LINK} lab_training akash`)).toMatch(
      /^Added: “https:\/\/www.new.example\/a.*” \(new.example, 2026-11-20\)\. It reports lab training on Akash, and counts as any other report\./,
    );
    expect(committed).toEqual([base]);
  });

  test('takes everything by place, the headline without quotes', async () => {
    const { ask, committed } = desk();
    await ask(
      `evidence_add ${LINK} "lab training" "Akash Network" in-progress 2026-11-01 "The Block" A lab trains on it`,
    );
    expect(committed).toMatchObject([
      {
        addition: {
          article: {
            outlet: 'The Block',
            owner: 'The Block',
            title: 'A lab trains on it',
            published: Date.UTC(2026, 10, 1),
            events: [{ type: 'lab_training', network: 'akash', status: 'in_progress' }],
          },
        },
      },
    ]);
  });

  test('takes it as Discord picks it', async () => {
    const { answer, committed } = desk();
    const values = { link: LINK, type: 'lab_training', network: 'akash', title: 'A lab trains on it' };
    await answer({ command: 'evidence_add', input: { kind: 'picked', values }, caller: CALLER, update: null });
    expect(committed).toMatchObject([{ addition: { article: { title: 'A lab trains on it' } } }]);
  });

  test.each([
    ['capacity_crunch', null],
    ['capacity_crunch market', null],
    ['capacity_catchup status=planned', null],
    ['new_entrant', null],
    ['new_entrant "other:Prime Intellect"', 'other:prime-intellect'],
    ['new_entrant render', 'render'],
    ['utilization_report RNDR', 'render'],
    ['lab_training other:gonka', 'other:gonka'],
  ])('%s is of %s', async (args, network) => {
    const { ask, committed } = desk();
    await ask(`evidence_add ${LINK} ${args}`);
    expect(committed).toMatchObject([{ addition: { article: { events: [{ network }] } } }]);
  });

  test.each([
    ['Give the link of the report.', ''],
    ['Say what it reports. One of lab_training, new_entrant,', LINK],
    ['“lab_trainin” is none of what I know. Did you mean lab_training?', `${LINK} lab_trainin akash`],
    ['Whose lab_training does it report? One of akash, ionet, render, or other:<name>.', `${LINK} lab_training`],
    ['I know no network called “akahs”. Did you mean Akash?', `${LINK} lab_training akahs`],
    ['other: needs a name, such as other:prime-intellect.', `${LINK} lab_training other:`],
    ['I know no network called “all”.', `${LINK} lab_training all`],
    ['capacity_crunch is news of the whole market: leave “akash” out.', `${LINK} capacity_crunch akash`],
    ['capacity_crunch is news of the whole market: leave “done” out. What follows', `${LINK} capacity_crunch done`],
    ['“finished” is none of what I know. One of done, in_progress,', `${LINK} lab_training akash finished`],
    ['“yesterday” is no date such as 2026-07-17', `${LINK} lab_training akash done yesterday`],
    ['“2026-11-21” is yet to come', `${LINK} lab_training akash date=2026-11-21`],
    ['“1969-01-01” is before 1970.', `${LINK} lab_training akash date=1969-01-01`],
    ['That title is too long: 300 characters at most.', `${LINK} lab_training akash title="${'x'.repeat(301)}"`],
    ['That outlet is too long: 80 characters at most.', `${LINK} lab_training akash outlet=${'x'.repeat(81)}`],
    ['That network is too long: 60 characters at most.', `${LINK} lab_training ${'x'.repeat(61)}`],
    ['“theblock.example/x” is no link: it begins with https://', 'theblock.example/x lab_training akash'],
    ['“javascript:alert(1)” is no link', 'javascript:alert(1) lab_training akash'],
    ['“file:///etc/passwd” is no link', 'file:///etc/passwd lab_training akash'],
    ['That link holds a user name or a password', 'https://ada:secret@a.example/x lab_training akash'],
    ['That link is too long: 2048 characters at most.', `https://a.example/${'ü'.repeat(1000)} lab_training akash`],
    ["https://a.example/ is a site's front page", 'https://a.example lab_training akash'],
  ])('%s', async (complaint, args) => {
    const { ask, committed } = desk();
    const said = await ask(`evidence_add ${args}`);
    expect(said.startsWith(complaint), said).toBe(true);
    expect(said).toContain('Usage: /evidence_add <link> <type> [network] [status] [date] [outlet] [title]');
    expect(said).not.toContain('secret');
    expect(committed).toEqual([]);
  });

  test('addresses nobody could ask are data like any other: nothing is fetched', async () => {
    const { ask, committed } = desk();
    await ask('evidence_add http://169.254.169.254/latest lab_training akash');
    expect(committed).toMatchObject([{ addition: { article: { outlet: '169.254.169.254' } } }]);
  });

  test('of an article that is known takes its headline, outlet and date over', async () => {
    const { ask, committed } = desk();
    expect(await ask(`evidence_add ${LAB.link} lab_training render title="Another headline"`)).toContain(
      'That article is known: its headline and outlet are its own.',
    );
    const { id, link, outlet, owner, trust, title, summary, published } = LAB;
    const article = { id, link, outlet, owner, trust, title, summary, published, feed: 'admin' };
    // What it reports by its words still counts.
    const events = [LAB.events[0], { network: 'render', because: ['added by an admin'] }];
    expect(committed).toMatchObject([{ addition: { article: { ...article, events } } }]);
    expect(await ask('evidence_list')).toContain('lab training on Render · ');
    expect(await ask(`evidence_undo ${LAB.link}`)).toContain('It counts no longer for lab training on Render.');
  });

  test('is refused where the article reports that already', async () => {
    const { ask, committed } = desk();
    expect(await ask(`evidence_add ${LAB.link} lab_training akash`)).toMatch(
      /^That is known: “A lab trains .*” \(The Block, 2026-11-18\)\. It reports lab training on Akash already\.$/,
    );
    expect(committed).toEqual([]);
  });

  test('makes an article count that was left out for a doubt, as of a date that a person knows', async () => {
    const other = { type: 'utilization_report', network: 'render', status: 'done', because: [] } as const;
    const old = filed({ uncounted: 'was there before the feed was first read', events: [...LAB.events, other] });
    const { ask, committed } = desk(emptyState(), { articles: articlesFor(old) });
    expect(await ask(`evidence_add ${LAB.link} lab_training akash date=2026-11-10`)).toContain(
      'So far it did not count: was there before the feed was first read.',
    );
    const { id, title } = LAB;
    expect(committed).toMatchObject([
      { addition: { article: { id, title, published: Date.UTC(2026, 10, 10), events: [{ network: 'akash' }] } } },
    ]);
    // What nobody vouched for stays left out.
    expect(JSON.stringify(committed)).not.toMatch(/uncounted|utilization_report/);
  });

  test('is refused where somebody added it, or marked the article as wrong', async () => {
    const { ask, committed } = desk(stateOf(added(), { kind: 'marked', mark: mark() }));
    expect(await ask('evidence_add https://new.example/a lab_training akash')).toBe(
      'telegram:42 added that at 2026-11-20 07:00 UTC: lab training on Akash. To take that back: /evidence_undo id-of-https://new.example/a',
    );
    expect(await ask(`evidence_add ${LAB.link} lab_training render`)).toContain(
      'It is marked as wrong, by discord:700000000000000003',
    );
    expect(committed).toEqual([]);
  });

  test('adds to what was added of it, and replaces another status of the same', async () => {
    const { ask, state } = desk(stateOf(added()));
    await ask('evidence_add https://new.example/a lab_training render');
    await ask('evidence_add https://new.example/a lab_training akash planned');
    const [addition, ...more] = [...state().additions.values()];
    expect(more).toEqual([]);
    expect(addition?.article.events).toMatchObject([
      { network: 'render', status: 'done' },
      { network: 'akash', status: 'planned' },
    ]);
  });
});

describe('/evidence_undo', () => {
  test.each([LAB.id, LAB.link, `<${LAB.link}>`])('%s takes a mark back', async (said) => {
    const { ask, committed, state } = desk(stateOf({ kind: 'marked', mark: mark() }));
    expect(await ask(`evidence_undo ${said}`)).toMatch(
      /^No longer marked as wrong, as discord:700000000000000003 had it since 2026-11-20 07:00 UTC: “A lab .*It counts again for lab training on Akash\./,
    );
    expect(committed).toEqual([{ kind: 'unmarked', at: NOW, article: LAB.id, by: 'console:ada' }]);
    expect(state().marks.size).toBe(0);
  });

  test('takes an added report out, by its link too', async () => {
    const { ask, state } = desk(stateOf(added()));
    expect(await ask('evidence_undo https://new.example/a')).toMatch(
      /^Taken out again, as telegram:42 had added it at 2026-11-20 07:00 UTC: “New.*It counts no longer for lab training on Akash\./,
    );
    expect(state().additions.size).toBe(0);
  });

  test('of a report that was added and then marked, takes back the mark alone', async () => {
    const addition = added();
    const { id } = addition.addition.article;
    const { ask, state } = desk(stateOf(addition, { kind: 'marked', mark: mark({ article: id }) }));
    expect(await ask(`evidence_undo ${id}`)).toContain('No longer marked as wrong');
    expect(state().marks.size).toBe(0);
    expect([...state().additions.values()]).toEqual([addition.addition]);
    expect(await ask(`evidence_undo ${id}`)).toContain('Taken out again');
    expect(state().additions.size).toBe(0);
  });

  test('works where the article itself is gone', async () => {
    const { ask, state } = desk(stateOf({ kind: 'marked', mark: mark() }), { articles: articlesFor() });
    await ask(`evidence_undo ${LAB.id}`);
    expect(state().marks.size).toBe(0);
  });

  test.each(['nonsense', LAB.id, 'https://new.example/a', '__proto__'])(
    'says where nothing was said: %s',
    async (said) => {
      const { ask, committed } = desk();
      expect(await ask(`evidence_undo ${said}`)).toMatch(/^Nothing was said of “.*”\. \/evidence_list has the latest/);
      expect(committed).toEqual([]);
    },
  );
});

describe('/evidence_list', () => {
  test('shows the latest first, with who, when and why', async () => {
    const { ask } = desk(stateOf(added({}, NOW - 2 * HOUR), { kind: 'marked', mark: mark({ reason: 'a joke' }) }));
    const lines = (await ask('evidence_list')).split('\n').filter((line) => line !== '');
    expect(lines[0]).toBe('Corrections, the latest first: 2 in all');
    expect(lines[1]).toMatch(
      /Wrong 2026-11-20 07:00 UTC by discord:700000000000000003: “A lab .*” \(The Block\) a joke · 3f2a91c07d5e4b6a8f012345$/,
    );
    expect(lines[2]).toMatch(/Added 2026-11-20 06:00 UTC by telegram:42: “New” \(New\) lab training on Akash · id-of-/);
  });

  test('shows ten at most, and says how many there are', async () => {
    const many = Array.from({ length: 14 }, (_, at) => added({ link: `https://new.example/${at}` }, NOW - at * HOUR));
    const { ask } = desk(stateOf(...many));
    const said = await ask('evidence_list');
    expect(said).toContain('14 in all');
    expect([...said.matchAll(/Added 2026/g)]).toHaveLength(10);
    expect(said).toMatch(/example\/0\n/);
    expect(said).not.toContain('new.example/10');
  });

  test('shows ten on Discord, too, and fits with the longest of texts', async () => {
    const id = (at: number) => `${at}`.padStart(24, 'a');
    const title = 'A lab says that it trains a model of many billions of parameters on the network';
    const usual = Array.from({ length: 10 }, (_, at) => added({ id: id(at), title, outlet: 'The Block' }));
    const long = Array.from({ length: 10 }, (_, at) =>
      added({ id: id(at), title: '\\*'.repeat(150), outlet: '_'.repeat(80) }),
    );
    for (const [events, least] of [
      [usual, 10],
      [long, 4],
    ] as const) {
      const { answer } = desk(stateOf(...events));
      const input = { kind: 'typed', text: '' } as const;
      const message = (await answer({ command: 'evidence_list', input, caller: CALLER, update: null }))?.message;
      if (message === undefined) throw new Error('no answer');
      expect(renderDiscord(message).length).toBeLessThanOrEqual(2000);
      expect([...renderDiscord(message).matchAll(/Added/g)].length).toBeGreaterThanOrEqual(least);
      expect(renderTelegram(message).text.length).toBeLessThanOrEqual(4096);
    }
  });

  test('says where there is nothing', async () => {
    expect(await desk().ask('evidence_list')).toBe('No article is marked as wrong, and no report was added.');
  });
});

describe('the answer tells what followed', () => {
  const rule = {
    rule: 'labs',
    version: '1',
    title: 'Labs',
    because: null,
    effect: { raise: 1 },
    state: undefined,
    clear: null,
    distance: { to: 'fire', met: 'true', gaps: [], needs: 'all', relative: 0, held: 0, of: 0, says: '' },
    against: null,
    moves: null,
    outlook: {
      to: 'fire',
      tier: null,
      says: '',
      rules: [],
      condition: '',
      at: null,
      sure: true,
      until: NOW,
      path: [],
      reports: 0,
    },
    next: '',
  } as const;

  /** A world in which one rule counts two reports, less the marks. */
  function counted(article: Filed, ...then: readonly Event[]) {
    const held: { marks: () => number } = { marks: () => 0 };
    const standings = (network: string): readonly Standing[] => {
      const [reading] = cuts().readings;
      const readings = reading?.kind === 'news' ? [{ ...reading, count: 2 - held.marks() }] : [];
      return [{ ...rule, network, verdict: { ...cuts(), readings } }];
    };
    const all = desk(emptyState(), { articles: articlesFor(article), standings, judged: then });
    held.marks = () => all.state().marks.size;
    return all;
  }

  test('counts and tiers, before and after', async () => {
    const change = lowered({ cause: 'correction', drivers: [driver({ effect: { raise: 1 }, ended: true })] });
    const { ask } = counted(LAB, { kind: 'change', change }, { kind: 'change', change: watched() });
    const said = await ask(`evidence_wrong ${LAB.id}`);
    expect(said).toContain('What that changes');
    expect(said).toContain('news(capacity_catchup, 30d) on Akash: 2 → 1 outlets');
    expect(said).toContain('Akash: Watching → Avoid, watch ▼ negative; /why akash');
  });

  test('of the market for every network whose rules count it, in one line', async () => {
    const market = filed({ events: [{ type: 'capacity_catchup', network: null, status: 'done', because: [] }] });
    const { ask } = counted(market);
    expect(await ask(`evidence_wrong ${market.id}`)).toContain('on Akash, io.net, Render: 2 → 1 outlets');
  });

  test('why nothing followed', async () => {
    const standings = (network: string): readonly Standing[] => {
      const [reading] = cuts().readings;
      const left = { outlet: 'A', title: 'T', link: LAB.link, at: NOW, because: [], why: 'copy of DCD' };
      const readings = reading?.kind === 'news' ? [{ ...reading, leftOut: [left] }] : [];
      return [{ ...rule, network, verdict: { ...cuts(), readings } }];
    };
    const { ask } = desk(stateOf({ kind: 'marked', mark: mark() }), { standings });
    expect(await ask(`evidence_undo ${LAB.id}`)).toContain('no tier moves. It is left out: copy of DCD.');
  });

  test('that nothing followed', async () => {
    const { ask } = desk();
    expect(await ask(`evidence_wrong ${NOTHING.id}`)).toContain('No rule counts otherwise for it, and no tier moves.');
  });

  test('that it has to wait while most sources fail', async () => {
    const { ask } = desk(stateOf({ kind: 'blind', since: NOW - DAY }));
    expect(await ask(`evidence_wrong ${LAB.id}`)).toContain('what follows is judged once they are back');
  });
});

describe('where the outcome cannot be told', () => {
  test('what was committed is said all the same, and the error is logged', async () => {
    const { ask, lines, committed } = desk(emptyState(), {
      judged: [{ kind: 'blind', since: NOW }],
      standings() {
        if (committed.length > 0) throw new Error('broken');
        return [];
      },
    });
    expect(await ask(`evidence_wrong ${LAB.id}`)).toContain('Marked as wrong');
    expect(lines).toMatchObject([{ level: 'error', details: { says: 'broken' } }]);
  });
});

/** Text of every kind, lengths beyond every limit included. */
const anyText = fc.oneof(
  fc.constantFrom(
    HOSTILE,
    LAB.id,
    LAB.link ?? '',
    'https://new.example/a',
    'https://new.example/@everyone?q=<b>*x*</b>',
    'lab_training',
    'capacity_crunch',
    'akash',
    'other:<b>@everyone</b>',
    '2026-11-01',
    'x'.repeat(10_000),
    '👩‍👩‍👧‍👦'.repeat(500),
    '__proto__',
    'constructor',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: fc.constantFrom(...'"\'\\= \n“”«»<>*_`@#:/.?&%'), maxLength: 60 }),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
);
const names = ['article', 'reason', 'link', 'type', 'network', 'status', 'date', 'outlet', 'title'];
const EVIDENCE = ['evidence_wrong', 'evidence_add', 'evidence_undo', 'evidence_list'];
// What is added gets through as far as its one bad argument lets it.
const values = fc.oneof(
  fc.dictionary(fc.constantFrom(...names), fc.oneof(anyText, fc.anything()), { maxKeys: 7 }),
  fc.record({
    link: fc.oneof(fc.constant('https://new.example/a'), anyText),
    type: fc.constantFrom('lab_training', 'new_entrant', 'capacity_crunch'),
    network: fc.option(fc.oneof(fc.constant('akash'), anyText), { nil: undefined }),
    title: fc.option(anyText, { nil: undefined }),
    outlet: fc.option(anyText, { nil: undefined }),
  }),
  fc.record({ article: fc.constant(LAB.id), reason: anyText }),
);

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

/** Nothing in what is kept hides, reorders or breaks lines, and nothing is longer than the argument may be. */
function expectPlain(event: Event): void {
  const texts =
    event.kind === 'marked'
      ? [event.mark.reason ?? '']
      : event.kind === 'added'
        ? [event.addition.article.title, event.addition.article.outlet, event.addition.article.events[0]?.network ?? '']
        : [];
  for (const text of texts) {
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
    expect(lengthOf(text)).toBeLessThanOrEqual(300);
  }
  if (event.kind === 'added') expect(new URL(event.addition.article.link ?? '').protocol).toMatch(/^https?:$/);
}

describe('any text', () => {
  async function show(invocation: Invocation): Promise<readonly Event[]> {
    const { answer, committed, lines, ask } = desk();
    const answered = await answer(invocation);
    expect(lines).toEqual([]);
    if (answered === null) throw new Error('no answer');
    expect(renderDiscord(answered.message).length).toBeLessThanOrEqual(2000);
    expect(renderTelegram(answered.message).text.length).toBeLessThanOrEqual(4096);
    committed.forEach(expectPlain);
    // What was kept can be listed.
    expect((await ask('evidence_list')).length).toBeGreaterThan(0);
    return committed;
  }

  test('picked or typed gives one answer that can be shown, and keeps plain text alone', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...EVIDENCE), values, async (command, given) => {
        const picked = { kind: 'picked', values: given } as const;
        const fromPicked = await show({ command, input: picked, caller: CALLER, update: null });
        const texts = Object.entries(given).filter(([, text]) => text !== undefined);
        if (texts.every(([, text]) => typeof text === 'string')) {
          const text = texts.map(([name, each]) => `${name}=${quoted(String(each))}`).join(' ');
          const typed = { command, input: { kind: 'typed', text }, caller: CALLER, update: null } as const;
          expect(await show(typed)).toEqual(fromPicked);
        }
        kept += fromPicked.length;
      }),
      { numRuns: 600, seed: 20261120 },
    );
    expect(kept).toBeGreaterThan(50);
  });

  test('typed without any order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...EVIDENCE), fc.array(anyText, { maxLength: 5 }), async (command, texts) => {
        const input = { kind: 'typed', text: texts.join(' ') } as const;
        await show({ command, input, caller: CALLER, update: null });
      }),
      { numRuns: 300, seed: 20261120 },
    );
  });
});
