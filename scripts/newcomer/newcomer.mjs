// A newcomer's first script, run in an empty project with nothing but the packed packages and npm: imports every entry, renders an
// image, trains one step on the WASM backend, saves, loads and predicts.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';

for (const entry of JSON.parse(readFileSync('entries.json', 'utf8'))) {
  const names = Object.keys(await import(entry));
  assert(names.length > 0, `${entry} exports nothing`);
  console.log(`${entry}: ${names.length} exports`);
}

const { spiralCylinder, normalizeParameters } = await import('@kanrecon/geometry');
const { cameraRotation, renderSurface } = await import('@kanrecon/render');
const { enableWasmTraining } = await import('@kanrecon/tfjs-wasm-training');
const { AdamW, createReconstructor, trainStep } = await import('@kanrecon/model');
const { loadReconstructor, saveReconstructor } = await import('@kanrecon/model/node');

await tf.setBackend('wasm');
await enableWasmTraining();

const imageSize = 48;
const shape = { radius: 1, height: 2, twist_amp: 1, twist_freq: 2, wave_amp: 0.3, wave_freq: 3 };
const { image } = renderSurface(spiralCylinder, shape, {
  rotation: cameraRotation({ x: 0.9, y: 0.2, z: 1 }),
  size: imageSize,
  baseColor: [0.8, 0.3, 0.2],
});
const reconstructor = createReconstructor({
  targets: spiralCylinder.parameters,
  backbone: 'squeezeNet11',
  head: { type: 'fourierKAN' },
  imageSize,
  seed: 1,
});
const optimizer = new AdamW({ learningRate: 1e-3 });
const targets = Float32Array.from(normalizeParameters(spiralCylinder, shape));
const losses = [];
for (let step = 0; step < 2; step++) {
  losses.push(await trainStep(reconstructor, optimizer, image.data, targets, { step }));
}
console.log(`${reconstructor.name}: loss ${losses[0].toFixed(4)} → ${losses[1].toFixed(4)}`);
assert(losses[1] < losses[0], 'one step lowers the loss on the same image');

const folder = mkdtempSync(join(tmpdir(), 'newcomer-'));
await saveReconstructor(reconstructor, join(folder, 'model'));
const { reconstructor: again } = await loadReconstructor(join(folder, 'model'));
const before = await reconstructor.predict(image);
const after = await again.predict(image);
assert.deepEqual(after.parameters, before.parameters, 'a saved and loaded network predicts the same');
console.log('predicted', after.parameters);
rmSync(folder, { recursive: true, force: true });
