import { describe, expect, it } from 'vitest';
import { matcherOf, type Span } from '../../../../src/sources/news/lexicon/match.ts';
import { PhraseError, parsePhrase } from '../../../../src/sources/news/lexicon/phrase.ts';
import { tokensOf } from '../../../../src/sources/news/lexicon/tokens.ts';
import { createWords } from '../../../../src/sources/news/lexicon/words.ts';

/** The words of the text that the phrase matches first, or undefined. */
function found(
  phrase: string,
  text: string,
  classes: Readonly<Record<string, readonly string[]>> = {},
): string | undefined {
  const { set, ready } = createWords(classes);
  const number = set([phrase]);
  const tokens = tokensOf(text);
  const span = matcherOf(tokens, [{ from: 0, to: tokens.length }], ready()).find(number, {
    from: 0,
    to: tokens.length,
  });
  return span === undefined ? undefined : words(tokens, span);
}

function words(tokens: ReturnType<typeof tokensOf>, { from, to }: Span): string {
  return tokens
    .slice(from, to)
    .map(({ word }) => word)
    .join(' ');
}

describe('phrases', () => {
  const CASES: readonly (readonly [phrase: string, text: string, found: string | undefined])[] = [
    ['was trained', 'The model was trained at home', 'was trained'],
    ['was trained', 'The model WAS Trained at home', 'was trained'],
    ['was trained', 'The model was not trained', undefined],
    ['on-demand', 'rented on demand', 'on demand'],
    ['on demand', 'on-demand prices', 'on demand'],
    ['train*', 'the pretraining and training', 'training'],
    ['*training', 'the pretraining run', 'pretraining'],
    ['(cut | slashed | marked down) .. price', 'AWS marked down the price', 'marked down the price'],
    ['cut .. prices', 'cut one two three prices', 'cut one two three prices'],
    ['cut .. prices', 'cut one two three four prices', undefined],
    ['cut ... prices', 'cut one two three four prices', 'cut one two three four prices'],
    ['cut ..1 prices', 'cut one two prices', undefined],
    ['cut ... prices', 'cut costs; prices', undefined],
    ['is (now | still)? live', 'it is live', 'is live'],
    ['is now? live', 'it is now live', 'is now live'],
    ['live !on', 'live on testnet', undefined],
    ['live !on', 'live in March', 'live'],
    ['~not live', 'it is not live', undefined],
    ['~not live', 'it is live', 'live'],
    ['~(will be) live', 'it will be live', undefined],
    ['^ how to', 'How to train', 'how to'],
    ['^ how to', 'See how to train', undefined],
    ['guide $', 'A guide', 'guide'],
    ['guide $', 'A guide to GPUs', undefined],
    ['Render', 'to render a frame', undefined],
    ['Render', 'Render pays', 'render'],
    ['Render', 'RENDER pays', 'render'],
    ['bittensor', 'BitTensor pays', 'bittensor'],
    ['<number> gpus', 'over 12,000 GPUs', '12,000 gpus'],
    ['<money> an hour', 'at $2.35 an hour', '$2.35 an hour'],
    ['<percent>', 'fell 48 % in March', '48 %'],
    ['<year>', 'in 2030', '2030'],
    ['<capital> raises', 'Gonka raises money', 'gonka raises'],
    ["isn't live", 'It is not live', 'is not live'],
    ['is not live', 'It isn’t live', 'is not live'],
    ['io.net', 'Io.net says', 'io.net'],
    ['akash network', "Akash's network", 'akash network'],
    ['i o', 'Google I/O keynote', 'i o'],
    ['("*gpt" | "*bert")', 'a NanoGPT', 'nanogpt'],
    ['(a? | b c)? d', 'a d', 'a d'],
    ['x (a? | b) d', 'x d', 'x d'],
    ['(a (b (c | c d)? .. e)? f)', 'a b c d x e f', 'a b c d x e f'],
    ['(a (b (c | c d)? .. e)? f)', 'a b c x x x x e f', undefined],
    ['~(a (b | b c)) live', 'a b c live', undefined],
  ];
  it.each(CASES)('%j in %j', (phrase, text, expected) => {
    expect(found(phrase, text)).toBe(expected);
  });

  it('take classes for their phrases, also within each other', () => {
    const classes = { train: ['train*', 'pre-train*'], run: ['<train> run', 'run'] };
    expect(found('a <run> ended', 'a pre-training run ended', classes)).toBe('a pre training run ended');
    expect(found('<run>? ended', 'it ended', classes)).toBe('ended');
  });

  it.each([
    ['(cut | slashed', 'never closed'],
    ['cut ) prices', ') too many'],
    ['', 'empty phrase'],
    ['( | x)', 'empty phrase'],
    ['cut ..99 prices', 'at most 20'],
    ['live !', 'nothing follows'],
    ['**', 'is no word'],
    ['a | b', 'put alternatives in parentheses: (a | b)'],
    ['(a !)', 'nothing follows !'],
    ['(~ | a)', 'nothing follows ~'],
    ['x ..0 y', 'a gap of 0 words'],
    ['..', 'matches no word'],
    ['^ .. $', 'matches no word'],
    ['x?', 'matches no word'],
    ['!x', 'matches no word'],
    ['~x', 'matches no word'],
    ['(a | b?)', 'matches no word'],
    ['(a | b)? ...', 'matches no word'],
    ['<lab model>', 'named as <name>'],
    ['<model', 'named as <name>'],
    ['model>', 'named as <name>'],
    ['<>', 'named as <name>'],
    ['wo*rd', 'a star inside'],
    ['*word*', '2 stars'],
    ['a**', '2 stars'],
    [`${'('.repeat(6000)}a`, 'at most 5000'],
    [`${'('.repeat(21)}a${')'.repeat(21)}`, '20 levels'],
    [`a ${'!'.repeat(2000)}b`, '20 levels'],
  ])('that cannot be read are refused in words: %j', (phrase, says) => {
    expect(() => parsePhrase(phrase)).toThrow(PhraseError);
    expect(() => parsePhrase(phrase)).toThrow(says);
  });

  it('of classes that do not exist, or are made of themselves, are refused', () => {
    expect(() => found('<nothing>', 'x')).toThrow('there is no class <nothing>');
    expect(() => found('<a>', 'x', { a: ['x <b>'], b: ['<a>'] })).toThrow('made of itself');
  });

  it('may stand 20 levels deep and name classes 100 deep, and no deeper', () => {
    expect(found(`${'('.repeat(20)}a b${')'.repeat(20)}`, 'a b')).toBe('a b');
    const chain = (length: number) =>
      Object.fromEntries(Array.from({ length }, (_, at) => [`c${at}`, [at + 1 < length ? `<c${at + 1}>` : 'w']]));
    expect(found('<c0>', 'w', chain(99))).toBe('w');
    expect(() => found('<c0>', 'w', chain(8000))).toThrow('more than 100 classes');
    expect(() => found('<c0>', 'w', Object.fromEntries(Object.entries(chain(200)).reverse()))).toThrow(PhraseError);
  });

  it('of classes that name a class twice, many times over, are made ready at once', () => {
    const classes = Object.fromEntries(
      Array.from({ length: 28 }, (_, at) => [`c${at}`, at < 27 ? [`<c${at + 1}>`, `<c${at + 1}> x`] : ['w']]),
    );
    expect(found('<c0>', 'w', classes)).toBe('w');
  });

  const CLASSES = { a: ['a', 'a a', 'a <b>'], b: ['a', 'a ... a'] };
  const deep = (inner: string, levels: number): string => (levels === 0 ? inner : `a? .. (${deep(inner, levels - 1)})`);
  it.each([
    ['gaps', '<a> ... <a> ... <a> ... <b> ... z'],
    ['words that may be missing', `z ${'a? '.repeat(20)}b`],
    ['alternatives of several lengths', `z ${'(a | a a) '.repeat(20)}b`],
    ['classes', `z ${'<a> '.repeat(20)}b`],
    ['all of them in turn', `z ${'<a> a? (a | a a) .. '.repeat(6)}b`],
    ['parts within parts', `z ${deep('b', 12)}`],
    ['parts that must not stand', `z ${'!(a? a? (a | a a) (a | a a) .. b) a? '.repeat(10)}b`],
  ])('try each word once a step, so that a text made to be slow is not: %s', (_, phrase) => {
    const tokens = tokensOf(`z ${'a '.repeat(400)} c c c c b`);
    const { set, ready } = createWords(CLASSES);
    const number = set([phrase]);
    let steps = 0;
    const counting = new Proxy(tokens, {
      get(target, key, receiver) {
        steps += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    const whole = { from: 0, to: tokens.length };
    expect(matcherOf(counting, [whole], ready()).find(number, whole)).toBeUndefined();
    expect(steps).toBeLessThan(tokens.length * 5_000);
  });
});
