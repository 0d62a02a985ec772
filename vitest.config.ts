import { defineConfig } from 'vitest/config';

// Two zones away from UTC, so that a local-time slip shows in any test that prints a date.
process.env.TZ = 'Australia/Sydney';

export default defineConfig({
  test: { include: ['test/**/*.test.ts'], testTimeout: 20_000, hookTimeout: 20_000 },
});
