// Type checks, then runs every package's tests, and closes with one line that counts them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pnpm } from './pnpm.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'node_modules', '.cache', 'test-results.json');
const summary = join(root, 'node_modules', '.cache', 'test-summary.txt');
const filters = process.argv.slice(2);

mkdirSync(dirname(results), { recursive: true });
rmSync(results, { force: true });
rmSync(summary, { force: true });

if (filters.length === 0) {
  console.log('Checking types …');
  const types = pnpm(['exec', 'turbo', 'run', 'typecheck', '--output-logs=errors-only']);
  if (types.status !== 0) process.exit(types.status ?? 1);
}

const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...filters],
  { stdio: 'inherit', cwd: root },
);

try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(results, 'utf8'));
  const line = `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped\n`;
  writeFileSync(summary, line);
  process.stdout.write(line);
} catch {
  console.error('test: vitest wrote no results; its message is above.');
}
process.exit(status ?? 1);
