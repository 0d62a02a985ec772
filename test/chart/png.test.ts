/** Pictures as PNG. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { toPng, toSvg } from '../../src/chart/chart.ts';
import { chart } from './charts.ts';
import { pixelsOf } from './pixels.ts';

const BUILT = fileURLToPath(new URL('../../dist/chart/chart.js', import.meta.url));

describe('toPng', () => {
  it('paints the whole picture, in its colours', async () => {
    const png = pixelsOf(await toPng(toSvg(chart())));
    expect([png.width, png.height]).toEqual([1200, 675]);
    const counts = (color: string) => png.count(color);
    expect(counts('#F7C3A6')).toBeGreaterThan(5000);
    expect(counts('#FCE2B4')).toBeGreaterThan(5000);
    expect(counts('#0067A5')).toBeGreaterThan(1000);
    // Letters: the title in the one font, the labels in the other.
    expect(counts('#1B2733')).toBeGreaterThan(2000);
    expect(counts('#5B6773')).toBeGreaterThan(2000);
  });

  it('paints several at once, each its own', async () => {
    const [first, empty, again] = await Promise.all(
      [chart(), chart({ lines: [], bands: [] }), chart()].map(toSvg).map(toPng),
    );
    expect(first).toEqual(again);
    expect(first).not.toEqual(empty);
  });

  it('refuses what is no SVG, and paints the next one', async () => {
    const svg = toSvg(chart());
    const [broken, next] = await Promise.allSettled([toPng('<svg'), toPng(svg)]);
    expect(broken).toMatchObject({
      status: 'rejected',
      reason: { message: /^the picture could not be painted: .{5}/ },
    });
    expect(next).toMatchObject({ status: 'fulfilled' });
  });

  it('keeps no process alive', () => {
    if (!existsSync(BUILT)) throw new Error(`${BUILT} is missing: run npm run build first`);
    const program = `
      const { toPng } = await import(process.argv[1]);
      const png = await toPng('<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
      console.log(png.length > 60);`;
    const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program, BUILT], {
      timeout: 60_000,
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, 'true\n']);
  }, 70_000);
});
