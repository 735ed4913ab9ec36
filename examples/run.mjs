// node examples/run.mjs kan-formula | kan-profile
import '@tensorflow/tfjs-backend-wasm';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { recoverFormula } from './recover-formula.mjs';
import { recoverProfile } from './recover-profile.mjs';

const examples = { 'kan-formula': recoverFormula, 'kan-profile': recoverProfile };
const name = process.argv[2];
const example = Object.hasOwn(examples, name ?? '') ? examples[name] : undefined;
if (!example) {
  console.error(`run: unknown example; expected one of ${Object.keys(examples).join(', ')}, got ${name ?? 'nothing'}`);
  process.exit(2);
}
// One thread: such small networks gain nothing from more.
setThreadsCount(1);
await setBackend('wasm');
await ready();

const start = performance.now();
const { result, text, latex, freshR2, svg } = await example((line) => console.log(line));
const { againstNetwork, againstTargets, networkAgainstTargets } = result;
console.log(`\n  ${text}\n\nLaTeX: ${latex}`);
const show = (what, { r2, rmse }) => console.log(`${what}: R² ${r2.toFixed(6)}, RMSE ${rmse.toPrecision(3)}`);
show('network against the targets', networkAgainstTargets);
show('formula against the network', againstNetwork);
show('formula against the targets', againstTargets);
console.log(`formula against the truth, at fresh places: R² ${freshR2.toFixed(6)}`);
const file = new URL(`output/${name}.svg`, import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, svg);
console.log(`${fileURLToPath(file)} shows the network. ${((performance.now() - start) / 1000).toFixed(1)} s.`);
