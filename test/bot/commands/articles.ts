/** Articles for tests of the commands: a few that are filed, found by id or link, and links named by a plain rule. */
import type { Articles } from '../../../src/bot/world.ts';
import type { Filed } from '../../../src/core/news.ts';
import { DAY } from '../../../src/core/time.ts';
import { NOW } from '../sample.ts';

export function filed(over: Partial<Filed> = {}): Filed {
  return {
    id: '3f2a91c07d5e4b6a8f012345',
    feed: 'the-block',
    outlet: 'The Block',
    owner: 'The Block',
    trust: 'press',
    title: 'A lab trains a 15B model on Akash',
    summary: 'It says so.',
    link: 'https://theblock.example/akash-lab',
    published: NOW - 2 * DAY,
    events: [{ type: 'lab_training', network: 'akash', status: 'done', confidence: 0.9, because: ['trains', 'model'] }],
    story: '3f2a91c07d5e4b6a8f012345',
    ...over,
  };
}

/** @param list the articles that are filed */
export function articlesFor(...list: readonly Filed[]): Articles {
  return {
    find: (text) => list.find(({ id, link }) => id === text || (link !== null && link === plain(text))),
    filing(link, { outlet }) {
      const url = new URL(link);
      if (url.pathname === '/' && url.search === '') return undefined;
      const host = url.hostname.replace(/^www\./, '');
      const known = host === 'theblock.example' ? 'The Block' : host;
      const name = outlet ?? known;
      return { id: `id-of-${plain(link)}`, keys: [], outlet: name, owner: name, trust: 'press' };
    },
  };
}

function plain(link: string): string {
  return link.replace(/[?#].*$/, '').replace('//www.', '//');
}
