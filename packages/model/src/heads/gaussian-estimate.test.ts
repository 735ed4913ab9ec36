import '@tensorflow/tfjs-backend-cpu';
import { leanVariableGrads } from '@kanrecon/tfjs-wasm-training';
import { memory, setBackend, type Tensor2D, tensor2d, tidy, valueAndGrad, variable } from '@tensorflow/tfjs-core';
import { layers, model as layersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadNativeBackend } from '../../../../tests/load-native-backend.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { Reconstructor } from '../network/reconstructor.js';
import { parseReconstructorConfig } from '../network/reconstructor-config.js';
import { AdamW } from '../optimization/adamw.js';
import { trainStep } from '../optimization/train-step.js';
import { buildHead } from './build-head.js';
import { gaussianEstimate, gaussianLoss } from './gaussian-estimate.js';
import { headOfConfig } from './head-of-config.js';

const [n, k] = [3, 2];
const outputs = [0.1, 0.9, -2, 3, 0.45, -0.3, 0.5, -30, 2.5, 0.2, 12, 40];
const targets = [0.2, 0.8, 0.5, 0.1, 0.4, 1];

/** What is made small, in double precision, with the weights and errors through which no gradient goes taken from other outputs. */
function plainLoss(all: readonly number[], others: readonly number[]): number {
  const logVariance = (output: number) =>
    7.5 * Math.tanh(output / 7.5 + Math.atanh((Math.log(1 / 12) + 6.5) / 7.5)) - 6.5;
  let sum = 0;
  for (let row = 0; row < n; row++) {
    for (let i = 0; i < k; i++) {
      const at = row * 2 * k + i;
      const squared = (values: readonly number[]) => (values[at]! - targets[row * k + i]!) ** 2;
      const log = logVariance(all[at + k]!);
      const weight = Math.exp(logVariance(others[at + k]!) / 2);
      sum += squared(all) + (0.1 * weight * (squared(others) / Math.exp(log) + log)) / 2;
    }
  }
  return sum / (n * k);
}

function lossAndGradient(all: readonly number[] = outputs): { loss: number; gradient: Float32Array } {
  return tidy(() => {
    const wanted = tensor2d(targets, [n, k]);
    const found = valueAndGrad((x) => gaussianLoss(x as Tensor2D, wanted))(tensor2d([...all], [n, 2 * k]));
    return { loss: found.value.dataSync()[0]!, gradient: found.grad.dataSync<'float32'>().slice() };
  });
}

const hasNative = loadNativeBackend('The Gaussian loss on tfjs-node');

describe.each(['cpu', 'wasm', 'tensorflow'])('the loss on %s', (backend) => {
  const skip = backend === 'tensorflow' && !hasNative;
  beforeAll(async () => {
    if (backend === 'wasm') await useWasmTraining();
    else if (!skip) await setBackend(backend);
  });

  it.skipIf(skip)(
    'is the squared error of the means, with the finite differences of what is made small as gradient',
    () => {
      const { loss, gradient } = lossAndGradient();
      const errors = targets.map((wanted, i) => outputs[2 * k * Math.floor(i / k) + (i % k)]! - wanted);
      expect(loss).toBeCloseTo(errors.reduce((sum, error) => sum + error ** 2, 0) / (n * k), 6);
      const step = 1e-5;
      outputs.forEach((value, i) => {
        const moved = (by: number) => plainLoss(outputs.with(i, value + by), outputs);
        const expected = (moved(step) - moved(-step)) / (2 * step);
        expect(Math.abs(gradient[i]! - expected), `output ${i}`).toBeLessThan(1e-4 * Math.abs(expected) + 1e-6);
      });
    },
  );

  it.skipIf(skip)('is no number where any output is none', () => {
    expect(lossAndGradient(outputs.with(0, Number.NaN)).loss).toBeNaN();
    expect(lossAndGradient(outputs.with(k, Number.NaN)).loss).toBeNaN();
  });

  it.skipIf(skip)('leaves no tensor behind', () => {
    const before = memory().numTensors;
    lossAndGradient();
    expect(memory().numTensors).toBe(before);
  });
});

it('gives the same gradients where activations are freed on the way', async () => {
  await useWasmTraining();
  const all = variable(tensor2d(outputs, [n, 2 * k]));
  const wanted = tensor2d(targets, [n, k]);
  const { value, grads } = leanVariableGrads(() => gaussianLoss(all as unknown as Tensor2D, wanted), [all]);
  const { loss, gradient } = lossAndGradient();
  expect(value.dataSync()[0]).toBe(loss);
  expect(grads[all.name]!.dataSync()).toEqual(gradient);
});

describe('a network that says how sure it is', () => {
  it('is surer of what shows than of what does not, and its means are those of any other', async () => {
    await useWasmTraining();
    const names = ['light', 'noise'];
    const config = parseReconstructorConfig({ imageSize: 32, head: { type: 'mlp', uncertainty: 'gaussian' } });
    const input = layers.input({ shape: [32, 32, 3] }) as unknown as SymbolicTensor;
    const pooled = layers.globalAveragePooling2d({}).apply(input) as SymbolicTensor;
    const spec = headOfConfig(config.head);
    const model = layersModel({ inputs: input, outputs: buildHead(pooled, spec, config.head, spec.outputs(k), 5) });
    const reconstructor = new Reconstructor({
      config,
      model,
      targets: names.map((name) => ({ name, min: 0, max: 10 })),
    });
    expect(reconstructor.outputs).toBe(4);
    const count = 16;
    const images = Uint8Array.from({ length: count * 3072 }, (_, i) => 15 * Math.floor(i / 3072));
    const optimizer = new AdamW({ learningRate: 0.05, weightDecay: 0 });
    let state = 7;
    for (let step = 0; step < 300; step++) {
      const wanted = Float32Array.from({ length: 2 * count }, (_, i) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return i % 2 ? state / 2 ** 32 : Math.floor(i / 2) / count;
      });
      expect(await trainStep(reconstructor, optimizer, images, wanted, { step })).toBeGreaterThan(0);
    }
    const { mean, spread } = await reconstructor.predictBatchWithSpread(images, { batchSize: 5 });
    expect(mean).toEqual(await reconstructor.predictBatch(images, { batchSize: 5 }));
    const of = (values: Float32Array, i: number) => values.filter((_, at) => at % 2 === i).sort()[count / 2]!;
    // A number of which nothing shows has the standard deviation √(1/12) = .29.
    expect(of(spread!, 1)).toBeGreaterThan(0.2);
    expect(of(spread!, 1)).toBeLessThan(0.4);
    expect(of(spread!, 0)).toBeLessThan(of(spread!, 1) / 2);
    const one = await reconstructor.predict({ width: 32, height: 32, data: images.subarray(0, 3072) });
    expect(one.spread![0]).toBeCloseTo(spread![0]!, 5);
    optimizer.dispose();
    reconstructor.dispose();
  });

  it('decodes rows of means and log variances, however far off these are', () => {
    const { mean, spread } = gaussianEstimate.decode(Float32Array.from(outputs), k);
    expect([...mean].map((value) => Number(value.toFixed(3)))).toEqual([0.1, 0.9, 0.45, -0.3, 2.5, 0.2]);
    // An output of 0 would be √(1/12); the ends are e^-7 and √e.
    expect(spread![3]).toBeCloseTo(Math.exp(-7), 4);
    expect(spread![5]).toBeCloseTo(Math.exp(0.5), 3);
    expect(gaussianEstimate.decode(new Float32Array(2), 1).spread![0]).toBeCloseTo(Math.sqrt(1 / 12), 6);
  });
});
