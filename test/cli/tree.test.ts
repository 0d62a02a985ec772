import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { treeLines } from '../../src/cli/tree.ts';
import { DAY, HOUR } from '../../src/core/time.ts';
import { recorded } from '../../src/triggers/replay/recorded.ts';
import { daily, report, ruleOf, T0 } from '../world.ts';

const NOW = T0 + 9 * DAY + 3 * HOUR;
const EVIDENCE = recorded(
  [
    ...daily('akash.gpu_utilization', [0.5, 0.4, 0.3, 0.3, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1]),
    ...daily('akash.gpus_leased', Array(10).fill(30)),
    ...daily('akash.gpus_total', Array(10).fill(400)),
    ...daily('gcp.h100_price', Array(10).fill(11.06)),
    ...daily('aws.h100_price', Array(10).fill(12.29)),
  ],
  [
    report(T0 + 2 * DAY, 'One', { network: 'akash', because: ['trained on'], title: 'A lab\u202e trains\n on it' }),
    report(T0 + 5 * DAY, 'Two', { network: 'akash', link: null, title: 'Another text about it' }),
  ],
);
/** One outlet after a post about it, with what does not count. */
const TALK = recorded(
  [],
  [
    report(T0 + DAY, 'A post', { network: 'akash', trust: 'social', story: 's' }),
    report(T0 + 2 * DAY, 'One', { network: 'akash', story: 's' }),
    report(T0 + 3 * DAY, 'Copy', { network: 'akash', title: 'A report by One\u202e\n', link: null }),
    report(T0 + 4 * DAY, 'Planner', { network: 'akash', status: 'planned' }),
    report(T0 + 5 * DAY, 'Elsewhere', { network: 'other:prime-intellect' }),
    ...Array.from({ length: 9 }, (_, index) =>
      report(T0 + index * HOUR, `Post ${index}`, { network: 'akash', trust: 'social' }),
    ),
  ],
);

function tree(when: string, width = 100, colour = false, evidence = EVIDENCE): string {
  const verdict = ruleOf({ when }).when.explain({ network: 'akash', now: NOW, evidence });
  return treeLines(verdict, NOW, { width, colour }).join('\n');
}

describe('treeLines', () => {
  it.each([
    ['comparison', 'avg(gpu_utilization, 7d) < 20%'],
    [
      'joined',
      'gpu_utilization < 20% and not (change(revenue, 30d) < 0% or news(lab_training, 30d) >= 3) and leased_share > 5% and market.h100_price > $10',
    ],
    ['news', 'news(lab_training, 30d) >= 2'],
    ['unknown', 'revenue / (emission * token_price) < 100%'],
  ])('draws %s', async (name, when) => {
    await expect(`${tree(when)}\n`).toMatchFileSnapshot(`../golden/tree-${name}.txt`);
  });

  it('draws reports left out, and who had the story first', async () => {
    const drawn = tree('news(lab_training, 30d, claimed) >= 1 and news(lab_training, 30d) < 2', 100, false, TALK);
    await expect(`${drawn}\n`).toMatchFileSnapshot('../golden/tree-left-out.txt');
  });

  it('keeps within the terminal, and hangs what it breaks', () => {
    const lines = tree('avg(gpu_utilization, 7d) < 20% and change(gpu_utilization, 7d) < 0%', 40).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines.slice(0, 4)).toEqual([
      '✓ avg(gpu_utilization, 7d) < 20% and',
      '│ change(gpu_utilization, 7d) < 0%',
      '├─ ✓ avg(gpu_utilization, 7d) < 20%',
      '│    7d average of akash.gpu_utilization',
    ]);
  });

  it('colours only on a terminal', () => {
    const plain = tree('gpu_utilization < 20%');
    const coloured = tree('gpu_utilization < 20%', 100, true);
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[32m✓\u001b[0m');
    expect(stripVTControlCharacters(coloured)).toBe(plain);
  });
});
