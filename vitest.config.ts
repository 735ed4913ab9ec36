import { defineConfig } from 'vitest/config';

// Tests run against the sources of their own package and the built output of the others, as a user would import them.
export default defineConfig({
  test: {
    include: [
      'packages/*/{src,test}/**/*.test.ts',
      'apps/*/{src,test}/**/*.test.ts',
      'scripts/**/*.test.ts',
      'tests/**/*.test.ts',
      'examples/*.test.mjs',
    ],
    globalSetup: 'tests/run-temporary-folder.ts',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
