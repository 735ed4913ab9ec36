// Runs the bundled tests once, in a process of its own: node run-tests.mjs <bundle> <folder of the .wasm files> <stock|training|relaxed> <results.json>
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import jasmineCore from 'jasmine-core';

const [bundle, wasmDirectory, kernels, results] = process.argv.slice(2);
// Node.js 20 has relaxed SIMD behind this flag; later ones have it anyway.
if (kernels === 'relaxed') setFlagsFromString('--experimental-wasm-relaxed-simd');
const env = jasmineCore.boot().getEnv();
env.configure({ random: false, forbidDuplicateNames: false });

const statuses = {};
const errors = [];
let relaxedSimd = false;
env.addReporter({
  specDone({ fullName, status, failedExpectations }) {
    // Some names are used twice.
    let name = fullName;
    for (let i = 2; name in statuses; i++) name = `${fullName} (${i})`;
    statuses[name] = { status, message: failedExpectations[0]?.message };
  },
  suiteDone({ fullName, failedExpectations }) {
    errors.push(...failedExpectations.map(({ message }) => `${fullName}: ${message}`));
  },
  jasmineDone({ failedExpectations = [] }) {
    errors.push(...failedExpectations.map(({ message }) => message));
  },
});
createRequire(import.meta.url)(bundle).defineTests({
  wasmDirectory,
  training:
    kernels !== 'stock' &&
    ((info) => {
      relaxedSimd = info.relaxedSimd;
    }),
});
await env.execute();
if (kernels === 'relaxed' && !relaxedSimd) errors.push('the build with relaxed SIMD was not in use');
writeFileSync(results, JSON.stringify({ statuses, errors }));
process.exit(0);
