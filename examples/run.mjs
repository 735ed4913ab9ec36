// node examples/run.mjs kan-formula | kan-profile | fine-tune [run or model folder]
import '@tensorflow/tfjs-backend-wasm';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { loadNetwork } from '@kanrecon/training/node';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend } from '@tensorflow/tfjs-core';
import { fineTune } from './fine-tune.mjs';
import { recoverFormula } from './recover-formula.mjs';
import { recoverProfile } from './recover-profile.mjs';

const log = (line) => console.log(line);
const examples = {
  'kan-formula': async () => showFormula(await recoverFormula(log)),
  'kan-profile': async () => showFormula(await recoverProfile(log)),
  'fine-tune': async (folder) => showScores(await fineTune(log, folder ? { source: await loadNetwork(folder) } : {})),
};
const [name, folder] = process.argv.slice(2);
const example = Object.hasOwn(examples, name ?? '') ? examples[name] : undefined;
if (!example) {
  console.error(`run: unknown example; expected one of ${Object.keys(examples).join(', ')}, got ${name ?? 'nothing'}`);
  process.exit(2);
}
// One thread: such small networks gain nothing from more.
setThreadsCount(1);
await setBackend('wasm');
await ready();
await enableWasmTraining();

const start = performance.now();
await example(folder);
console.log(`${((performance.now() - start) / 1000).toFixed(1)} s.`);

function showFormula({ result, text, latex, freshR2, svg }) {
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
  console.log(`${fileURLToPath(file)} shows the network.`);
}

function showScores({ adapted, random, images }) {
  const scores = `R² ${adapted.toFixed(3)} begun from the trained network, ${random.toFixed(3)} from random weights`;
  console.log(`\nthe vase after ${images} images: ${scores}`);
}
