import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = new URL('../src/', import.meta.url).pathname;

/** What each room may import of the others; the order is that of docs/architecture.md. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  triggers: ['core'],
  sources: ['core'],
  store: ['core'],
  bot: ['core', 'chart'],
  chart: ['core'],
  engine: ['core', 'triggers'],
  config: ['core', 'triggers', 'sources'],
  cli: ['core', 'triggers', 'sources', 'store', 'bot', 'chart', 'engine', 'config'],
  main: ['core', 'cli', 'sources'],
};

/** The rooms of `triggers`: each may import those it names. */
const TRIGGERS: Readonly<Record<string, readonly string[]>> = {
  window: [],
  language: ['window'],
  rule: ['language', 'window'],
  doubts: ['rule', 'language'],
  outlook: ['rule', 'language', 'window'],
  judge: ['outlook', 'rule', 'language'],
  replay: ['judge', 'rule', 'language'],
  scenario: ['replay', 'rule'],
};

/** Packages and Node modules that only some places may touch; `**` stands for everything below. */
const DOORS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^undici$/, ['engine/http']],
  [/^node-cron$/, ['engine/schedule.ts']],
  [/^lowdb(\/.*)?$/, ['store/']],
  [/^immutable$/, ['store/']],
  [/^discord(\.js|-api-types.*)$/, ['bot/discord/']],
  [/^grammy(\/.*)?$/, ['bot/telegram/']],
  [/^ipaddr\.js$/, ['engine/http']],
  [/^pino$/, ['cli/']],
  [/^commander$/, ['main.ts']],
  [/^yaml$/, ['config/', 'cli/']],
  [/^entities(\/.*)?$/, ['sources/news/reading/']],
  [/^normalize-url$/, ['sources/news/address.ts']],
  [/^csv-parse(\/.*)?$/, ['sources/', 'store/']],
  [/^(echarts|zrender|@resvg\/resvg-wasm|@expo-google-fonts\/inter)(\/.*)?$/, ['chart/']],
  // Pictures need two files of their packages and a thread; the rest of what touches the machine is not theirs.
  [
    /^node:(fs|worker_threads)(\/.*)?$/,
    ['engine/', 'store/', 'config/', 'cli/', 'main.ts', 'bot/discord/', 'bot/telegram/', 'chart/png.ts'],
  ],
  [
    /^node:(net|tls|dns|http|https|child_process|timers|os)(\/.*)?$/,
    ['engine/', 'store/', 'config/', 'cli/', 'main.ts', 'bot/discord/', 'bot/telegram/'],
  ],
];

/** Where time and chance are parameters. */
const PURE = /^(core|triggers|sources|chart|bot\/commands|bot\/alerts\.ts|bot\/[a-z]+\/render\.ts)/;
const IMPURE =
  /\b(Date\.now|Math\.random|setTimeout|setInterval|setImmediate|performance\.now|process\.[a-z]|new Date\(\))/;

type File = { readonly path: string; readonly text: string };

/** What is wrong with one file, in words; empty where nothing is. */
function violations({ path, text }: File): readonly string[] {
  const room = path.includes('/') ? (path.split('/')[0] ?? '') : path.replace('.ts', '');
  const allowed = ROOMS[room];
  if (allowed === undefined) return [`${path} is in no known room`];
  const found: string[] = [];
  for (const [, specifier = ''] of text.matchAll(/(?:(?:from|import)\s*\(?\s*'|\bresolve\(['`])([^'`$]+)/g)) {
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(path), specifier);
      const other = target.includes('/') ? (target.split('/')[0] ?? '') : target.replace('.ts', '');
      if (other === '..' || target.startsWith('..')) continue;
      if (other !== room && !allowed.includes(other))
        found.push(`${path} imports ${target}: ${room} may import ${allowed.join(', ') || 'nothing'}`);
      const [, inner = ''] = path.split('/');
      const [, theirs = ''] = target.split('/');
      if (room === 'triggers' && other === room && inner !== theirs && TRIGGERS[inner]?.includes(theirs) !== true)
        found.push(
          `${path} imports ${target}: triggers/${inner} may import ${TRIGGERS[inner]?.join(', ') || 'nothing'}`,
        );
    } else if (room === 'core' && specifier !== 'zod')
      found.push(`${path} imports ${specifier}: core imports zod only`);
    else
      for (const [name, places] of DOORS)
        if (name.test(specifier) && !places.some((place) => path.startsWith(place)))
          found.push(`${path} imports ${specifier}, which belongs to ${places.join(', ')}`);
  }
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const impure = PURE.test(path) ? IMPURE.exec(code) : null;
  if (impure !== null) found.push(`${path} uses ${impure[0]}: time and chance are parameters there`);
  return found;
}

function sources(): readonly File[] {
  return readdirSync(SRC, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(SRC, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }));
}

describe('the house', () => {
  it('has its imports pointing one way', () => {
    expect(sources().flatMap(violations)).toEqual([]);
  });

  it('has no circles', () => {
    const files = new Map(sources().map(({ path, text }) => [path, text]));
    const done = new Set<string>();
    const circles: string[] = [];
    function visit(path: string, trail: readonly string[]): void {
      if (trail.includes(path)) {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
        return;
      }
      if (done.has(path)) return;
      // A type-only import leaves nothing behind at run time, but a reader still walks it in a circle.
      for (const [, specifier = ''] of (files.get(path) ?? '').matchAll(/from\s*'(\.[^']+)'/g))
        visit(posix.join(posix.dirname(path), specifier), [...trail, path]);
      done.add(path);
    }
    for (const path of files.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });

  it.each([
    ['core reaching out', 'core/bad.ts', "import { pino } from 'pino';", 'core imports zod only'],
    ['core reading the disk', 'core/bad.ts', "import { readFileSync } from 'node:fs';", 'core imports zod only'],
    [
      'triggers knowing the store',
      'triggers/bad.ts',
      "import { openStore } from '../store/open.ts';",
      'triggers may import core',
    ],
    ['triggers on the network', 'triggers/bad.ts', "import { request } from 'undici';", 'belongs to engine/http'],
    ['sources reading the disk', 'sources/bad.ts', "import { readFile } from 'node:fs/promises';", 'belongs to'],
    [
      'sources knowing the engine',
      'sources/metrics/bad.ts',
      "import { createHttp } from '../../engine/http.ts';",
      'sources may import core',
    ],
    [
      'the engine knowing a platform',
      'engine/bad.ts',
      "import { Client } from 'discord.js';",
      'belongs to bot/discord/',
    ],
    [
      'the engine knowing the bot',
      'engine/bad.ts',
      "import { announce } from '../bot/alerts.ts';",
      'engine may import core, triggers',
    ],
    ['undici outside the client', 'engine/poll.ts', "import { fetch } from 'undici';", 'belongs to engine/http'],
    ['cron outside the schedule', 'engine/judge.ts', "import cron from 'node-cron';", 'belongs to engine/schedule.ts'],
    ['grammY outside its room', 'bot/discord/bad.ts', "import { Bot } from 'grammy';", 'belongs to bot/telegram/'],
    ['lowdb outside the store', 'cli/bad.ts', "import { Low } from 'lowdb';", 'belongs to store/'],
    ['a chart outside its room', 'cli/bad.ts', "import { init } from 'echarts/core';", 'belongs to chart/'],
    ['a painter outside its room', 'bot/bad.ts', "import { Resvg } from '@resvg/resvg-wasm';", 'belongs to chart/'],
    ['a chart loaded bare', 'bot/bad.ts', "import 'echarts/lib/chart/line';", 'belongs to chart/'],
    ['a font outside its room', 'cli/bad.ts', "resolve('@expo-google-fonts/inter/a.ttf')", 'belongs to chart/'],
    ['a chart on the network', 'chart/bad.ts', "import { request } from 'undici';", 'belongs to engine/http'],
    ['a chart reading the disk', 'chart/option.ts', "import { readFile } from 'node:fs/promises';", 'belongs to'],
    [
      'a chart knowing triggers',
      'chart/bad.ts',
      "import { tick } from '../triggers/tick.ts';",
      'chart may import core',
    ],
    ['a clock in a command', 'bot/commands/bad.ts', 'const now = Date.now();', 'uses Date.now'],
    ['chance in a trigger', 'triggers/bad.ts', 'const x = Math.random();', 'uses Math.random'],
    ['a timer in a source', 'sources/bad.ts', 'setTimeout(f, 1);', 'uses setTimeout'],
    [
      'the language knowing rules',
      'triggers/language/bad.ts',
      "import type { Cell } from '../rule/book.ts';",
      'triggers/language may import window',
    ],
    [
      'an evaluation knowing the tick',
      'triggers/rule/bad.ts',
      "import { tick } from '../judge/tick.ts';",
      'triggers/rule may import language, window',
    ],
    [
      'a file of no room in triggers',
      'triggers/bad.ts',
      "import { tick } from './judge/tick.ts';",
      'may import nothing',
    ],
    ['a room nobody knows', 'helpers/bad.ts', '', 'no known room'],
  ])('would catch %s', (_, path, text, complaint) => {
    expect(violations({ path, text }).join('\n')).toContain(complaint);
  });
});
