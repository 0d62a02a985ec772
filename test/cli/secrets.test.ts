import { afterEach, describe, expect, it } from 'vitest';
import { accessOf, loadDotEnv } from '../../src/cli/secrets.ts';
import { folder, terminal } from './terminal.ts';

const NAMES = ['TIERWATCH_TEST_FIRST', 'TIERWATCH_TEST_SECOND', 'TIERWATCH_TEST_SET'];
afterEach(() => {
  for (const name of NAMES) delete process.env[name];
});

describe('.env', () => {
  it('is read also with a byte order mark and foreign line ends; what is set already wins', async () => {
    process.env.TIERWATCH_TEST_SET = 'kept';
    const text =
      '\uFEFFTIERWATCH_TEST_FIRST=1\r\n# note\r\nTIERWATCH_TEST_SECOND="two words"\r\nTIERWATCH_TEST_SET=lost\r\n';
    const home = await folder({ '.env': text });
    loadDotEnv(home.dir);
    expect(NAMES.map((name) => process.env[name])).toEqual(['1', 'two words', 'kept']);
    await home.remove();
  });

  it('may be missing, and is refused by name where it is no text', async () => {
    const home = await folder({});
    expect(() => loadDotEnv(home.dir)).not.toThrow();
    const binary = await folder({ '.env': Buffer.from([65, 61, 0, 1]) });
    expect(() => loadDotEnv(binary.dir)).toThrow(`${binary.dir}/.env cannot be read`);
    await home.remove();
    await binary.remove();
  });
});

describe('access', () => {
  it("leaves the API's version to the client", () => {
    const io = { ...terminal('/'), env: { DISCORD_API: 'http://127.0.0.1:1/api/v10/', TELEGRAM_API_ROOT: ' ' } };
    expect(accessOf(io)).toEqual({ discordApi: 'http://127.0.0.1:1/api' });
  });
});
