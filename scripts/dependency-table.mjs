// Writes docs/dependencies.md: every package from elsewhere that ours need when they run, with licence, version and size. A test
// (scripts/dependencies/dependency-table.test.ts) fails when it is out of date.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { dependencyTable } from './dependencies/dependency-table.mjs';
import { findDependencies } from './dependencies/find-dependencies.mjs';
import { workspacePackages } from './imports/workspace-packages.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const file = join(root, 'docs', 'dependencies.md');

/** Optional peers that nothing in the workspace needs to be built or tested. */
const notInstalled = {
  '@tensorflow/tfjs-backend-webgpu': 'Apache-2.0',
  '@tensorflow/tfjs-node': 'Apache-2.0',
  '@tensorflow/tfjs-node-gpu': 'Apache-2.0',
};

/** The table as it should be, as it is, and licences that are not let in. */
export function currentDependencies() {
  const { text, problems } = dependencyTable(findDependencies(workspacePackages(root)), notInstalled);
  return { wanted: text, written: readFileSync(file, 'utf8'), problems };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { text, problems } = dependencyTable(findDependencies(workspacePackages(root)), notInstalled);
  for (const problem of problems) console.error(`dependency-table: ${problem}`);
  writeFileSync(file, text);
  spawnSync(process.execPath, [join(root, 'node_modules/@biomejs/biome/bin/biome'), 'format', '--write', file]);
  console.log(`${file} written`);
  process.exit(problems.length > 0 ? 1 : 0);
}
