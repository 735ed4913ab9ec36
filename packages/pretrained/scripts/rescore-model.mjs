// For maintainers: scores a model of this package anew on images as the renderer draws them now, after a change of the renderer. Build first, then
//   node packages/pretrained/scripts/rescore-model.mjs <name> ["a sentence for its limits"]
// It writes models/<name>/card.json and the cards in README.md; the network stays as it is.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { loadReconstructor } from '@kanrecon/model/node';
import { modelScene } from '@kanrecon/reconstruction';
import { drawImages } from './pack/draw-images.mjs';
import { scoreModel } from './pack/score-model.mjs';
import { writePackage } from './pack/write-package.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [name, sentence] = process.argv.slice(2);
if (!name) {
  console.error('rescore-model: expected the name of a model in packages/pretrained/models');
  process.exit(2);
}
const folder = join(root, 'models', name);
const file = join(folder, 'card.json');
const card = JSON.parse(await readFile(file, 'utf8'));
await setBackend('wasm');
const { reconstructor } = await loadReconstructor(folder);
const scene = await modelScene(reconstructor);
const scores = await scoreModel(scene, reconstructor, drawImages(scene, reconstructor, card.scores.images));
const limits = sentence && !card.limits.includes(sentence) ? [...card.limits, sentence] : card.limits;
await writeFile(file, `${JSON.stringify({ ...card, ...scores, limits }, null, 2)}\n`);
await writePackage(root);
const { r2, r2Visible } = scores.scores;
console.log(`${name}: R² ${r2.value}, was ${card.scores.r2.value}; of what shows ${r2Visible?.value ?? r2.value}`);
