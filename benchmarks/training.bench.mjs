// Milliseconds per image, forward and training step, of SqueezeNet 1.1 and EfficientNet-B0 through plain tfjs-layers, one
// thread; beside it, one thread each, tfjs-node where the environment variable KANRECON_TFJS_NODE names its folder (see
// docs/backends.md) and PyTorch where python3 has it. Writes results/training.json.
//   node benchmarks/training.bench.mjs [--backend wasm,cpu] [--sizes 64,96,128] [--models squeezeNet11,efficientNetB0]
//                                      [--batch 16] [--rounds 5] [--no-relaxed] [--no-torch] [--no-native]
// Every figure is a median of the rounds, by the clock and in CPU time of the process; the second is the one to compare on
// a machine that is busy with other work.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import util, { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';

const { values } = parseArgs({
  options: {
    backend: { type: 'string', default: 'wasm' },
    sizes: { type: 'string', default: '64,96,128' },
    models: { type: 'string', default: 'squeezeNet11,efficientNetB0' },
    batch: { type: 'string', default: '16' },
    rounds: { type: 'string', default: '5' },
    'no-relaxed': { type: 'boolean', default: false },
    'no-torch': { type: 'boolean', default: false },
    'no-native': { type: 'boolean', default: false },
    // Used by the program itself: measures tfjs-node and prints a JSON line a result, in a process of its own.
    'native-only': { type: 'boolean', default: false },
  },
});
const batch = Number(values.batch);
const rounds = Number(values.rounds);
const sizes = values.sizes.split(',').map(Number);
const models = values.models.split(',');

// Node 20 knows relaxed SIMD (fused multiply-add) but has it switched off. Before anything asks for it.
if (!values['no-relaxed'] && Number(process.versions.node.split('.')[0]) < 22) {
  setFlagsFromString('--experimental-wasm-relaxed-simd');
}
await import('@tensorflow/tfjs-backend-cpu');
await import('@tensorflow/tfjs-backend-wasm');
const tf = await import('@tensorflow/tfjs-core');
const layers = await import('@tensorflow/tfjs-layers');
const { backboneByName } = await import('@kanrecon/backbones');
const { enableWasmTraining, fusedAdamWStep } = await import('@kanrecon/tfjs-wasm-training');

const load = loadavg().map((value) => Number(value.toFixed(1)));
const { relaxedSimd } = await enableWasmTraining();
const results = [];
if (values['native-only']) {
  loadNative();
  await tf.setBackend('tensorflow');
  for (const name of models) {
    for (const size of sizes) console.log(JSON.stringify({ ...measure('tensorflow', name, size), who: 'tfjs-node' }));
  }
  process.exit();
}
for (const backend of values.backend.split(',')) {
  await tf.setBackend(backend);
  for (const name of models) for (const size of sizes) report(measure(backend, name, size));
}
if (!values['no-native']) native();
if (!values['no-torch']) torch();

const file = new URL('results/training.json', import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version, relaxedSimd, loadBefore: load };
const record = {
  what: 'Milliseconds per image, one thread. Forward and training step (mean squared error, Adam).',
  date: new Date().toISOString(),
  machine,
  batch,
  rounds,
  results,
};
writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`);

function measure(backend, name, size) {
  const base = backboneByName(name).create({ imageSize: size, seed: 1 });
  const head = layers.layers.dense({ units: 6 }).apply(base.outputs[0]);
  const model = layers.model({ inputs: base.inputs, outputs: head });
  const x = tf.randomNormal([batch, size, size, 3], 0, 1, 'float32', 1);
  const y = tf.randomUniform([batch, 6], 0, 1, 'float32', 2);
  const variables = model.trainableWeights.map((weight) => weight.val);
  const loss = () => tf.losses.meanSquaredError(y, model.apply(x, { training: true }));
  const forward = timed(() => tf.tidy(() => model.predict(x).dataSync()));
  const adam = tf.train.adam(1e-4);
  const step = timed(() => {
    const value = adam.minimize(loss, true, variables);
    value.dataSync();
    value.dispose();
  });
  const fused = fusedOptimizer(variables, loss);
  const fusedStep = timed(fused.step);
  fused.dispose();
  adam.dispose();
  tf.dispose([x, y]);
  model.dispose();
  const rssMegabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
  return { who: `tfjs ${backend}`, model: name, size, forward, step, stepWithFusedAdamW: fusedStep, rssMegabytes };
}

function fusedOptimizer(variables, loss) {
  const zeros = (variable) => tf.variable(tf.zeros(variable.shape), false);
  const state = variables.map((parameter) => ({
    parameter,
    firstMoment: zeros(parameter),
    secondMoment: zeros(parameter),
  }));
  let count = 0;
  return {
    step() {
      const { value, grads } = tf.variableGrads(loss, variables);
      count++;
      for (const part of state) {
        const gradient = grads[part.parameter.name];
        fusedAdamWStep({ ...part, gradient }, { step: count, learningRate: 1e-4 });
      }
      value.dataSync();
      tf.dispose([value, grads]);
    },
    dispose: () => tf.dispose(state.flatMap(({ firstMoment, secondMoment }) => [firstMoment, secondMoment])),
  };
}

/** Milliseconds per image by the clock and of CPU time: medians, after two rounds of warming up. */
function timed(run) {
  const times = [];
  const cpuTimes = [];
  for (let round = -2; round < rounds; round++) {
    const start = performance.now();
    const startCpu = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(startCpu);
    if (round < 0) continue;
    times.push((performance.now() - start) / batch);
    cpuTimes.push((user + system) / 1000 / batch);
  }
  return { clock: median(times), cpu: median(cpuTimes) };
}

function median(values) {
  return Math.round(values.sort((a, b) => a - b)[values.length >> 1] * 100) / 100;
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

function native() {
  if (!process.env.KANRECON_TFJS_NODE) {
    console.log('tfjs-node is skipped: KANRECON_TFJS_NODE does not name a folder that has it.');
    return;
  }
  const args = [fileURLToPath(import.meta.url), '--native-only', '--models', models.join(), '--sizes', sizes.join()];
  args.push('--batch', String(batch), '--rounds', String(rounds));
  const env = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', TF_CPP_MIN_LOG_LEVEL: '2', ...process.env };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8, env });
  if (status !== 0) console.log(`tfjs-node is skipped: ${stderr.trim().split('\n').at(-1)}`);
  for (const line of stdout.split('\n')) if (line.startsWith('{')) report(JSON.parse(line));
}

function torch() {
  const script = fileURLToPath(new URL('training-torch.py', import.meta.url));
  const args = [script, models.join(','), sizes.join(','), String(batch), String(rounds)];
  for (const python of ['/usr/bin/python3', 'python3']) {
    const { status, stdout } = spawnSync(python, args, { encoding: 'utf8', maxBuffer: 1e8 });
    if (status !== 0) continue;
    for (const line of stdout.trim().split('\n')) report(JSON.parse(line));
    return;
  }
  console.log('PyTorch is skipped: no python3 with torch and torchvision here.');
}

function report(result) {
  results.push(result);
  const show = ({ clock, cpu }) => `${clock.toFixed(2)} (CPU ${cpu.toFixed(2)})`;
  const fused = result.stepWithFusedAdamW ? `, with fusedAdamWStep ${show(result.stepWithFusedAdamW)}` : '';
  console.log(
    `${result.who.padEnd(30)} ${result.model} ${result.size} px: forward ${show(result.forward)}, step ${show(result.step)}${fused} ms per image`,
  );
}
