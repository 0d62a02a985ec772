/** The configuration directory: what is asked for, then the environment, then the place, then what was shipped. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configDirectory } from '../../src/config/where.ts';
import { withFolder } from './folder.ts';

test('the first that is given wins, with its reason', async () => {
  await withFolder({}, async (dir) => {
    const shipped = configDirectory(undefined, { TIERWATCH_CONFIG: '' }, dir);
    expect(shipped.because).toBe('shipped with tierwatch');
    expect(existsSync(join(shipped.dir, 'tierwatch.yaml'))).toBe(true);

    await mkdir(join(dir, 'config'));
    expect(configDirectory(undefined, {}, dir)).toEqual({ dir: join(dir, 'config'), because: './config' });

    const env = { TIERWATCH_CONFIG: 'elsewhere' };
    expect(configDirectory(undefined, env, dir)).toEqual({ dir: join(dir, 'elsewhere'), because: 'TIERWATCH_CONFIG' });
    expect(configDirectory('/etc/tierwatch', env, dir)).toEqual({ dir: '/etc/tierwatch', because: '--config' });
  });
});
