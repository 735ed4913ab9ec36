// Trains at the end of the 4 GB WASM heap: fills it but for some room, then takes steps with batches of many sizes around what
// fits, by trainOnBatch, fit, tf's minimize and the project's own step. A batch repeats four images, so every step has the same
// loss and the same new weights whatever its size. Each step must give them, or be refused in clear words and leave weights,
// tensors and the heap as they were; then nine tenths of what had fitted at first must fit again.
//
//     node packages/training/scripts/heap-sweep.mjs [sizes per case, default 60] [rooms in MB, default 96,300]
import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { AdamW, createReconstructor, trainStep } from '@kanrecon/model';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import * as layers from '@tensorflow/tfjs-layers';

const { enableWasmTraining, fusedAdamWStep, fusedApply, leanVariableGrads } = await import(
  process.env.TRAINING_KERNELS ?? '@kanrecon/tfjs-wasm-training'
);

const sizesPerCase = Number(process.argv[2] ?? 60);
const rooms = (process.argv[3] ?? '96,300').split(',').map(Number);
const MB = 2 ** 20;
const REFUSAL = /^wasm backend: out of memory; expected room for .* Use a smaller batch or smaller images\.$/;

if (process.versions.node.startsWith('20.')) setFlagsFromString('--experimental-wasm-relaxed-simd');
await enableWasmTraining();
await tf.setBackend('wasm');
const backend = tf.backend();
const seed = 7;

/** Bytes of blocks that are handed out. */
const blocks = new Map();
const { _malloc, _free } = backend.wasm;
backend.wasm._malloc = (bytes) => {
  const address = _malloc(bytes);
  blocks.set(address, bytes);
  return address;
};
backend.wasm._free = (address) => {
  blocks.delete(address);
  _free(address);
};

function network() {
  const { conv2d, batchNormalization, reLU, maxPooling2d, flatten, dense } = layers.layers;
  const kernelInitializer = layers.initializers.heNormal({ seed });
  return layers.sequential({
    layers: [
      conv2d({ inputShape: [32, 32, 3], filters: 8, kernelSize: 3, padding: 'same', kernelInitializer }),
      batchNormalization(),
      reLU({}),
      conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'same', kernelInitializer, activation: 'relu' }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 16, kernelInitializer, activation: 'relu' }),
      dense({ units: 3, kernelInitializer }),
    ],
  });
}

const numbers = (count, scale) => Float32Array.from({ length: count }, (_, i) => ((i * 7919) % 251) * scale);

/** A way to take steps: `step(count)` gives the loss, `leaves(count)` is what tfjs-layers itself keeps of a refused one. */
function tfjsCase(name, take, leaves) {
  return async () => {
    const model = network();
    model.compile({ optimizer: tf.train.momentum(0.01, 0.9), loss: 'meanSquaredError', metrics: ['mse'] });
    const [x, y] = [tf.tensor(numbers(4 * 32 * 32 * 3, 0.004), [4, 32, 32, 3]), tf.tensor(numbers(12, 0.002), [4, 3])];
    const start = model.getWeights().map((weight) => weight.dataSync());
    return {
      name,
      leaves,
      weights: () => model.weights.map((weight) => weight.read().dataSync()),
      restore() {
        const values = model.weights.map((weight, i) => tf.tensor(start[i], weight.read().shape));
        model.setWeights(values);
        tf.dispose(values);
        tf.dispose(model.optimizer.accumulations.map(({ variable }) => variable));
        model.optimizer.accumulations = [];
      },
      async step(count) {
        const [images, wanted] = tf.tidy(() => [tf.tile(x, [count / 4, 1, 1, 1]), tf.tile(y, [count / 4, 1])]);
        try {
          return await take(model, images, wanted);
        } finally {
          tf.dispose([images, wanted]);
        }
      },
    };
  };
}

/** A large ε, so that a gradient that is zero but for rounding does not become a whole step. */
function createOptimizer() {
  return new AdamW({ fusedStep: fusedAdamWStep, epsilon: 1e-2 });
}

async function ownCase() {
  const size = 32;
  const reconstructor = createReconstructor({
    imageSize: size,
    backbone: 'smallCnn',
    head: { type: 'mlp', dropout: 0 },
    seed,
    targets: ['a', 'b', 'c'].map((name) => ({ name, min: 0, max: 1 })),
  });
  const pixels = Uint8Array.from({ length: 4 * size * size * 3 }, (_, i) => (i * 7919) % 251);
  const targets = numbers(12, 0.002);
  const { model } = reconstructor;
  const start = model.weights.map((weight) => weight.read().dataSync());
  let optimizer = createOptimizer();
  return {
    name: 'own step',
    weights: () => model.weights.map((weight) => weight.read().dataSync()),
    restore() {
      const values = model.weights.map((weight, i) => tf.tensor(start[i], weight.read().shape));
      model.weights.forEach((weight, i) => {
        weight.write(values[i]);
      });
      tf.dispose(values);
      optimizer.dispose();
      optimizer = createOptimizer();
    },
    step(count) {
      const images = new Uint8Array(count * size * size * 3);
      const wanted = new Float32Array(count * 3);
      for (let i = 0; i < count; i += 4) {
        images.set(pixels, i * size * size * 3);
        wanted.set(targets, i * 3);
      }
      return trainStep(reconstructor, optimizer, images, wanted, {
        step: 0,
        apply: fusedApply,
        variableGrads: leanVariableGrads,
      });
    },
  };
}

/** `fit` makes a tensor of the samples' numbers and frees it only when the epoch ends. */
function fitLeaves(count) {
  return { numTensors: 1, numDataBuffers: 1, dataIds: 1, numBytes: 4 * count };
}

const cases = [
  tfjsCase('trainOnBatch', async (model, x, y) => (await model.trainOnBatch(x, y))[0]),
  tfjsCase(
    'fit',
    async (model, x, y) => {
      const { history } = await model.fit(x, y, { batchSize: x.shape[0], epochs: 1, shuffle: false, verbose: 0 });
      return history.loss[0];
    },
    fitLeaves,
  ),
  tfjsCase('minimize', async (model, x, y) => {
    const loss = () => tf.losses.meanSquaredError(y, model.apply(x, { training: true }));
    const value = model.optimizer.minimize(loss, true);
    const number = value.dataSync()[0];
    value.dispose();
    return number;
  }),
  ownCase,
];

/** Takes all memory but `room` bytes at the heap's end, in blocks that are reserved and never written. */
function fill(room) {
  const reserved = [];
  for (const kilobytes of [262144, 16384, 1024, 64]) {
    try {
      for (;;) reserved.push(backend.makeOutput([kilobytes, 256], 'float32'));
    } catch {}
  }
  const byAddress = reserved.sort((a, b) => address(b) - address(a));
  const size = ({ shape }) => shape[0] * 1024;
  for (let left = room; left > 0 && byAddress.length > 0; ) {
    const block = byAddress.find((candidate) => size(candidate) <= Math.max(left, 65536)) ?? byAddress[0];
    byAddress.splice(byAddress.indexOf(block), 1);
    left -= size(block);
    backend.disposeData(block.dataId);
  }
  return byAddress;
}

const address = ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset;
const used = () => {
  const { numTensors, numDataBuffers, numBytes } = tf.memory();
  const bytes = [...blocks.values()].reduce((sum, size) => sum + size, 0);
  return { numTensors, numDataBuffers, numBytes, dataIds: backend.numDataIds(), blocks: blocks.size, bytes };
};
const difference = (a, b) => {
  let most = 0;
  for (const [i, values] of a.entries())
    for (const [j, value] of values.entries()) most = Math.max(most, Math.abs(value - b[i][j]));
  return most;
};
const same = (a, b) =>
  a.every((values, i) => Buffer.compare(Buffer.from(values.buffer), Buffer.from(b[i].buffer)) === 0);

let faults = 0;
for (const create of cases) {
  const training = await create();
  // The reference, with an empty heap; a second step brings caches and scratch buffers to their size.
  training.restore();
  await training.step(4);
  training.restore();
  const loss = await training.step(4);
  const trained = training.weights();
  for (const room of rooms) {
    const reserved = fill(room * MB);
    let [done, refused, wrong, highest] = [0, 0, 0, 0];
    const fault = (count, words) => {
      wrong++;
      if (wrong <= 5) console.log(`  ${training.name}, ${room} MB, batch ${count}: ${words}`);
    };
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    const check = async (count, mustFit) => {
      try {
        training.restore();
      } catch (error) {
        return fault(count, `the weights cannot be set: ${error.message}`);
      }
      const before = training.weights();
      const usedBefore = used();
      try {
        const actual = await training.step(count);
        done++;
        most = Math.max(most, count);
        const error = Math.abs(actual - loss) / loss;
        if (!(error < 1e-4)) fault(count, `loss ${actual} instead of ${loss}`);
        const change = difference(training.weights(), trained);
        if (!(change < 1e-4)) fault(count, `weights differ by ${change}`);
      } catch (error) {
        refused++;
        least = Math.min(least, count);
        if (mustFit) fault(count, `fitted before, now ${error.message}`);
        if (!REFUSAL.test(error.message)) fault(count, `${error.name}: ${error.message}`);
        if (!same(training.weights(), before)) fault(count, 'refused, but the weights have changed');
        const after = used();
        // Scratch buffers may have grown: they are few, and kept for the next step.
        const { bytes: _, blocks: __, ...counts } = after;
        const left = training.leaves?.(count) ?? {};
        for (const [key, value] of Object.entries(counts)) {
          const expected = usedBefore[key] + (left[key] ?? 0);
          if (value !== expected) fault(count, `refused, and ${key} is ${value} instead of ${expected}`);
        }
        highest = Math.max(highest, after.bytes - usedBefore.bytes);
      }
    };
    // What fits, roughly, by doubling; then sizes around it.
    let limit = 4;
    for (; limit < 40000 && refused === 0; limit *= 2) await check(limit, false);
    let [low, high] = [limit / 4, limit / 2];
    while (high - low > 4) {
      const middle = Math.round((low + high) / 8) * 4;
      const before = refused;
      await check(middle, false);
      if (refused > before) high = middle;
      else low = middle;
    }
    for (let i = 0; i < sizesPerCase; i++) {
      const spread = randomBytes(2).readUInt16LE() / 65536;
      await check(Math.max(4, Math.round((low * (0.7 + 0.6 * spread)) / 4) * 4), false);
      await check(Math.round((low * 0.9) / 4) * 4, true);
    }
    for (const { dataId } of reserved) backend.disposeData(dataId);
    faults += wrong;
    console.log(
      `${training.name}, ${room} MB: ${done} steps taken (largest batch ${most}), ${refused} refused (smallest ${least}), ${wrong} wrong; scratch grew by ${(highest / MB).toFixed(1)} MB`,
    );
  }
}
console.log(faults === 0 ? 'no fault' : `${faults} faults`);
process.exitCode = faults === 0 ? 0 : 1;
