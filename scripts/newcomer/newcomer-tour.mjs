// The packages around a scene, each used for what it is for, in the same empty project: what is drawn, what images of it can tell, a
// small data set and its copy, an image brought to a network's size, one short training, one reconstruction, the shipped models.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlenderError, openBlender } from '@kanrecon/blender/node';
import { scanDataset, synthesizeDataset } from '@kanrecon/dataset/node';
import { importDataset } from '@kanrecon/dataset-import/node';
import { makeFolder, writeAtomically } from '@kanrecon/files/node';
import { imageLimits } from '@kanrecon/identifiability';
import { fitImage } from '@kanrecon/image';
import { loadPretrained, pretrainedModels } from '@kanrecon/pretrained/node';
import { reconstruct } from '@kanrecon/reconstruction';
import { drawShape, drawView, renderView, sceneByName } from '@kanrecon/scene';
import { trainExperiment } from '@kanrecon/training';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers';

const folder = mkdtempSync(join(tmpdir(), 'newcomer-tour-'));
const study = sceneByName('study');
const shape = drawShape(study, 1, 0);
const view = drawView(study, 1, 0, 0);
const { image } = renderView(study, shape, view, { size: 96 });
assert(new Set(image.data).size > 20, 'the image shows something');

const limits = await imageLimits(study);
console.log(`study: invisible ${limits.invisible.join(', ') || 'nothing'}; ${limits.combinations.length} combinations`);
assert(limits.combinations.length > 0, 'sizes without a scale show as combinations');

const { counts } = await synthesizeDataset({ dir: join(folder, 'data'), scene: study, shapes: 4, imageSize: 32 });
const scan = await scanDataset(join(folder, 'data'));
assert.deepEqual(scan.counts, counts);
const { scan: copy } = await importDataset(join(folder, 'data'), { out: join(folder, 'copy') });
assert.equal(copy.samples.length, scan.samples.length);
writeFileSync(join(folder, 'a.rar'), Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1'));
await assert.rejects(importDataset(join(folder, 'a.rar'), { out: join(folder, 'b') }), /"npm install node-unrar-js"/);
console.log(`${scan.samples.length} images drawn, read and imported`);

const small = fitImage(image, 48);
assert.equal(small.length, 3 * 48 * 48);
await makeFolder(join(folder, 'bytes'));
await writeAtomically(join(folder, 'bytes', 'small.rgb'), small);
assert.deepEqual(new Uint8Array(readFileSync(join(folder, 'bytes', 'small.rgb'))), small);

const blender = await openBlender().catch((error) => error);
if (blender instanceof BlenderError) console.log(`without Blender: ${blender.message}`);
else {
  const traced = await blender.render(study, shape, view, { size: 32, samples: 1 });
  assert.equal(traced.image.data.length, 3 * 32 * 32);
  await blender.close();
  console.log(`Blender ${blender.version} rendered an image`);
}

await tf.setBackend('cpu');
const losses = [];
const { reconstructor, complete } = await trainExperiment(
  {
    model: { backbone: 'smallCnn', head: { type: 'mlp', widths: [], dropout: 0 }, imageSize: 32 },
    data: { kind: 'stream', epochImages: 4 },
    optimizer: { learningRate: 0.001 },
    budget: { epochs: 1 },
    batchSize: 2,
  },
  {
    scene: study,
    validationImages: 2,
    onEvent: (event) => event.type === 'step' && losses.push(event.loss),
  },
);
assert(complete && losses.length === 2 && losses.every(Number.isFinite), `two steps, got losses ${losses}`);

const found = await reconstruct(image, reconstructor, {
  scene: study,
  meshSteps: { uSteps: 24, vSteps: 24 },
  renderingSize: 64,
});
assert.deepEqual(Object.keys(found.parameters), Object.keys(shape.parameters));
assert.equal(found.rendering.data.length, 3 * 64 * 64);
console.log(`trained for ${losses.length} steps; reconstructed`, found.parameters);
reconstructor.dispose();

for (const { name } of pretrainedModels) {
  const shipped = await loadPretrained(name);
  const { parameters } = await shipped.reconstructor.predict(image);
  assert(Object.values(parameters).every(Number.isFinite));
  console.log(`the shipped model ${name} predicts`);
  shipped.reconstructor.dispose();
}
rmSync(folder, { recursive: true, force: true });
