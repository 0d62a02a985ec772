/** The quick way through a history file against the thorough one: the same samples, complaints and line numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHistory } from '../../src/sources/history.ts';

const HEADER = 'time,subject,metric,value,source';
/** A byte order mark means nothing, but is written by few: the file is read the thorough way. */
const thoroughly = (text: string) => parseHistory(`\uFEFF${text}`);
const file = (...lines: readonly string[]): string => [HEADER, ...lines].join('\n');

const GOOD = '2026-03-01T00:00:00Z,akash,gpu_utilization,0.5,test';

describe('a history file', () => {
  it.each([
    ['rows', file(GOOD, '2026-03-01T01:00:00Z,gcp,h100_price,1e3,other', '')],
    ['no line break at the end', file(GOOD)],
    ['only a header', HEADER],
    ['only a header line', file('')],
    ['empty lines and lines of blanks', file('', GOOD, '', '   ', '\t', GOOD, '', '')],
    ['blanks around fields', file(' 2026-03-01 , akash ,\tgpu_utilization, 0.5 , a test ')],
    [
      'blanks around the source alone',
      file('2026-03-01,akash,gpu_utilization,1, a test ', '2026-03-01,akash,gpu_utilization,1, '),
    ],
    ['line ends of two kinds', file(`${GOOD}\r`, GOOD, 'yesterday,akash,gpu_utilization,1,test')],
    [
      'one, two and three commas',
      file('2026-03-01,akash', '2026-03-01,akash,gpus', '2026-03-01,akash,gpus,1', 'akash.gpus!'),
    ],
    ['no source', file('2026-03-01,akash,gpu_utilization,0.5,')],
    ['four columns', file('2026-03-01,akash,gpu_utilization,0.5')],
    ['six columns', file(`${GOOD},more`, `${GOOD},`)],
    ['commas alone', file(',,,,', ',', ',,,,,,')],
    ['other forms of time', file('2026-03-01T00:00:00.5+02:00,akash,gpu_utilization,0.5,test')],
    [
      'a figure in the form of no other',
      file('2026-03-01,akash,gpu_utilization,0x10,a', '2026-03-01,akash,gpus,1e999,a'),
    ],
    [
      'names that are none',
      file('2026-03-01,Akash,gpu_utilization,1,a', '2026-03-01,a,b.c,1,a', '2026-03-01,a.b,c,1,a'),
    ],
    ['several mistakes', file('yesterday,Akash,x,12%', GOOD, 'yesterday,akash,x,1,a', '', '2026-03-01,akash,x,12%,a')],
    [
      'names that object literals have',
      file('2026-03-01,constructor,__proto__,1,a', '2026-03-01,a,constructor,1,toString'),
    ],
  ])('is read alike both ways: %s', (_, text) => {
    expect(parseHistory(text)).toEqual(thoroughly(text));
  });

  it('gives samples in the order of its lines, and every bad line with its number', () => {
    expect(
      parseHistory(file(GOOD, 'yesterday,akash,gpu_utilization,0.5,test', '', '2026-03-02,gcp,h100_price,2,')),
    ).toEqual({
      samples: [
        { series: 'akash.gpu_utilization', at: Date.UTC(2026, 2, 1), value: 0.5, source: 'test' },
        { series: 'gcp.h100_price', at: Date.UTC(2026, 2, 2), value: 2, source: 'history' },
      ],
      bad: [{ line: 3, what: '"yesterday" is no instant', expected: 'ISO-8601 such as 2026-07-17T20:07:00Z' }],
    });
  });

  it.each([
    ['quotes', `${HEADER}\n2026-03-01,akash,gpu_utilization,0.5,"a, ""b"""`, 'a, "b"'],
    ['line ends of Windows', `${HEADER}\r\n2026-03-01,akash,gpu_utilization,0.5,test\r\n`, 'test'],
    [
      'another order of columns',
      'value,source,time,metric,subject\n0.5,test,2026-03-01,gpu_utilization,akash\n',
      'test',
    ],
    ['further columns', `id,${HEADER}\n7,2026-03-01,akash,gpu_utilization,0.5,test\n`, 'test'],
    ['no column of sources', 'time,subject,metric,value\n2026-03-01,akash,gpu_utilization,0.5\n', 'history'],
  ])('may have %s', (_, text, source) => {
    const sample = { series: 'akash.gpu_utilization', at: Date.UTC(2026, 2, 1), value: 0.5, source };
    expect(parseHistory(text)).toEqual({ samples: [sample], bad: [] });
  });

  it('counts lines alike where a quoted text runs over several', () => {
    const { bad } = parseHistory(file(`2026-03-01,akash,gpu_utilization,0.5,"a\nb"`, 'yesterday,a,b,1,c'));
    expect(bad.map(({ line }) => line)).toEqual([4]);
  });

  it.each([
    ['an unclosed quote', file('2026-03-01,akash,gpu_utilization,0.5,"a'), /^not readable as CSV: Quote Not Closed/],
    ['a header without a column', 'time,subject,value\n', /^the header lacks a column/],
    ['nothing but blanks', ' \n\n', /^the file is empty/],
    ['a binary', `${file(GOOD)}\0`, /^the file is binary/],
  ])('is refused with %s', (_, text, what) => {
    expect(parseHistory(text)).toEqual({
      samples: [],
      bad: [expect.objectContaining({ what: expect.stringMatching(what) })],
    });
  });

  it('is read alike both ways, whatever is in its lines', () => {
    const part = fc.oneof(
      {
        weight: 12,
        arbitrary: fc.constantFrom('2026-03-01T00:00:00Z', 'akash', 'gpu_utilization', '0.5', '-1e-3', 'test'),
      },
      { weight: 8, arbitrary: fc.constant(',') },
      {
        weight: 2,
        arbitrary: fc.constantFrom(' ', '\t', '\n', '\n\n', '.', '2026-03-01', '\u00a0', '\u2028', '\u000b'),
      },
      {
        weight: 1,
        arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }).filter((text) => !/["\r\0\ufeff]/.test(text)),
      },
    );
    const line = fc.oneof(
      fc.constant(GOOD),
      fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        expect(parseHistory(file(...lines))).toEqual(thoroughly(file(...lines)));
      }),
      { seed: 5, numRuns: 2000 },
    );
  });
});
