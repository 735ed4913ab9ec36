// Time of one forward pass on the WASM backend, one image, one thread: node scripts/forward-time.mjs
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { backboneByName, backboneNames } from '../dist/index.js';

const RUNS = 51;

setThreadsCount(1);
await tf.setBackend('wasm');
for (const name of backboneNames) {
  for (const imageSize of [96, 224]) {
    const model = backboneByName(name).create({ imageSize });
    const image = tf.randomUniform([1, imageSize, imageSize, 3], -1, 1, 'float32', 1);
    const times = Array.from({ length: RUNS + 5 }, () => {
      const start = performance.now();
      const features = model.predict(image);
      features.dataSync();
      features.dispose();
      return performance.now() - start;
    });
    const sorted = times.slice(5).sort((a, b) => a - b); // the first five warm up
    console.log(
      `${name} at ${imageSize} x ${imageSize}: median ${sorted[RUNS >> 1].toFixed(1)} ms, least ${sorted[0].toFixed(1)} ms`,
    );
    model.dispose();
  }
}
