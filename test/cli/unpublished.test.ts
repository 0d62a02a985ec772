/** What nobody publishes, as a chat reads it: the reason instead of an empty cell. */
import { expect, it } from 'vitest';
import { tier } from '../../src/bot/commands/tier.ts';
import { renderDiscord } from '../../src/bot/discord/render.ts';
import { bookOf } from '../../src/cli/book.ts';
import { loadConfig } from '../../src/config/load.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { standings } from '../../src/triggers/judge/standings.ts';
import { CALLER } from '../bot/sample.ts';
import { T0 } from '../world.ts';

it.each([
  ['gensyn', /gpu utilization, gpus total, gpus active, gpus registered\W+no API tells it; by its own account/],
  [
    'nexus',
    /gpu utilization, gpus total, gpus active, gpus registered\W+no API tells it; the network publishes blocks only/,
  ],
  ['render', /h100 price\W+work is priced by the job, no GPU-hour is offered/],
])('/tier %s says why there is no figure', async (network, reason) => {
  const loaded = await loadConfig(new URL('../../config', import.meta.url).pathname);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const { config } = loaded;
  const book = bookOf(config);
  const store = memoryStore();
  const world = {
    now: T0,
    ladder: config.settings.ladder,
    networks: book.networks,
    state: store.state(),
    admins: config.settings.admins,
    pages: new Map(),
    standings: (id: string) => standings(book, id, store.state(), store.evidence(), T0),
  };
  const answer = tier.run({ network }, CALLER, world);
  if (!('message' in answer)) throw new Error(JSON.stringify(answer));
  const said = renderDiscord(answer.message);
  expect(said).toMatch(/Not published/);
  expect(said).toMatch(reason);
});
