// One contender of kan.bench.mjs, in a process of its own, so that its peak of memory is its own: a stack of layers on a backend of
// TensorFlow.js in one thread. Prints one JSON line.
//   --backend wasm | tensorflow (tfjs-node from KANRECON_TFJS_NODE) | cpu   --layer NAME --widths 1280,6 --batch N --rounds N
//   --training-kernels   with enableWasmTraining()
//   --plain              the plain port and not this project's layer
import { createRequire } from 'node:module';
import { join } from 'node:path';
import util from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { readContenderArguments } from './contender-arguments.mjs';

const {
  backend,
  plain,
  'training-kernels': trainingKernels,
  ...what
} = readContenderArguments('training-kernels', 'plain');

// Node 20 knows relaxed SIMD (fused multiply-add) but has it switched off. Before anything asks for it.
if (trainingKernels && Number(process.versions.node.split('.')[0]) < 22) {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
}
const tf = await import('@tensorflow/tfjs-core');
await import('@tensorflow/tfjs-layers');
if (backend === 'tensorflow') loadNative();
else await import(`@tensorflow/tfjs-backend-${backend}`);
if (backend === 'wasm') (await import('@tensorflow/tfjs-backend-wasm')).setThreadsCount(1);
let relaxedSimd;
if (trainingKernels) {
  const { enableWasmTraining } = await import('@kanrecon/tfjs-wasm-training');
  ({ relaxedSimd } = await enableWasmTraining());
}
await tf.setBackend(backend);
await tf.ready();
const { megabytes, measureStack } = await import('./measure-stack.mjs');

const before = process.memoryUsage().rss;
let peak;
const measured = await measureStack({
  ...what,
  plain,
  read(tensor) {
    tensor.dataSync();
    tensor.dispose();
  },
  beforeProfile: () => (peak = process.resourceUsage().maxRSS * 1024),
});
console.log(JSON.stringify({ relaxedSimd, ...measured, peakMegabytes: megabytes(peak - before) }));

function loadNative() {
  // Node.js 23 and later no longer have these two, which tfjs-node needs.
  util.isNullOrUndefined ??= (value) => value == null;
  util.isArray ??= Array.isArray;
  const { warn } = console;
  console.warn = () => {}; // its own copy of tfjs joins ours, and warns of every kernel that is there already
  createRequire(join(process.env.KANRECON_TFJS_NODE, 'package.json'))('@tensorflow/tfjs-node');
  console.warn = warn;
}
