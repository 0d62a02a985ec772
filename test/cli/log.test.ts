import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/cli/log.ts';

describe('the log', () => {
  it('lets no secret through, whoever logs it and in whatever form', () => {
    let text = '';
    const err = (line: string): void => {
      text += line;
    };
    const io = { env: {}, err };
    const token = '5000000001:AASecretSecretSecretSecret';
    const log = createLog(io, [token, 'MTE4.secret.discord']);
    const url = `https://api.example/bot${token}/getMe`;
    log.error({ err: new Error(`request to ${url} failed`), url: encodeURIComponent(url) }, `token ${token}`);
    log.warn({ token: 'MTE4.secret.discord' }, token.split(':')[1] ?? '');
    expect(text).toContain('[secret]');
    for (const part of ['AASecret', 'MTE4.secret']) expect(text).not.toContain(part);
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).level),
    ).toEqual([50, 40]);
  });

  it('refuses a level it does not know', () => {
    expect(() => createLog({ env: { LOG_LEVEL: 'loud' }, err: () => {} }, [])).toThrow('set one of fatal, error');
  });
});
