/** Pictures of a rule's past: the deciding value, its threshold, what it was read from, and where the rule fired. */
import { init, setPlatformAPI, use } from 'echarts/core';
import 'echarts/lib/chart/line';
import 'echarts/lib/component/graphic';
import 'echarts/lib/component/gridSimple';
import { SVGRenderer } from 'echarts/renderers';
import { optionOf } from './option.ts';
import type { Chart } from './shape.ts';
import { HEIGHT, TEXT, WIDTH } from './style.ts';
import { widthOf } from './text.ts';

export { toPng } from './png.ts';
export type { Chart } from './shape.ts';

use(SVGRenderer);
// Without a browser ECharts guesses widths; these are those of the font that the picture is painted with.
setPlatformAPI({
  measureText: (text: string, font?: string) => ({
    width: widthOf(text, Number(/([\d.]+)px/.exec(font ?? '')?.[1] ?? TEXT)),
  }),
});

/** Styles for a pointer, under names that count drawings. In texts quotes are escaped, so these match no text. */
const HOVER = / class="zr\d+-cls-\d+"|<style >[\s\S]*?<\/style>\n/g;
/** Other names that count drawings. */
const ID = /( id="|="url\(#)zr\d+-/g;

/** The picture as SVG, in the font Inter. Same chart, same bytes. */
export function toSvg(chart: Chart): string {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    drawing.setOption(optionOf(chart));
    return drawing.renderToSVGString().replace(HOVER, '').replace(ID, '$1');
  } finally {
    drawing.dispose();
  }
}
