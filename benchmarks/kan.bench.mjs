// Times of the built layers on the WASM backend, one thread: node benchmarks/kan.bench.mjs [rounds]. Writes
// results/kan.json.
// For every size the median of `rounds` forward passes and of as many forward + backward passes (all gradients, input's too).
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import {
  chebyshevKAN,
  classicFourierKAN,
  efficientKAN,
  fasterKAN,
  fastKAN,
  fourierKAN,
  jacobiKAN,
  rationalKAN,
  waveletKAN,
} from '@kanrecon/kan-layers';
import { setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

const rounds = Number(process.argv[2] ?? 60);
setThreadsCount(1);
await tf.setBackend('wasm');
await tf.ready();

const makers = {
  dense: (units) => layers.dense({ units }),
  efficientKAN: (units) => efficientKAN({ units, seed: 1 }),
  fourierKAN: (units) => fourierKAN({ units, seed: 1 }),
  classicFourierKAN: (units) => classicFourierKAN({ units, seed: 1 }),
  chebyshevKAN: (units) => chebyshevKAN({ units, seed: 1 }),
  jacobiKAN: (units) => jacobiKAN({ units, seed: 1 }),
  fastKAN: (units) => fastKAN({ units, seed: 1 }),
  fasterKAN: (units) => fasterKAN({ units, seed: 1 }),
  waveletKAN: (units) => waveletKAN({ units, seed: 1 }),
  rationalKAN: (units) => rationalKAN({ units, seed: 1 }),
};
const stacks = [
  { widths: [1280, 6], batch: 16 },
  { widths: [1280, 6], batch: 100 },
  { widths: [512, 256, 128, 64, 32, 6], batch: 16 },
];

console.log(`${cpus()[0].model}, Node.js ${process.version}, ${rounds} rounds, median (fastest) in ms`);
const loadBefore = loadavg();
const results = [];
for (const { widths, batch } of stacks) {
  const x = tf.variable(tf.randomNormal([batch, widths[0]], 0, 1, 'float32', 1));
  for (const [name, make] of Object.entries(makers)) {
    const stack = widths.slice(1).map((units, i) => {
      const layer = make(units);
      layer.build([null, widths[i]]);
      return layer;
    });
    const loss = () => tf.sum(stack.reduce((value, layer) => layer.apply(value), x));
    const variables = [x, ...stack.flatMap((layer) => layer.trainableWeights.map((weight) => weight.read()))];
    const forward = time(() => tf.tidy(() => void loss().dataSync()));
    const both = time(() => tf.tidy(() => void tf.variableGrads(loss, variables).value.dataSync()));
    results.push({ widths, batch, layer: name, forward, forwardAndBackward: both });
    const show = ({ median, fastest }) => `${median.toFixed(2)} (${fastest.toFixed(2)})`;
    console.log(`${widths.join('→')} batch ${batch} ${name}: forward ${show(forward)}, forward+backward ${show(both)}`);
    for (const weight of stack.flatMap((layer) => layer.weights)) weight.dispose();
  }
  x.dispose();
}

const report = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  cpu: `${cpus()[0].model}, ${cpus().length} cores`,
  loadBefore,
  unit: 'milliseconds, WASM backend with its stock kernels, one thread',
  rounds,
  results,
};
mkdirSync(new URL('results/', import.meta.url), { recursive: true });
writeFileSync(new URL('results/kan.json', import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
console.log('Written to benchmarks/results/kan.json.');

function time(run) {
  for (let i = 0; i < 10; i++) run();
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return { median: times[rounds >> 1], fastest: times[0] };
}
