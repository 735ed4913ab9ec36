// One contender of kan.bench.mjs, in a process of its own, so that its peak of memory is its own: a stack of layers on a backend of
// TensorFlow.js in one thread. Prints one JSON line.
//   --backend wasm | tensorflow (tfjs-node from KANRECON_TFJS_NODE) | cpu   --layer NAME --widths 1280,6 --batch N --rounds N
//   --training-kernels   with enableWasmTraining()
//   --plain              the plain port and not this project's layer
import { createRequire } from 'node:module';
import { join } from 'node:path';
import util, { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';

const { values } = parseArgs({
  options: {
    backend: { type: 'string' },
    layer: { type: 'string' },
    widths: { type: 'string' },
    batch: { type: 'string' },
    rounds: { type: 'string' },
    'training-kernels': { type: 'boolean', default: false },
    plain: { type: 'boolean', default: false },
  },
});
const { backend, layer } = values;
const widths = values.widths.split(',').map(Number);
const [batch, rounds] = [values.batch, values.rounds].map(Number);

// Node 20 knows relaxed SIMD (fused multiply-add) but has it switched off. Before anything asks for it.
if (values['training-kernels'] && Number(process.versions.node.split('.')[0]) < 22) {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
}
const tf = await import('@tensorflow/tfjs-core');
await import('@tensorflow/tfjs-layers');
if (backend === 'tensorflow') loadNative();
else await import(`@tensorflow/tfjs-backend-${backend}`);
if (backend === 'wasm') (await import('@tensorflow/tfjs-backend-wasm')).setThreadsCount(1);
let relaxedSimd;
if (values['training-kernels']) {
  const { enableWasmTraining } = await import('@kanrecon/tfjs-wasm-training');
  ({ relaxedSimd } = await enableWasmTraining());
}
await tf.setBackend(backend);
await tf.ready();
const { plainStack } = await import('./plain-port.mjs');
const { ownStack } = await import('./layers.mjs');

const before = process.memoryUsage().rss;
const tensorsBefore = tf.memory().numBytes;
const { variables, apply } = (values.plain ? plainStack : ownStack)(layer, widths);
const x = tf.variable(tf.randomNormal([batch, widths[0]], 0, 1, 'float32', 1));
const cotangent = tf.randomNormal([batch, widths.at(-1)], 0, 1, 'float32', 2);
const loss = () => tf.sum(tf.mul(apply(x), cotangent));
const both = () => tf.tidy(() => void tf.variableGrads(loss, [x, ...variables]).value.dataSync());
const forward = time(() => tf.tidy(() => void loss().dataSync()));
const forwardAndBackward = time(both);
const peakMegabytes = megabytes(process.resourceUsage().maxRSS * 1024 - before);
const { peakBytes } = await tf.profile(both);
const tensorMegabytes = megabytes(peakBytes - tensorsBefore);
console.log(JSON.stringify({ relaxedSimd, forward, forwardAndBackward, peakMegabytes, tensorMegabytes }));

/** Milliseconds of `rounds` runs (of fewer, at least 3, where they would take more than a second) after a warm-up. */
function time(run) {
  repeat(run, 200, 400);
  return repeat(run, rounds, 1000);
}

function repeat(run, most, budget) {
  const times = [];
  const end = performance.now() + budget;
  while (times.length < most && (times.length < 3 || performance.now() < end)) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return times;
}

function megabytes(bytes) {
  return Math.round(bytes / 2 ** 18) / 4;
}

function loadNative() {
  // Node.js 23 and later no longer have these two, which tfjs-node needs.
  util.isNullOrUndefined ??= (value) => value == null;
  util.isArray ??= Array.isArray;
  const { warn } = console;
  console.warn = () => {}; // its own copy of tfjs joins ours, and warns of every kernel that is there already
  createRequire(join(process.env.KANRECON_TFJS_NODE, 'package.json'))('@tensorflow/tfjs-node');
  console.warn = warn;
}
