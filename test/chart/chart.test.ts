/** Pictures as SVG. */
import { describe, expect, it } from 'vitest';
import { type Chart, toSvg } from '../../src/chart/chart.ts';
import { DAY } from '../../src/core/time.ts';
import { chart, constant, FROM, TO } from './charts.ts';

/** What is written in a picture, as a reader sees it. */
function texts(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);
}

/** The drawn paths of a colour. */
function strokes(svg: string, color: string): readonly string[] {
  return [...svg.matchAll(/<path d="([^"]*)"[^>]*stroke="([^"]*)"/g)]
    .filter((match) => match[2] === color)
    .map(([, path = '']) => path);
}

const BLUE = '#0067A5';

function value(points: Chart['lines'][number]['points'], name = 'value'): Chart['lines'][number] {
  return { name, role: 'value', points };
}

describe('toSvg', () => {
  it('draws a rule over real prices', async () => {
    await expect(toSvg(chart())).toMatchFileSnapshot('golden/price-fall.svg');
  });

  it('gives the same bytes for the same chart, whatever was drawn in between', () => {
    const first = toSvg(chart());
    toSvg(chart({ lines: [], bands: [] }));
    expect(toSvg(chart())).toBe(first);
  });

  it('names lines, bands, unit and threshold', () => {
    const written = texts(toSvg(chart()));
    for (const text of [
      'avg(h100_spot_price, 14d)',
      'threshold',
      'firing',
      'pending',
      'unknown',
      'per GPU-hour',
      '$3.00',
    ])
      expect(written).toContain(text);
    expect(written).toContain('UTC');
  });

  it('names only bands there are', () => {
    expect(texts(toSvg(chart({ bands: [] })))).not.toContain('firing');
  });

  it('escapes remote text, and drops what XML does not allow', () => {
    const hostile = '<script>alert("x")</script> & \'y\' class="zr0-cls-0" url(#zr0-c0)\u0000\uD800\uFFFF';
    const svg = toSvg(chart({ title: 'T', subtitle: hostile, footer: hostile, lines: [value(constant(1), hostile)] }));
    expect(svg).not.toContain('<script');
    expect(svg).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;');
    expect(svg).toContain('class=&quot;zr0-cls-0&quot; url(#zr0-c0)<');
    expect(svg).not.toMatch(/[\p{Cs}\uFFFE\uFFFF]|(?!\n)\p{Cc}/u);
  });

  it('clips long texts, names in the legend too, and counts lines it has no room to name', () => {
    const long = 'very long indeed '.repeat(100);
    const lines = Array.from({ length: 30 }, (_, n) => value(constant(n), `${n} ${long}`));
    const written = texts(toSvg(chart({ title: long, subtitle: long, footer: long, lines, bands: [] })));
    expect(written.filter((text) => text.endsWith('…')).length).toBeGreaterThanOrEqual(4);
    expect(Math.max(...written.map((text) => text.length))).toBeLessThan(130);
    expect(written).toContain('and 28 more');
  });

  it('says so where there are no data, with or without a threshold', () => {
    const none = [value([]), value([{ at: FROM, value: null }]), value([{ at: FROM - DAY, value: 1 }])];
    for (const line of none) expect(texts(toSvg(chart({ lines: [line] })))).toContain('no data in this range');
    const threshold = { name: 'threshold', role: 'threshold', points: constant(0.2) } as const;
    expect(texts(toSvg(chart({ unit: 'ratio', lines: [threshold] })))).toEqual(
      expect.arrayContaining(['no data in this range', '20%']),
    );
    expect(texts(toSvg(chart()))).not.toContain('no data in this range');
  });

  it('leaves gaps where values are unknown, and shows a value alone as a dot', () => {
    const values = [1, 2, null, 3, null, 4, 5];
    const points = values.map((each, day) => ({ at: FROM + day * DAY, value: each }));
    const svg = toSvg(chart({ lines: [value(points)], bands: [] }));
    const line = strokes(svg, BLUE).find((path) => path.split('M').length > 2) ?? '';
    expect(line.match(/M/g)?.length).toBeGreaterThanOrEqual(2);
    expect(line.match(/L/g)).toHaveLength(2);
    expect(svg.match(/ecmeta_data_index="3"/g)).toHaveLength(1);
  });

  it('draws one point at one instant, within its day', () => {
    const svg = toSvg(chart({ from: FROM, to: FROM, lines: [value([{ at: FROM, value: 2.5 }])], bands: [] }));
    expect(texts(svg)).toEqual(expect.arrayContaining(['5 Jan 12:00', '18:00', '6 Jan', '06:00']));
    expect(svg).toMatch(/matrix\(9,0,0,9,5\d\d[^>]*fill="#0067A5"/);
  });

  it('draws values from the tiniest to the largest', () => {
    const charts = [
      chart({ lines: [value(constant(5e-324))] }),
      chart({ lines: [value(constant(1e308)), value(constant(-1e308))] }),
      chart({ lines: [value([...constant(1e16), { at: TO, value: 1e16 + 2 }])] }),
    ];
    for (const each of charts) {
      const svg = toSvg(each);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(svg).toContain(BLUE);
    }
  });

  it('is no larger for many points, and still shows a spike', () => {
    const points = Array.from({ length: 100_000 }, (_, n) => ({
      at: FROM + (n * (TO - FROM)) / 100_000,
      value: n === 55_555 ? 0.99 : 0.5,
    }));
    const svg = toSvg(chart({ unit: 'ratio', lines: [value(points)], bands: [] }));
    expect(svg.length).toBeLessThan(60_000);
    expect(texts(svg)).toContain('100%');
  });
});
