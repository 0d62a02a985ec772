import { describe, expect, it } from 'vitest';
import { runDemo } from '../../src/cli/demo.ts';
import { UsageError } from '../../src/cli/io.ts';
import { lines, terminal } from './terminal.ts';

async function demo(options: Parameters<typeof runDemo>[0] = {}, columns: number | null = null) {
  const io = terminal('/', columns);
  const code = await runDemo({ config: new URL('../../config', import.meta.url).pathname, ...options }, io);
  return { code, ...io.written };
}

describe('tierwatch demo', () => {
  it('tells the recorded falls and rises as in chat, then the board, in plain text', async () => {
    const { code, out, err } = await demo();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const told = [...out.matchAll(/^(\d{4}-\d\d)-\d\d\n(.*: .*)$/gm)].map(([, month, title]) => `${month} ${title}`);
    const spillover = [
      '2024-07 io.net: Conviction → Watching',
      '2024-07 Render: Conviction → Watching',
      '2024-10 io.net: Watching → Conviction',
      '2024-10 Render: Watching → Conviction',
      '2024-11 io.net: Conviction → Watching',
      '2024-11 Render: Conviction → Watching',
      '2025-02 io.net: Watching → Conviction',
      '2025-02 Render: Watching → Conviction',
      '2025-03 io.net: Conviction → Watching',
      '2025-03 Render: Conviction → Watching',
      '2025-09 io.net: Watching → Conviction',
      '2025-09 Render: Watching → Conviction',
    ];
    expect(told).toEqual([
      '2024-04 Akash: watch positive set',
      '2024-04 io.net: watch negative set',
      '2024-05 Akash: watch positive lifted',
      '2024-05 io.net: watch negative lifted',
      '2024-06 io.net: watch negative set',
      ...spillover.slice(0, 10),
      '2025-06 Bittensor: watch positive set',
      '2025-07 Bittensor: watch positive lifted',
      ...spillover.slice(10),
      '2026-03 Bittensor: watch positive set',
      '2026-03 Bittensor: watch positive set',
      '2026-04 Bittensor: watch negative set',
      '2026-04 Bittensor: watch negative lifted',
      '2026-05 Bittensor: watch positive lifted',
      '2026-07 Render: watch positive set',
      '2026-07 Akash: watch negative set',
    ]);
    expect(out.match(/^Confirms the watch of 2026-03-10: /gm)).toHaveLength(1);
    expect(out).toMatch(/Network\s+Tier\s+Since[\s\S]*Render\s+Conviction/);
    expect(out).not.toContain('\u001b');
    // An address is never cut.
    const lines = out.split('\n').filter((line) => !line.includes('://'));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('tells it in these words', async () => {
    await expect((await demo()).out).toMatchFileSnapshot('../golden/demo.txt');
  });

  it('shows none where the record has none', async () => {
    const { out } = await demo({ from: '2023-08-01', to: '2024-03-31' });
    expect(out).toContain('0 alerts');
    expect(out).not.toContain('→');
  });

  it('gives the same as JSON lines', async () => {
    const { out } = await demo({ json: true });
    const moves = lines(out).filter(({ kind }) => kind === 'tier');
    expect(moves).toHaveLength(12);
    expect(moves[0]).toMatchObject({
      time: '2024-07-16T00:00:00Z',
      network: 'ionet',
      from: 'conviction',
      to: 'watching',
      rules: ['spillover-drying-up'],
    });
  });

  it('colours and pauses only on a terminal', async () => {
    const begun = Date.now();
    const { out } = await demo({ from: '2024-06-01', to: '2024-08-01', speed: '1000' }, 90);
    expect(out).toContain('\u001b[1m');
    expect(Date.now() - begun).toBeGreaterThanOrEqual(40);
  });

  it.each([
    [{ from: 'once' }, '--from once: expected a date'],
    [{ from: '2025-01-01', to: '2024-01-01' }, 'lies before'],
    [{ speed: 'fast' }, '--speed fast: expected days a second'],
    [{ speed: '-1' }, '--speed -1'],
    [{ from: '0001-01-01' }, 'more than 50 years'],
  ])('refuses %j', async (options, message) => {
    await expect(demo(options)).rejects.toThrow(UsageError);
    await expect(demo(options)).rejects.toThrow(message);
  });
});
