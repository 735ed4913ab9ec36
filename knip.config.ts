import type { KnipConfig } from 'knip';

// Besides what knip finds itself (the entries of every tsup.config.ts, tests, programs in package.json): what is started by a name in a
// string, such as worker threads, pages and the programs of a benchmark.
export default {
  // A type beside a function describes it for the reader, whether or not another file names it.
  ignoreExportsUsedInFile: { interface: true, type: true },
  workspaces: {
    '.': {
      entry: ['scripts/*.mjs', 'scripts/newcomer/newcomer-types.ts', 'tests/browser/find-chromium.d.mts'],
      project: ['scripts/**', 'tests/**', '*.ts'],
      // Runs in a project of its own, with what check-packages.mjs installs there.
      ignore: ['scripts/newcomer/*.mjs'],
      ignoreDependencies: [
        // Programs that scripts start; kanrecon itself for `npx kanrecon` in a clone.
        ...['@arethetypeswrong/cli', '@biomejs/biome', 'publint', 'turbo', 'kanrecon'],
        // The schema of changesets; the compiler that compile-assembly.mjs is handed; what the tests find where it is installed.
        ...['@changesets/config', 'assemblyscript', '@tensorflow/tfjs-node'],
      ],
    },
    'packages/*': {
      entry: [
        'scripts/*.mjs',
        'scripts/peer-tests/{define,run}-tests.mjs',
        'test/browser/{page,worker}.ts',
        'assembly/index.ts',
      ],
      project: ['{src,test,scripts,assembly}/**/*.{ts,mjs}', '!**/generated/**'],
      ignoreBinaries: ['mkfifo'],
    },
    // Its build leaves file by file, so that tsup.config.ts names all of them.
    'packages/kan-layers': {
      entry: ['src/index.ts', 'scripts/*.{mjs,d.mts}', 'test/browser/page.ts'],
      project: '{src,test,scripts}/**/*.{ts,mjs}',
      tsup: false,
    },
    'packages/reconstruction': {
      entry: ['test/browser/{page,worker}.ts'],
      project: '{src,test}/**/*.{ts,mjs}',
    },
    'packages/training': {
      entry: ['test/browser/{page,worker}.ts', 'test/photographs/page.ts'],
      project: '{src,test}/**/*.{ts,mjs}',
    },
    'apps/trainer': {
      entry: ['bin/*.js', 'scripts/*.mjs', 'test/*.mjs'],
      project: '{bin,src,test,scripts}/**',
      ignoreBinaries: ['mkfifo'],
      // Its build is copied, see tsup.config.ts.
      ignoreDependencies: ['@kanrecon/viewer'],
    },
    'apps/viewer': {
      entry: ['index.html', 'src/main.tsx', 'src/worker/worker.ts', 'src/offline/service-worker.ts'],
      project: '{src,test}/**/*.{ts,tsx}',
    },
    benchmarks: {
      entry: [
        '*.bench.mjs',
        '{kan,training}/measure-*.mjs',
        'kan/{browser-page,write-readme-tables}.mjs',
        'training/replica.mjs',
        'verdict/worker.mjs',
      ],
      project: '**/*.mjs',
      // By its name in training/measure-tfjs.mjs.
      ignoreDependencies: ['@tensorflow/tfjs-backend-cpu'],
    },
    examples: { entry: 'readme/*.mjs', project: '**/*.mjs' },
  },
} satisfies KnipConfig;
