/** What every renderer promises for any message: within the limit, well-formed markup, nothing that pings. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { announce } from '../../src/bot/alerts.ts';
import { renderConsole } from '../../src/bot/console/render.ts';
import { renderDiscord } from '../../src/bot/discord/render.ts';
import { widthOf } from '../../src/bot/plain.ts';
import { renderTelegram } from '../../src/bot/telegram/render.ts';
import type { Block, Line, Message, Span } from '../../src/core/message.ts';
import { says } from '../../src/core/message.ts';
import { driver, HOSTILE, LADDER, lowered, NETWORKS } from './sample.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'*_`~|[]()<>@#\\-1. \n:/eh'), maxLength: 60 }),
  fc.constant(HOSTILE),
  fc.constant('word '.repeat(450)),
);
const span: fc.Arbitrary<Span> = fc.oneof(
  text,
  text.map((bold) => ({ bold })),
  text.map((code) => ({ code })),
  fc.record({ link: text, url: fc.oneof(fc.webUrl(), text, fc.constant('javascript:alert(1)')) }),
);
const line: fc.Arbitrary<Line> = fc.oneof(text, fc.array(span, { maxLength: 4 }));
const lines = fc.array(line, { maxLength: 6 });
const column = fc.record({ title: text, align: fc.constantFrom('left' as const, 'right' as const) });
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('title' as const, 'footer' as const), text }),
  fc.record({ kind: fc.constant('text' as const), line, drop: fc.nat(3) }),
  fc.record({ kind: fc.constant('list' as const), title: text, items: lines, drop: fc.nat(3) }),
  fc.record({ kind: fc.constant('facts' as const), rows: fc.array(fc.tuple(text, text), { maxLength: 5 }) }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(column, { maxLength: 4 }),
    rows: fc.array(fc.array(text, { maxLength: 5 }), { maxLength: 20 }),
  }),
);
const message: fc.Arbitrary<Message> = fc.record({ blocks: fc.array(block, { maxLength: 8 }) });

/** Characters that hide or reorder, but for the one zero-width space that breaks mentions. */
const HIDDEN = /(?!\n|\u200b)[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

describe('any message', () => {
  test('on Discord', () => {
    fc.assert(
      fc.property(message, (tree) => {
        const content = renderDiscord(tree);
        expect(content.length).toBeLessThanOrEqual(2000);
        expect(content.trim()).not.toBe('');
        expect(content).not.toMatch(/@everyone|@here|<@[!&]?\d|javascript:alert\(1\)>/i);
        expect(content).not.toMatch(HIDDEN);
        expect((content.match(/^```$/gm) ?? []).length % 2).toBe(0);
      }),
      { numRuns: 300, seed: 20261120 },
    );
  });

  test('on Telegram', () => {
    fc.assert(
      fc.property(message, (tree) => {
        const drawing = renderTelegram(tree);
        expect(drawing.text.length).toBeLessThanOrEqual(4096);
        expect(drawing.text).toBe(drawing.text.trim());
        expect(drawing.text).not.toBe('');
        expect(drawing.text).not.toMatch(HIDDEN);
        let end = 0;
        for (const { offset, length } of drawing.entities) {
          expect(offset).toBeGreaterThanOrEqual(end);
          expect(length).toBeGreaterThan(0);
          end = offset + length;
          expect(end).toBeLessThanOrEqual(drawing.text.length);
          expect(drawing.text.charCodeAt(offset) >> 10).not.toBe(0xdc00 >> 10);
        }
      }),
      { numRuns: 300, seed: 20261120 },
    );
  });

  test('on a terminal', () => {
    fc.assert(
      fc.property(message, fc.integer({ min: 40, max: 120 }), (tree, width) => {
        const drawn = renderConsole(tree, { width, colour: false });
        expect(drawn).not.toMatch(HIDDEN);
        for (const row of drawn.split('\n'))
          if (widthOf(row) > width) expect(row.trim().split(/ +/).length).toBeLessThanOrEqual(3);
      }),
      { numRuns: 200, seed: 20261120 },
    );
  });
});

describe('Discord', () => {
  test.each([
    ['# heading', '\\# heading'],
    ['-# small', '\\-# small'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['> quote', '\\> quote'],
    ['[a](http://b)', '\\[a\\](http\\://b)'],
    ['@everyone', '@\u200beveryone'],
    ['<@1>', '\\<@\u200b1>'],
    ['a_b*c~d`e|f\\g', 'a_b\\*c\\~d\\`e\\|f\\\\g'],
    ['_a_ b__c__ d_', '\\_a\\_ b\\_\\_c\\_\\_ d\\_'],
    ['> a > b', '\\> a > b'],
    ['rule@3f2a', 'rule@3f2a'],
    ['Akash: Watching → Avoid', 'Akash: Watching → Avoid'],
  ])('%j', (raw, shown) => {
    expect(renderDiscord(says(raw))).toBe(shown);
  });

  test('no text closes a code block', () => {
    const table = { kind: 'table', columns: [{ title: 'x', align: 'left' }], rows: [['```\n# out']] } as const;
    const content = renderDiscord({ blocks: [table] });
    expect(content.slice(3, -3)).not.toContain('`');
  });

  test('a link’s address is http or https, and cannot end the link', () => {
    const url = 'https://x.example/a)b>c';
    expect(renderDiscord(says([{ link: 'x', url }]))).toBe('[x](<https://x.example/a%29b%3Ec>)');
    expect(renderDiscord(says([{ link: 'x', url: 'javascript:alert(1)' }]))).toBe('x');
    expect(renderDiscord(says([{ link: 'x', url: 'https://good.example@evil.example/' }]))).toBe('x');
  });
});

describe('Telegram', () => {
  test('entities count UTF-16 units', () => {
    const { text, entities } = renderTelegram(says(['👍 ', { bold: '测试' }, ' ', { code: 'x' }]));
    expect(text).toBe('👍 测试 x');
    expect(entities).toEqual([
      { type: 'bold', offset: 3, length: 2 },
      { type: 'code', offset: 6, length: 1 },
    ]);
  });

  test('a name in a text is no mention', () => {
    expect(renderTelegram(says('ask @ada, mail a@b.example')).text).toBe('ask @\u200bada, mail a@b.example');
  });
});

describe('a message too long', () => {
  const parts = (message: Message) =>
    renderDiscord(message)
      .match(/^\*\*(.*)\*\*$/gm)
      ?.map((part) => part.slice(2, -2));
  const filler = (count: number) => Array.from({ length: count }, (_, at) => driver({ title: `Rule ${at}` }));
  const big = (drivers: number) =>
    announce([lowered({ drivers: filler(drivers), against: Array(5).fill('a'.repeat(200)) })], LADDER, NETWORKS);

  test('loses sources, then drivers, then what argues against, and keeps the rest', () => {
    expect(parts(big(1))).toEqual(['Against', 'What would bring it back', 'Sources']);
    expect(parts(big(2))).toEqual(['Drivers', 'Against', 'What would bring it back', 'Sources']);
    expect(parts(big(6))).toEqual(['Drivers', 'Against', 'What would bring it back']);
    const full = renderDiscord(big(12));
    expect(full).toMatch(/^Akash: Watching → Avoid\n/);
    expect(full).toContain('Rule 0');
    expect(full).not.toContain('Rule 11**');
    expect(full).toContain('akash-20261120T080000Z');
  });

  test('is clipped at its end when nothing may go', () => {
    const long = { kind: 'text', line: [{ bold: 'x'.repeat(1990) }, '*'.repeat(4000)] } as const;
    const content = renderDiscord({
      blocks: [{ kind: 'title', text: 'Title' }, long, { kind: 'footer', text: 'gone' }],
    });
    expect(content.length).toBeLessThanOrEqual(2000);
    expect(content).toMatch(/^Title\n\*\*x+…?\*\*/);
    expect(content).toContain('…');
    expect(content).not.toContain('gone');
  });
});

describe('a terminal', () => {
  test('wraps between words, and colours only when asked', () => {
    const tree: Message = { blocks: [{ kind: 'list', items: [[{ bold: 'one two' }, ': three four five']] }] };
    expect(renderConsole(tree, { width: 16, colour: false })).toBe('  - one two:\n    three four\n    five');
    expect(renderConsole(says([{ bold: 'x' }, ' y']), { width: 80, colour: true })).toBe('\u001b[1mx\u001b[0m y');
  });
});
