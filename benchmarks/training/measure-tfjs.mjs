// One contender of training.bench.mjs and backbones.bench.mjs, in a process of its own, so that its peak of memory is its own: a backend of
// TensorFlow.js in one thread. Prints one JSON line.
//   --backend wasm | tensorflow (tfjs-node from KANRECON_TFJS_NODE) | cpu   --model NAME --size N --batch N --rounds N
//   --plain-layers   as any user of tfjs-layers predicts and trains: model.predict, model.apply, variableGrads, tf.train.adam; otherwise
//                    with this project's fused steps, lean gradients and fused AdamW
//   --what           forward,step or one of them
//   --plain-simd     without relaxed SIMD, where the engine has it switched off
import { createRequire } from 'node:module';
import { join } from 'node:path';
import util, { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { timed } from './timed.mjs';

const { values } = parseArgs({
  options: {
    backend: { type: 'string' },
    model: { type: 'string' },
    size: { type: 'string' },
    batch: { type: 'string' },
    rounds: { type: 'string' },
    'warm-up': { type: 'string', default: '2' },
    what: { type: 'string', default: 'forward,step' },
    'plain-layers': { type: 'boolean', default: false },
    'plain-simd': { type: 'boolean', default: false },
  },
});
const { backend } = values;
const [size, batch, rounds, warmUp] = [values.size, values.batch, values.rounds, values['warm-up']].map(Number);

// Node 20 knows relaxed SIMD (fused multiply-add) but has it switched off. Before anything asks for it.
if (!values['plain-simd'] && Number(process.versions.node.split('.')[0]) < 22) {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
}
const tf = await import('@tensorflow/tfjs-core');
await import('@tensorflow/tfjs-layers');
const kernels = await import('@kanrecon/tfjs-wasm-training');
let relaxedSimd;
if (backend === 'tensorflow') loadNative();
else await import(`@tensorflow/tfjs-backend-${backend}`);
if (backend === 'wasm') ({ relaxedSimd } = await kernels.enableWasmTraining());
await tf.setBackend(backend);

const { createNetwork, fusedAdamW, outputs, variablesOf } = await import('./network.mjs');
const model = createNetwork(values.model, size);
const x = tf.randomNormal([batch, size, size, 3], 0, 1, 'float32', 1);
const y = tf.randomUniform([batch, outputs], 0, 1, 'float32', 2);
const variables = variablesOf(model);
const step = values['plain-layers'] ? plainStep() : fusedStep();
const options = { rounds, batch, warmUp };
const predict = values['plain-layers']
  ? (images) => model.predict(images)
  : (images) => kernels.fusedPredict(model, images);
const what = values.what.split(',');
const forward = what.includes('forward')
  ? await timed(() => tf.tidy(() => void predict(x).dataSync()), options)
  : undefined;
const stepTime = what.includes('step') ? await timed(step, options) : undefined;
const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
console.log(JSON.stringify({ relaxedSimd, forward, step: stepTime, peakMegabytes }));

function plainStep() {
  const adam = tf.train.adam(1e-4);
  return () => {
    const loss = () => tf.losses.meanSquaredError(y, model.apply(x, { training: true }));
    const value = adam.minimize(loss, true, variables);
    value.dataSync();
    value.dispose();
  };
}

function fusedStep() {
  const update = fusedAdamW(variables, kernels.fusedAdamWStep);
  return () => {
    const loss = () => tf.losses.meanSquaredError(y, kernels.fusedApply(model, x));
    const { value, grads } = kernels.leanVariableGrads(loss, variables);
    update(({ name }) => grads[name]);
    value.dataSync();
    tf.dispose([value, grads]);
  };
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
