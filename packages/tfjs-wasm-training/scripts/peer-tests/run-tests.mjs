// Runs the bundled tests once, in a process of its own: node run-tests.mjs <bundle> <folder of the .wasm files> <stock|training> <results.json>
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jasmineCore from 'jasmine-core';

const [bundle, wasmDirectory, kernels, results] = process.argv.slice(2);
const env = jasmineCore.boot().getEnv();
env.configure({ random: false, forbidDuplicateNames: false });

const statuses = {};
const errors = [];
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
createRequire(import.meta.url)(bundle).defineTests({ wasmDirectory, training: kernels === 'training' });
await env.execute();
writeFileSync(results, JSON.stringify({ statuses, errors }));
process.exit(0);
