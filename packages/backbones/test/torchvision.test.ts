import { disableWasmTraining, enableWasmTraining } from '@kanrecon/tfjs-wasm-training';
import { memory, mul, type Scalar, sum, type Tensor, tensor, tidy, variableGrads } from '@tensorflow/tfjs-core';
import { type LayersModel, model as makeModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BackboneName,
  backboneByName,
  backboneNames,
  loadTorchWeights,
  stageOutputNames,
  torchWeightNames,
} from '../src/index.js';
import { torchVariables } from '../src/internal/torch-variables.js';
import { backends, useBackend } from './backends.js';
import { families } from './families.js';
import { useFastFilterGradient } from './fast-filter-gradient.js';
import { formulaImage, formulaNumbers, formulaStateDict, readGolden } from './formula-weights.js';

/** Largest absolute difference over the largest absolute value expected. */
function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  expect(actual.length).toBe(expected.length);
  let [worst, scale] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs((actual[i] as number) - (expected[i] as number));
    worst = Number.isNaN(difference) ? Number.NaN : Math.max(worst, difference);
    scale = Math.max(scale, Math.abs(expected[i] as number));
  }
  return worst / scale;
}

function statistics(values: ArrayLike<number>) {
  let [sum, squares, absMax] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    sum += value;
    squares += value * value;
    absMax = Math.max(absMax, Math.abs(value));
  }
  const mean = sum / values.length;
  // torch's `std` divides by n − 1.
  return { mean, std: Math.sqrt((squares - values.length * mean * mean) / (values.length - 1)), absMax };
}

function euclideanNorm(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] as number) ** 2;
  return Math.sqrt(squares);
}

/** Puts right what keeps a backend from training these networks, or from doing so in a test's time; returns what undoes it. */
async function supplyGradients(backend: string): Promise<() => void> {
  if (backend === 'cpu') return useFastFilterGradient();
  if (backend !== 'wasm') return () => undefined;
  await enableWasmTraining(); // stock wasm has no gradients of convolutions
  return disableWasmTraining;
}

/**
 * How far features and gradient norms in training may be off. Batch statistics over the few pixels of deep networks magnify rounding,
 * and ReLU6 has two kinks: torch's own single precision is off from its double precision by 1.3e-4 and 1.5e-4 for B4 and by 9e-5 and
 * 3.5e-3 for Lite0, by less for the others.
 */
function trainingTolerance(name: BackboneName): { features: number; gradients: number } {
  const hard = name === 'efficientNetB4' || name === 'efficientNetLite0';
  return hard ? { features: 5e-4, gradients: 1e-2 } : { features: 1e-4, gradients: 1e-3 };
}

describe.each(backends)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  // The cpu backend takes minutes for a large network; what it computes is the same for all.
  describe.each(backend === 'cpu' ? families : backboneNames)('%s', (name) => {
    const golden = readGolden(name);
    // Made when these tests begin: millions of numbers each.
    let stateDict: ReturnType<typeof formulaStateDict> = {};
    const image = () => {
      const [batch, channels, height, width] = golden.input.shape as [number, number, number, number];
      return tensor(formulaImage(golden.input.shape), [batch, height, width, channels]);
    };
    let model: LayersModel;

    beforeAll(() => {
      stateDict = formulaStateDict(golden);
      model = backboneByName(name).create({ imageSize: 64 });
      loadTorchWeights(model, stateDict);
    });
    afterAll(() => {
      stateDict = {};
      model.dispose();
    });

    it('has the weights of the golden data', () => {
      for (const [tensorName, values] of Object.entries(golden.formulaCheck)) {
        const data = Float32Array.from(stateDict[tensorName]?.data ?? []);
        expect(relativeError(data.subarray(0, 4), values)).toBeLessThan(1e-7);
      }
      expect(torchWeightNames(model)).toEqual(
        golden.stateDict.map((entry) => entry.name).filter((entry) => !entry.endsWith('num_batches_tracked')),
      );
      const trainable = model.trainableWeights.reduce(
        (total, { shape }) => total + (shape as number[]).reduce((product, side) => product * side, 1),
        0,
      );
      expect(trainable).toBe(golden.featureParameters);
      expect(backboneByName(name).parameterCount).toBe(golden.featureParameters);
    });

    it('agrees in its pooled features and in every stage', () => {
      const names = stageOutputNames(name);
      expect(names.length).toBe(golden.eval.stages.length);
      const probe = makeModel({
        inputs: model.inputs,
        outputs: [...model.outputs, ...names.map((layer) => model.getLayer(layer).output as (typeof model.outputs)[0])],
      });
      const before = memory().numTensors;
      tidy(() => {
        const [pooled, ...stages] = probe.predict(image()) as Tensor[];
        expect(pooled?.shape).toEqual(golden.eval.pooled.shape);
        expect(relativeError((pooled as Tensor).dataSync(), golden.eval.pooled.data)).toBeLessThan(1e-5);
        golden.eval.stages.forEach((expected, index) => {
          const stage = stages[index] as Tensor;
          const [batch, channels, height, width] = expected.shape;
          expect(stage.shape).toEqual([batch, height, width, channels]);
          const actual = statistics(stage.dataSync());
          const at = `stage ${index}`;
          expect(Math.abs(actual.mean - expected.mean) / expected.std, at).toBeLessThan(1e-5);
          expect(Math.abs(actual.std / expected.std - 1), at).toBeLessThan(1e-5);
          expect(Math.abs(actual.absMax / expected.absMax - 1), at).toBeLessThan(1e-5);
        });
      });
      expect(memory().numTensors).toBe(before);
    });

    it('agrees in its features in training', () => {
      const before = memory().numTensors;
      tidy(() => {
        const pooled = model.apply(image(), { training: true }) as Tensor;
        expect(relativeError(pooled.dataSync(), golden.train.pooled.data)).toBeLessThan(
          trainingTolerance(name).features,
        );
      });
      expect(memory().numTensors).toBe(before);
      const running = new Map(torchVariables(model).map((entry) => [entry.name, entry.variable]));
      for (const [tensorName, expected] of Object.entries(golden.train.runningMeanAfter)) {
        const mean = running.get(tensorName)?.read().dataSync() as Float32Array;
        expect(relativeError(mean.subarray(0, 4), expected), tensorName).toBeLessThan(trainingTolerance(name).features);
      }
    });

    it('agrees in the gradient norm of every parameter', async () => {
      const before = memory().numTensors;
      const restore = await supplyGradients(backend);
      const cotangent = formulaNumbers('cotangent', golden.train.pooled.data.length).map((u) => 2 * u - 1);
      tidy(() => {
        const [x, dy] = [image(), tensor(Float32Array.from(cotangent), golden.train.pooled.shape)];
        const { grads } = variableGrads(() => sum(mul(model.apply(x, { training: true }) as Tensor, dy)) as Scalar);
        const trainable = torchVariables(model).filter(({ variable }) => variable.name in grads);
        expect(trainable.map((entry) => entry.name).sort()).toEqual(Object.keys(golden.train.gradientNorms).sort());
        for (const entry of trainable) {
          const norm = euclideanNorm((grads[entry.variable.name] as Tensor).dataSync());
          const expected = golden.train.gradientNorms[entry.name] as number;
          // The bias of a norm whose output goes through a 1 × 1 convolution into another norm has no effect at all:
          // its gradient is 0 up to rounding, in torch too (below 1e-4; the smallest real one is 2.5).
          if (expected < 1e-3) expect(norm, entry.name).toBeLessThan(1e-3);
          else expect(Math.abs(norm / expected - 1), entry.name).toBeLessThan(trainingTolerance(name).gradients);
        }
      });
      restore();
      expect(memory().numTensors).toBe(before);
    });
  });
});
