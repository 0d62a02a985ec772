/** What a text is told by: its terms, its word sequences, and what is left of it when its words are swapped. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { likeness, SKETCH } from '../../../src/core/alike.ts';
import { printOf } from '../../../src/sources/news/print.ts';

function terms(title: string, summary: string | null = null): readonly string[] {
  return printOf(title, summary).terms;
}

describe('terms', () => {
  test.each([
    ['Templar finishes Covenant-72B'],
    ['Templar finishes Covenant72B'],
    ['Templar finishes Covenant 72B'],
    ['Templar finishes COVENANT-72B'],
  ])('%s names one model, and its size', (title) => {
    expect(terms(title)).toEqual(expect.arrayContaining(['@covenant72b', '#72b']));
  });

  test.each<[string, string, string]>([
    ['a name with a number', 'a run of INTELLECT-2 is over', '@intellect2'],
    ['one with a point', 'the weights of Hermes 4.3 are out', '@herm4.3'],
    ['a name that begins with a digit', 'the chain of 0G is up', '@0g'],
    ['a quarter with its year', 'the numbers of Q1 2026 are in', '@q12026'],
    ['a subnet', 'miners of SN38 are done', '@subnet38'],
    ['a subnet written out', 'miners of Subnet 38 are done', '@subnet38'],
    ['a name', 'a run by Macrocosmos is over', '@macrocosmo'],
    ['its possessive', 'a run on Macrocosmos’s machines is over', '@macrocosmo'],
    ['camel case', 'weights of FineWeb are out', '@fineweb'],
    ['a name that everybody knows', 'chips for OpenAI are out', '~openai'],
    ['a price', 'rents rose to $4.08 an hour', '#$4.08'],
    ['a price in words', 'rents rose to 4.08 dollars', '#$4.08'],
    ['a share', 'rents rose by 48%', '#48%'],
    ['a share in words', 'rents rose by 48 per cent', '#48%'],
    ['a share in words only', 'rents rose by forty-eight percent', '#48%'],
    ['a size', 'a model of 72 billion parameters', '#72b'],
    ['a size with its unit', 'a 72B-parameter model', '#72b'],
    ['a size in another language', 'ein Modell mit 7,5 Milliarden Parametern', '#7.5b'],
    ['an amount', 'it raised $50 million', '#$50m'],
    ['an amount, short', 'it raised $50M', '#$50m'],
    ['an amount, bn', 'it signed for $17.4bn', '#$17.4b'],
    ['a large number', 'it sold 37,000 tokens', '#37k'],
    ['power', 'it builds 5 gigawatts', '#5gw'],
    ['a word, stemmed', 'providers were slashing', 'slash'],
    ['another form of it', 'a provider slashed it', 'slash'],
    ['a word that doubles its last letter', 'providers were shipping', 'ship'],
    ['one that is double in itself', 'providers were selling', 'sell'],
    ['spelling', 'an optimised stack', 'optimiz'],
  ])('hold %s', (_, title, term) => {
    expect(terms(title)).toContain(term);
  });

  test.each([
    ['words of the field', 'Decentralized GPU network launches AI training on Nvidia H100 cloud servers'],
    ['years and small numbers', 'In 2026 there were 3 of them and 12 more'],
    ['dates', 'On June 12 it was'],
    ['nothing', ''],
    ['marks', '?! … — “”'],
  ])('hold none of %s', (_, title) => {
    expect(terms(title)).toEqual([]);
  });

  it('put the most telling first, and stop at 24', () => {
    const words = Array.from(
      { length: 40 },
      (_, n) => `${'abcdefghij'[n % 10]}${'klmnopqrst'[Math.floor(n / 10)]}wortung`,
    );
    const found = terms('It is Templar who did Covenant-72B for $50M', `It said to Google that ${words.join(' ')}.`);
    expect(found.slice(0, 5)).toEqual(['@covenant72b', '@templar', '#72b', '#$50m', '~googl']);
    expect(found).toHaveLength(24);
  });

  it('take a headline in capitals for no list of names', () => {
    expect(terms('Bitter Quarrel Rattles Miners Across Texas').filter((term) => term.startsWith('@'))).toEqual([]);
    expect(terms('Bitter Quarrel Rattles Templar', 'The quarrel at Templar goes on.')).toContain('@templar');
  });
});

const STORY =
  'Something uncommon is under way at Nous Research, a group of researchers who work in the quick field of generative AI: it is right now pre-training a fresh model of 15 billion parameters, with computers that sit all over the internet and the globe.';
const SPUN =
  'Something unusual is under way at Nous Research, a band of scientists who labour in the rapid domain of generative AI: it is right now pre-training a novel mannequin of 15 billion parameters, with machines that stand all over the web and the planet.';
const RETOLD =
  'How far can training go without a data center? Nous Research wants to know, and lets volunteers from anywhere help with a model that will have 15 billion parameters once it is finished.';

describe('word sequences', () => {
  it('are alike for a text shortened, and for nothing else', () => {
    const whole = printOf('Nous trains over the internet', STORY).shingles;
    const part = printOf('Nous trains over the internet', STORY.slice(0, 180)).shingles;
    expect(likeness(whole, part)).toBeGreaterThan(0.5);
    expect(likeness(whole, printOf('Nous trains over the internet', RETOLD).shingles)).toBeLessThan(0.2);
  });

  test.each([
    ['case and marks', 'a MODEL, trained: over the “internet”', 'A model trained over the internet'],
    ['full width', 'Ｍｏｄｅｌ trained over the internet', 'Model trained over the internet'],
    [
      'the publisher behind the title',
      'A model trained over the internet - The Daily Token',
      'A model trained over the internet',
    ],
  ])('do not depend on %s', (_, one, other) => {
    expect(printOf(one, null).shingles).toEqual(printOf(other, null).shingles);
  });

  it('count a title once that is the start of the text', () => {
    expect(printOf(STORY.slice(0, 60), STORY).shingles).toEqual(printOf(STORY, null).shingles);
  });

  it('of a title without three words are one, of none there is none', () => {
    expect(printOf('Gensyn live', null).shingles).toHaveLength(1);
    expect(printOf('…', null)).toEqual({ terms: [], shingles: [], frame: [] });
  });

  it('tell characters apart where there are no blanks between words', () => {
    const one = printOf('英伟达改推算力平台云端竞争加剧', null).shingles;
    expect(likeness(one, printOf('英伟达改推算力平台云端竞争', null).shingles)).toBeGreaterThan(0.7);
  });
});

describe('the frame', () => {
  it('stays when words are swapped for others of like meaning, and is another in another telling', () => {
    const frame = printOf('Nous trains', STORY).frame ?? [];
    expect(likeness(printOf('Nous trains', STORY).shingles, printOf('Nous schools', SPUN).shingles)).toBeLessThan(0.5);
    expect(likeness(frame, printOf('Nous schools', SPUN).frame ?? [])).toBeGreaterThan(0.6);
    expect(likeness(frame, printOf('Nous', RETOLD).frame ?? [])).toBeLessThan(0.2);
  });
});

it('is the same every time, bounded and ascending for any text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.option(fc.string({ unit: 'grapheme', maxLength: 400 }), { nil: null }),
      (title, summary) => {
        const print = printOf(title, summary);
        expect(printOf(title, summary)).toEqual(print);
        expect(print.terms.length).toBeLessThanOrEqual(24);
        expect(new Set(print.terms).size).toBe(print.terms.length);
        for (const hashes of [print.shingles, print.frame ?? []]) {
          expect(hashes.length).toBeLessThanOrEqual(SKETCH);
          expect(hashes.every((hash, index) => index === 0 || hash > (hashes[index - 1] as number))).toBe(true);
          expect(hashes.every((hash) => Number.isInteger(hash) && hash >= 0 && hash < 2 ** 32)).toBe(true);
        }
      },
    ),
    { seed: 5, numRuns: 400 },
  );
});

it('does not depend on what was seen before', () => {
  const before = printOf('Templar finishes Covenant-72B', STORY);
  for (let n = 0; n < 25_000; n++) printOf(`word${n} Name${n}`, null);
  expect(printOf('Templar finishes Covenant-72B', STORY)).toEqual(before);
});
