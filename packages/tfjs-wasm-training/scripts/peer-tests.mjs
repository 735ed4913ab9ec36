// Runs the tests that @tensorflow/tfjs-core ships, compiled, on the WASM backend: once as it is, once with each build of this package's kernels. Whatever
// passes with the stock backend must pass with ours, but for a short list (peer-tests/known-differences.mjs), which is checked both ways.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { additionalPasses, compareRuns } from './peer-tests/compare-runs.mjs';
import { knownDifferences } from './peer-tests/known-differences.mjs';

/** tfjs-core 4.22 has 4,230 tests for this backend in Node.js; with the stock one 334 fail, most for want of a kernel. */
const FEWEST_PASSED = 3_850;

const scripts = dirname(fileURLToPath(import.meta.url));
const root = dirname(scripts);
const cache = join(root, 'node_modules', '.cache', 'peer-tests');
const wasmDirectory = `${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`;

rmSync(cache, { recursive: true, force: true });
mkdirSync(cache, { recursive: true });
const bundle = join(cache, 'tests.cjs');
await build({
  entryPoints: [join(scripts, 'peer-tests', 'define-tests.mjs')],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  mainFields: ['module', 'main'],
  alias: { '@kanrecon/tfjs-wasm-training': join(root, 'dist', 'index.js') },
  // tfjs-core's package.json says that its tests have no side effects, and they would be left out.
  ignoreAnnotations: true,
  logLevel: 'error',
});
const stock = await run('stock');
const count = ({ statuses }, wanted) => Object.values(statuses).filter(({ status }) => status === wanted).length;
console.log(
  `tfjs-core's tests on the stock WASM backend: ${count(stock, 'passed')} of ${Object.keys(stock.statuses).length} pass`,
);
for (const kernels of ['training', 'relaxed']) {
  const training = await run(kernels);
  const problems = compareRuns(stock, training, knownDifferences, FEWEST_PASSED);
  for (const problem of problems) console.error(`peer-tests: ${problem}`);
  if (problems.length > 0) process.exitCode = 1;
  console.log(
    `with our kernels${kernels === 'relaxed' ? ', relaxed SIMD' : ''}: ${count(training, 'passed')} pass, ${additionalPasses(stock, training).length} of them only there; ${knownDifferences.length} known differences`,
  );
}

async function run(kernels) {
  const results = join(cache, `${kernels}.json`);
  const program = join(scripts, 'peer-tests', 'run-tests.mjs');
  const child = spawn(process.execPath, [program, bundle, wasmDirectory, kernels, results]);
  // The tests print a lot, some of it errors that they provoke.
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) {
    console.error(output.slice(-4_000));
    throw new Error(`peer-tests: the run with ${kernels} kernels ended with ${code}; what it printed last is above.`);
  }
  return JSON.parse(readFileSync(results, 'utf8'));
}
