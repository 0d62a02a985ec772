/** Who may do what: every platform, every kind of caller, every command. */
import { describe, expect, test } from 'vitest';
import { isAdmin } from '../../src/bot/admins.ts';
import { commands } from '../../src/bot/commands/index.ts';
import type { Caller } from '../../src/core/ports.ts';
import { articlesFor, filed } from './commands/articles.ts';
import { bench, CALLER, emptyState, stateOf } from './sample.ts';

const ADMINS = { discord: ['700000000000000003', '700000000000000009'], telegram: ['42'] };
const STRANGER = { discord: '700000000000000001', telegram: '7' } as const;

type Kind = Caller & { readonly admin: boolean; readonly manager: boolean };

function discord(over: Partial<Kind>): Kind {
  return kind({ platform: 'discord', user: STRANGER.discord, ...over });
}

function telegram(over: Partial<Kind>): Kind {
  return kind({ platform: 'telegram', user: STRANGER.telegram, ...over });
}

function kind(over: Partial<Kind>): Kind {
  const plain = { ...CALLER, direct: false, manages: false, admin: false, manager: false, ...over };
  return { ...plain, destination: { platform: plain.platform, chat: '1', thread: null } };
}

const KINDS: Readonly<Record<string, Kind>> = {
  'discord: a member': discord({}),
  'discord: a manager of the channel': discord({ manages: true, manager: true }),
  'discord: somebody in a direct chat': discord({ direct: true, manages: true, manager: true }),
  'discord: a member with another role': discord({ roles: ['700000000000000005'] }),
  'discord: an admin': discord({ user: '700000000000000003', admin: true }),
  'discord: an admin in a direct chat': discord({
    user: '700000000000000003',
    direct: true,
    manages: true,
    admin: true,
    manager: true,
  }),
  'discord: an admin by role': discord({ roles: ['700000000000000005', '700000000000000009'], admin: true }),
  'discord: a user whose id is a Telegram admin’s': discord({ user: '42' }),
  'telegram: a member': telegram({}),
  'telegram: an administrator of the group': telegram({ manages: true, manager: true }),
  'telegram: somebody in a direct chat': telegram({ direct: true, manages: true, manager: true }),
  'telegram: an admin': telegram({ user: '42', admin: true }),
  'telegram: an admin in a direct chat': telegram({
    user: '42',
    direct: true,
    manages: true,
    admin: true,
    manager: true,
  }),
  'telegram: a user whose id is a Discord admin’s': telegram({ user: '700000000000000003' }),
  'telegram: roles mean nothing': telegram({ roles: ['42'] }),
  'telegram: an anonymous administrator': telegram({ user: '-1001', manages: true, manager: true }),
  'telegram: nobody': telegram({ user: '' }),
  'console: the operator': kind({ platform: 'console', user: 'ada', manages: true, admin: true, manager: true }),
};

const LINES: Readonly<Record<string, string>> = {
  tier: 'akash',
  why: 'akash',
  evidence_wrong: 'https://theblock.example/akash-lab',
  evidence_undo: 'https://theblock.example/akash-lab',
  evidence_add: 'https://new.example/a lab_training akash',
};

describe.each(Object.keys(KINDS))('%s', (name) => {
  const caller = KINDS[name] as Kind;

  test.each(commands.map((command) => [command.name, command] as const))('/%s', async (line, command) => {
    const may = command.admin ? caller.admin : !command.manages || caller.manager;
    const marked = stateOf({
      kind: 'marked',
      mark: { ...filed(), article: filed().id, at: 0, by: 'discord:1', reason: null },
    });
    const { answer, committed } = bench(line === 'evidence_undo' ? marked : emptyState(), {
      admins: ADMINS,
      articles: articlesFor(filed()),
    });
    const input = { kind: 'typed', text: LINES[line] ?? '' } as const;
    const answered = await answer({ command: line, input, caller, update: null });
    const said = JSON.stringify(answered?.message);
    expect(/Only (?:those who may manage|Tierwatch's admins)/.test(said)).toBe(!may);
    expect(said).not.toContain('I know no');
    if (may) return;
    expect(committed).toEqual([]);
    expect(answered?.ephemeral).toBe(true);
  });

  test('is an admin or not', () => {
    expect(isAdmin(caller, ADMINS)).toBe(caller.admin);
    expect(isAdmin(caller, { discord: [], telegram: [] })).toBe(caller.platform === 'console');
  });
});

describe('the refusal', () => {
  async function refusal(caller: Caller): Promise<string> {
    const { answer } = bench(emptyState(), { admins: ADMINS });
    const input = { kind: 'typed', text: '' } as const;
    const answered = await answer({ command: 'evidence_list', input, caller, update: null });
    return JSON.stringify(answered?.message);
  }

  test('says which id is missing from which file', async () => {
    expect(await refusal(discord({}))).toContain(
      `The operator lists them in tierwatch.yaml, admins: your Discord user id is ${STRANGER.discord}.`,
    );
    expect(await refusal(telegram({}))).toContain('your Telegram user id is 7.');
  });

  test('says that roles count in the server', async () => {
    expect(await refusal(discord({ direct: true }))).toContain('An admin by role can do it in the server.');
  });

  test('says that a chat is nobody', async () => {
    expect(await refusal(telegram({ user: '-1001' }))).toContain('you write as the chat itself');
  });

  test('counts from the next command on where the configuration changes', async () => {
    const admins = { discord: [] as string[], telegram: [] as string[] };
    const { answer } = bench(emptyState(), { admins });
    const ask = () =>
      answer({
        command: 'evidence_list',
        input: { kind: 'typed', text: '' },
        caller: telegram({ user: '42' }),
        update: null,
      });
    expect(JSON.stringify(await ask())).toContain('Only Tierwatch');
    admins.telegram.push('42');
    expect(JSON.stringify(await ask())).not.toContain('Only Tierwatch');
  });
});
