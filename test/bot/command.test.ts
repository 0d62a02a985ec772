/** Definitions that do not fit a platform are refused when they are made. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type Definition, defineCommand, usageOf } from '../../src/bot/command.ts';
import { commands } from '../../src/bot/commands/index.ts';
import { definitionOf } from '../../src/bot/discord/registration.ts';
import { says } from '../../src/core/message.ts';
import { NETWORKS } from './sample.ts';

const good: Definition<z.ZodObject> = {
  name: 'good',
  description: 'Good',
  example: () => '/good',
  args: () => z.strictObject({ word: z.string().describe('A word') }),
  run: () => ({ message: says('fine'), events: [] }),
};

test('a good one is taken', () => {
  expect(defineCommand(good)).toMatchObject({ name: 'good', private: false, manages: false, admin: false });
});

test.each<[string, Partial<Definition<z.ZodObject>>]>([
  ['a name with capitals', { name: 'Good' }],
  ['a name with a hyphen', { name: 'go-od' }],
  ['a name of 33', { name: 'g'.repeat(33) }],
  ['no description', { description: '' }],
  ['a description of 101', { description: 'd'.repeat(101) }],
  ['an argument with capitals', { args: () => z.strictObject({ Word: z.string().describe('A word') }) }],
  ['an argument without description', { args: () => z.strictObject({ word: z.string() }) }],
  ['an argument that is a number', { args: () => z.strictObject({ word: z.number().describe('A number') }) }],
  ['an object that is not strict', { args: () => z.object({ word: z.string().describe('A word') }) }],
  [
    'a required argument after an optional one',
    { args: () => z.strictObject({ a: z.string().optional().describe('A'), b: z.string().describe('B') }) },
  ],
])('%s is not', (_, over) => {
  expect(() => defineCommand({ ...good, ...over })).toThrow();
});

test('usage lines', () => {
  expect(commands.map((command) => usageOf(command, NETWORKS))).toEqual([
    '/tiers',
    '/tier <network>',
    '/why <network>',
    '/subscribe [network …]',
    '/unsubscribe [network …]',
    '/subscriptions',
    '/sources',
    '/evidence_wrong <article> [reason]',
    '/evidence_add <link> <type> [network] [status] [date] [outlet] [title]',
    '/evidence_undo <article>',
    '/evidence_list',
    '/help [command]',
  ]);
});

test('the commands as Discord takes them', async () => {
  const definitions = commands.map((command) => definitionOf(command, NETWORKS));
  await expect(`${JSON.stringify(definitions, null, 2)}\n`).toMatchFileSnapshot('../golden/bot/discord-commands.json');
});

test('more networks than Discord has choices become free text', () => {
  const many = Array.from(
    { length: 30 },
    (_, at) => ({ ...NETWORKS[0], id: `n${at}`, name: `N${at}` }) as (typeof NETWORKS)[0],
  );
  const tier = commands.find(({ name }) => name === 'tier');
  expect(tier && definitionOf(tier, many).options?.[0]).not.toHaveProperty('choices');
});
