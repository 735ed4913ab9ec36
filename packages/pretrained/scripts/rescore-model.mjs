// For maintainers: calibrates a model of this package anew, and scores it, on images as the renderer draws them now, after a change of the
// renderer. Build first, then
//   node packages/pretrained/scripts/rescore-model.mjs <name> ["a sentence for its limits"]
// It writes models/<name> and the cards in README.md; the network's weights stay as they are.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { loadReconstructor, saveReconstructor } from '@kanrecon/model/node';
import { modelScene } from '@kanrecon/reconstruction';
import { modelBytes } from './pack/card-of.mjs';
import { drawImages } from './pack/draw-images.mjs';
import { recalibrated } from './pack/recalibrated.mjs';
import { scoreModel } from './pack/score-model.mjs';
import { writeModel, writePackage } from './pack/write-package.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [name, sentence] = process.argv.slice(2);
if (!name) {
  console.error('rescore-model: expected the name of a model in packages/pretrained/models');
  process.exit(2);
}
const folder = join(root, 'models', name);
const card = JSON.parse(await readFile(join(folder, 'card.json'), 'utf8'));
await setBackend('wasm');
const { reconstructor: before } = await loadReconstructor(folder);
const scene = await modelScene(before);
const reconstructor = await recalibrated(scene, before, 8000);
const scores = await scoreModel(scene, reconstructor, drawImages(scene, reconstructor, 2000));
const limits = sentence && !card.limits.includes(sentence) ? [...card.limits, sentence] : card.limits;
const packing = join(root, 'models', `${name}.packing`);
await saveReconstructor(reconstructor, packing, { quantization: 'float16' });
await writeModel(root, packing, { ...card, bytes: await modelBytes(packing), ...scores, limits });
await writePackage(root);
const { r2, r2Visible } = scores.scores;
console.log(`${name}: R² ${r2.value}, was ${card.scores.r2.value}; of what shows ${r2Visible?.value ?? r2.value}`);
