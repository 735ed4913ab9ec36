import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { EfficientKAN, type KANLayer } from '../../src/index.js';
import { goldenErrors } from '../golden-errors.js';
import { type Golden, goldenLayers } from '../golden-layers.js';
import { gradientSetting } from '../gradient-setting.js';
import { cases } from '../layers.js';
import { relativeError } from '../numbers.js';
import { throughText } from '../through-text.js';

/** What the page runs for the test: each takes and gives JSON, on the backend that {@link startBackend} started. */
export const checks = {
  startBackend,
  golden: (name: string, file: Golden) => goldenErrors(goldenLayers.find(({ f }) => f === name)!.make(file), file),
  gradients,
  saveAndLoad,
  leaks,
  extremes,
  gridOnDevice,
};

/** Whether the browser has the backend and it computes. */
async function startBackend(name: string): Promise<boolean> {
  if (!tf.engine().registryFactory[name]) return false;
  // Otherwise tfjs computes tensors of fewer than 1000 numbers, which those of a test are, on the CPU.
  tf.env().set('CPU_HANDOFF_SIZE_THRESHOLD', 0);
  for (const flag of ['WEBGL_CPU_FORWARD', 'WEBGPU_CPU_FORWARD']) tf.env().set(flag, false);
  try {
    if (!(await tf.setBackend(name))) return false;
    return (await tf.add(1, tf.tensor1d([1, 2])).data())[1] === 3;
  } catch {
    return false;
  }
}

function makeCase(name: string, units: number, extra?: object): KANLayer {
  return cases.find((each) => each.name === name)!.make(units, extra);
}

/** A direction of ±1, the same each time. */
function signs(shape: number[], seed: number): tf.Tensor {
  return tf.sub(tf.mul(tf.step(tf.randomUniform(shape, -1, 1, 'float32', seed)), 2), 1);
}

/**
 * Compares the gradient of every weight and of the input, along two directions, with central differences (Richardson's step from
 * two of them, as in the tests in Node).
 *
 * @returns the difference relative to the larger of 1 and the gradient's sum of absolute values
 */
async function gradients(name: string): Promise<Record<string, number>> {
  const layer = makeCase(name, 2);
  layer.build([null, 3]);
  const { variables, loss, grads } = gradientSetting(layer);
  const errors: Record<string, number> = {};
  for (const [i, variable] of variables.entries()) {
    const original = variable.clone();
    const gradient = grads[variable.name]!;
    const size = Math.max(1, (await tf.sum(tf.abs(gradient)).data())[0]!);
    let worst = 0;
    for (const seed of [2 * i + 1, 2 * i + 2]) {
      const direction = signs(variable.shape, seed);
      const at = async (step: number) => {
        variable.assign(tf.add(original, tf.mul(direction, step)));
        return (await loss().data())[0]!;
      };
      const difference = async (step: number) => ((await at(step)) - (await at(-step))) / (2 * step);
      const numeric = (4 * (await difference(8e-3)) - (await difference(1.6e-2))) / 3;
      const analytic = (await tf.sum(tf.mul(gradient, direction)).data())[0]!;
      const error = Math.abs(numeric - analytic) / size;
      worst = Math.max(worst, Number.isNaN(error) ? Number.POSITIVE_INFINITY : error);
    }
    variable.assign(original);
    errors[variable.name] = worst;
  }
  return errors;
}

/** Relative error of the outputs of a model that was saved and loaded. */
async function saveAndLoad(name: string): Promise<{ error: number; sameConfiguration: boolean }> {
  const layer = makeCase(name, 2, { name: 'My_layer', kernelRegularizer: 'l1l2' });
  const model = sequential({ layers: [layers.inputLayer({ inputShape: [3] }), layer] });
  const x = tf.randomUniform([4, 3], -2, 2, 'float32', 5);
  const before = await (model.predict(x) as tf.Tensor).data();
  const loaded = await throughText(model);
  const error = relativeError(await (loaded.predict(x) as tf.Tensor).data(), before);
  const configuration = (each: layers.Layer) => JSON.stringify(each.getConfig());
  return { error, sameConfiguration: configuration(loaded.getLayer('My_layer')) === configuration(layer) };
}

/** Tensors and their buffers that are left after further training and prediction, and after dispose. */
async function leaks(name: string): Promise<Record<string, number>> {
  const x = tf.randomUniform([8, 3], -1, 1, 'float32', 1);
  const y = tf.randomUniform([8, 1], -1, 1, 'float32', 2);
  const start = tf.memory();
  const model = sequential({ layers: [layers.inputLayer({ inputShape: [3] }), makeCase(name, 2), makeCase(name, 1)] });
  const optimizer = tf.train.adam(0.01);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const fit = () => model.fit(x, y, { epochs: 1, batchSize: 4, verbose: 0 });
  const { history } = await fit();
  const trained = tf.memory();
  await fit();
  (model.predict(x, { batchSize: 4 }) as tf.Tensor).dispose();
  const again = tf.memory();
  model.dispose();
  optimizer.dispose();
  const end = tf.memory();
  return {
    afterTraining: again.numTensors - trained.numTensors,
    buffersAfterTraining: again.numDataBuffers - trained.numDataBuffers,
    afterDispose: end.numTensors - start.numTensors,
    buffersAfterDispose: end.numDataBuffers - start.numDataBuffers,
    lossIsFinite: Number(Number.isFinite(history['loss']!.at(-1))),
  };
}

/** How many outputs and gradients are not finite at huge, saturated and constant inputs. */
async function extremes(name: string): Promise<number> {
  const layer = makeCase(name, 2);
  layer.build([null, 3]);
  const f = (input: tf.Tensor) => tf.sum(tf.mul(layer.apply(input) as tf.Tensor, 0.5)) as tf.Scalar;
  let wrong = 0;
  for (const rows of [
    [-1, 1, 0, 0.2],
    [-1.4, 2.2, 30, -30],
    [1e3, 1e6, -1e6, 1e-30],
  ]) {
    const x = tf.tensor2d(rows.map((value) => [value, value, value]));
    const values = [layer.apply(x) as tf.Tensor, tf.grad(f)(x), ...Object.values(tf.variableGrads(() => f(x)).grads)];
    for (const value of values) wrong += (await value.data()).filter((v) => !Number.isFinite(v)).length;
  }
  return wrong;
}

/**
 * A spline layer whose grid was computed on the device and is nowhere else, called three times: how far are its outputs from
 * those of one whose grid came from here, and how many kernels did each call run?
 */
async function gridOnDevice(): Promise<{ errors: number[]; kernels: number[]; kernelsOfUniform: number }> {
  const make = () => {
    const layer = new EfficientKAN({ units: 2, seed: 3, scaleNoise: 3 });
    layer.build([null, 3]);
    return layer;
  };
  const [plain, computed] = [make(), make()];
  const { grid } = computed.gridVariables!;
  grid.write(tf.mul(tf.mul(grid.read(), 2), 0.5));
  const x = tf.randomUniform([4, 3], -1, 1, 'float32', 5);
  const profiled = async (layer: KANLayer) => {
    let y: tf.Tensor | undefined;
    const { kernels } = await tf.profile(() => {
      y = layer.apply(x) as tf.Tensor;
      return y;
    });
    return { values: await y!.data(), kernels: kernels.length };
  };
  const expected = await profiled(plain);
  const errors: number[] = [];
  const kernels: number[] = [];
  for (let call = 0; call < 3; call++) {
    const got = await profiled(computed);
    kernels.push(got.kernels);
    errors.push(relativeError(got.values, expected.values));
    // Time for the knots to arrive, where they do so later.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { errors, kernels, kernelsOfUniform: expected.kernels };
}
