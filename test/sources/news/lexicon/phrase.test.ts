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
  ])('that cannot be read are refused in words: %j', (phrase, says) => {
    expect(() => parsePhrase(phrase)).toThrow(PhraseError);
    expect(() => parsePhrase(phrase)).toThrow(says);
  });

  it('of classes that do not exist, or are made of themselves, are refused', () => {
    expect(() => found('<nothing>', 'x')).toThrow('there is no class <nothing>');
    expect(() => found('<a>', 'x', { a: ['x <b>'], b: ['<a>'] })).toThrow('made of itself');
  });

  it('look no further than their gaps reach, so that a text made to be slow is not', () => {
    const text = 'a '.repeat(400);
    const { set, ready } = createWords({ a: ['a', 'a a', 'a <b>'], b: ['a', 'a ... a'] });
    const number = set(['<a> ... <a> ... <a> ... <b> ... z']);
    const tokens = tokensOf(text);
    let steps = 0;
    const counting = new Proxy(tokens, {
      get(target, key, receiver) {
        steps += 1;
        return Reflect.get(target, key, receiver);
      },
    });
    expect(
      matcherOf(counting, [{ from: 0, to: tokens.length }], ready()).find(number, { from: 0, to: tokens.length }),
    ).toBeUndefined();
    expect(steps).toBeLessThan(tokens.length * 5_000);
  });
});
