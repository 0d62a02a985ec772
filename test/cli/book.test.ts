/** Whoever polls has sources and feeds checked; whoever judges what was recorded needs neither. */
import { expect, it } from 'vitest';
import { bookOf, loadFor } from '../../src/cli/book.ts';
import { withFolder } from '../config/folder.ts';
import { terminal } from './terminal.ts';

const BROKEN = {
  'sources.yaml': 'sources: [{ id: nobody }]\n',
  'feeds.yaml': 'feeds: [{ id: wire }]\n',
};

async function load(files: Parameters<typeof withFolder>[0], builtIn?: Readonly<Record<string, number>>) {
  return withFolder(files, async (dir) => {
    const io = terminal(dir);
    const config = await loadFor(dir, undefined, io, builtIn);
    return { config, told: io.written.err };
  });
}

it('tells the mistakes in what is polled to whoever polls', async () => {
  const { config, told } = await load(BROKEN, { akash: 1000 });
  expect(config).toBeUndefined();
  expect(told).toContain('no built-in source is called nobody');
  expect(told).toContain('feeds.yaml');
});

it('warns whoever polls of nothing to poll', async () => {
  const { told } = await load({ 'sources.yaml': 'sources: []\n', 'feeds.yaml': 'feeds: []\n' }, {});
  expect(told).toMatch(/no source is enabled.*\n.*no feed is enabled|no feed is enabled.*\n.*no source is enabled/s);
});

it('leaves both unread for whoever judges what was recorded', async () => {
  const { config, told } = await load(BROKEN);
  expect(told).toBe('');
  expect(config).toMatchObject({ sources: [], feeds: [] });
  expect(config && bookOf(config).cells.map(({ key }) => key)).toEqual(['floor/akash']);
});
