/** Who stands behind an address. */
import { describe, expect, it } from 'vitest';
import { Feeds } from '../../../src/core/settings.ts';
import { outletsOf } from '../../../src/sources/news/outlets.ts';

const feed = (id: string, url: string, owner: string, trust = 'press') => ({
  id,
  url,
  outlet: `The ${id}`,
  owner,
  trust,
});
const { feeds } = Feeds.parse({
  feeds: [
    feed('wire', 'https://www.wire.example/rss', 'Wire Group'),
    feed('wire-tech', 'https://wire.example/tech/rss', 'Wire Group'),
    feed('one', 'https://shared.example/one.xml', 'One'),
    feed('two', 'https://shared.example/two.xml', 'Two'),
    feed('project', 'https://medium.com/feed/project', 'Project', 'primary'),
    feed('forum', 'https://platform.example/forum.xml', 'Forum'),
    feed('letter', 'https://letter.substack.com/feed', 'Somebody'),
    { id: 'search', search: { on: 'gdelt', for: 'GPU' } },
  ],
  outlets: [
    { outlet: 'CoinDesk', hosts: ['coindesk.com'], owner: 'Bullish', trust: 'press' },
    { outlet: 'Medium', hosts: ['medium.com'], trust: 'social' },
    {
      outlet: 'Project',
      hosts: ['medium.com/project', 'www.project.example', 'platform.example/project'],
      owner: 'Project',
      trust: 'primary',
    },
    { outlet: 'Substack', hosts: ['*.substack.com'], trust: 'social' },
    { outlet: 'MSN', hosts: ['msn.com'], owner: 'Microsoft', trust: 'aggregator' },
  ],
});
const outlets = outletsOf(feeds);
const who = (link: string, name?: string) => Object.values(outlets.of(link, name)).join(' | ');

describe('an address', () => {
  it.each([
    ['https://www.coindesk.com/a', 'CoinDesk | Bullish | press'],
    ['http://amp.coindesk.com/a', 'CoinDesk | Bullish | press'],
    ['https://markets.coindesk.com/a', 'CoinDesk | Bullish | press'],
    ['https://www.google.com/url?q=https://coindesk.com/a', 'CoinDesk | Bullish | press'],
    ['https://www.msn.com/en-us/a', 'MSN | Microsoft | aggregator'],
    ['https://medium.com/@somebody/a', 'Medium | Medium | social'],
    ['https://medium.com/project/a', 'Project | Project | primary'],
    ['https://medium.com/projects/a', 'Medium | Medium | social'],
    ['https://project.example/a', 'Project | Project | primary'],
    ['https://somebody.substack.com/p/a', 'somebody.substack.com | somebody.substack.com | social'],
    ['https://substack.com/home', 'substack.com | substack.com | press'],
  ])('%s is by the table %s', (link, voice) => {
    expect(who(link)).toBe(voice);
  });

  it.each([
    ['https://wire.example/2026/a', 'The wire | Wire Group | press'],
    ['https://letter.substack.com/p/a', 'The letter | Somebody | press'],
  ])('%s is by the host of a feed %s', (link, voice) => {
    expect(who(link)).toBe(voice);
  });

  it('on a host that the table names a part of is by no feed', () => {
    expect(who('https://platform.example/project/a')).toBe('Project | Project | primary');
    expect(who('https://platform.example/a')).toBe('platform.example | platform.example | press');
  });

  it('on a host that feeds of several owners share is of none of them', () => {
    expect(who('https://shared.example/a')).toBe('shared.example | shared.example | press');
  });

  it.each([
    ['https://www.unknown.example/a', 'unknown.example | unknown.example | press'],
    ['https://blog.unknown.example/a', 'blog.unknown.example | unknown.example | press'],
    ['https://tech.paper.co.uk/a', 'tech.paper.co.uk | paper.co.uk | press'],
    ['https://notcoindesk.com/a', 'notcoindesk.com | notcoindesk.com | press'],
    ['https://coindesk.com.evil.example/a', 'coindesk.com.evil.example | evil.example | press'],
    ['http://192.0.2.7/a', '192.0.2.7 | 192.0.2.7 | press'],
  ])('%s that nobody lists is %s: all of one domain are one owner', (link, voice) => {
    expect(who(link)).toBe(voice);
  });

  it('that nobody lists is called by its name, unless that is the name of a listed outlet', () => {
    expect(who('https://unknown.example/a', 'The Unknown')).toBe('The Unknown | unknown.example | press');
    expect(who('https://unknown.example/a', 'coindesk ')).toBe('unknown.example | unknown.example | press');
    expect(who('https://coindesk.com/a', 'Another')).toBe('CoinDesk | Bullish | press');
  });
});

it('a name alone is that of a listed outlet, or of one that owns itself', () => {
  expect(outlets.named('COINDESK')).toEqual({ outlet: 'CoinDesk', owner: 'Bullish', trust: 'press' });
  expect(outlets.named('The wire').owner).toBe('Wire Group');
  expect(outlets.named('Nobody')).toEqual({ outlet: 'Nobody', owner: 'Nobody', trust: 'press' });
});
