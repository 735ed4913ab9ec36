import { backboneNames } from '@kanrecon/backbones';
import { fusedAdamWStep, fusedApply, leanVariableGrads } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { weightHashes } from '../../test/weight-hashes.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import { AdamW } from './adamw.js';
import { evaluateBatch } from './evaluate-batch.js';
import { type TrainStepOptions, trainStep } from './train-step.js';

beforeAll(useWasmTraining);

const size = 32;
const images = Uint8Array.from({ length: 4 * size * size * 3 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
const targets = Float32Array.from({ length: 24 }, (_, i) => ((i * 7) % 11) / 11);

describe('trainStep', () => {
  it('returns the mean squared error before the step and lowers it', async () => {
    const reconstructor = createReconstructor({ targets: spiralTargets, imageSize: size, head: { type: 'mlp' } });
    const optimizer = new AdamW({ learningRate: 1e-4 });
    const { loss: before, predictions } = await evaluateBatch(reconstructor, images, targets);
    expect(before).toBeCloseTo(predictions.reduce((sum, value, i) => sum + (value - targets[i]) ** 2, 0) / 24, 6);
    const losses: number[] = [];
    for (let step = 0; step < 6; step++) {
      losses.push(await trainStep(reconstructor, optimizer, images, targets, { step }));
    }
    expect(losses[0]).toBeCloseTo(before, 5);
    expect(losses[5]).toBeLessThan(0.7 * losses[0]);
    optimizer.dispose();
    reconstructor.dispose();
  });

  it.each(backboneNames)('gives the same bits with leanVariableGrads: %s', async (backbone) => {
    const run = async (options: Partial<TrainStepOptions>) => {
      const reconstructor = createReconstructor({
        targets: spiralTargets,
        imageSize: size,
        backbone,
        head: { type: 'fourierKAN', dropout: 0.3 },
      });
      const optimizer = new AdamW({ fusedStep: fusedAdamWStep });
      const loss = await trainStep(reconstructor, optimizer, images, targets, { step: 0, ...options });
      const weights = weightHashes(reconstructor.model.layers as typeof reconstructor.headLayers);
      optimizer.dispose();
      reconstructor.dispose();
      return { loss, weights };
    };
    expect(await run({ variableGrads: leanVariableGrads })).toEqual(await run({}));
  });

  it.each(backboneNames)('is the same step with fusedApply: %s', async (backbone) => {
    const run = async (options: Partial<TrainStepOptions>) => {
      const reconstructor = createReconstructor({
        targets: spiralTargets,
        imageSize: 64,
        backbone,
        head: { type: 'mlp', dropout: 0.3 },
      });
      const large = Uint8Array.from({ length: 4 * 64 * 64 * 3 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
      let norms: Record<string, number> = {};
      const optimizer = new AdamW({
        fusedStep: ({ parameter, gradient }) => {
          norms = { ...norms, [Object.keys(norms).length]: tf.tidy(() => tf.norm(gradient).dataSync()[0]) };
          expect(gradient.shape).toEqual(parameter.shape);
        },
      });
      const loss = await trainStep(reconstructor, optimizer, large, targets, { step: 0, ...options });
      const moving = reconstructor.model.weights.filter(({ name }) => /moving_/.test(name));
      const statistics = moving.map((weight) => weight.read().dataSync<'float32'>().slice());
      optimizer.dispose();
      reconstructor.dispose();
      return { loss, norms: Object.values(norms), statistics };
    };
    const expected = await run({});
    const actual = await run({ apply: fusedApply, variableGrads: leanVariableGrads });
    expect(Math.abs(actual.loss / expected.loss - 1)).toBeLessThan(1e-4);
    const largest = Math.max(...expected.norms);
    actual.norms.forEach((norm, i) => {
      expect(Math.abs(norm - expected.norms[i])).toBeLessThan(1e-3 * expected.norms[i] + 1e-5 * largest);
    });
    actual.statistics.forEach((values, i) => {
      const scale = Math.max(...expected.statistics[i].map(Math.abs));
      values.forEach((value, j) => {
        expect(Math.abs(value - expected.statistics[i][j])).toBeLessThan(1e-4 * scale + 1e-6); // some means are rounding alone
      });
    });
  });

  it('draws dropout masks from seed, layer and step alone', async () => {
    const config = {
      imageSize: size,
      trainBackbone: false,
      head: { type: 'mlp', widths: [16], dropout: 0.5 },
    } as const;
    const still = new AdamW({ learningRate: 0 });
    const reconstructor = createReconstructor({ targets: spiralTargets, ...config });
    const loss = (step: number) => trainStep(reconstructor, still, images, targets, { step });
    const first = await loss(0);
    const second = await loss(1);
    expect(second).not.toBe(first);
    tf.tidy(() => tf.randomUniform([100])); // other users of random numbers change nothing
    expect(await loss(0)).toBe(first);
    expect(await loss(1)).toBe(second);
    const twin = createReconstructor({ targets: spiralTargets, ...config });
    expect(await trainStep(twin, new AdamW({ learningRate: 0 }), images, targets, { step: 1 })).toBe(second);
    twin.dispose();
    reconstructor.dispose();
  });

  it('leaves a frozen backbone exactly as it is and trains the head', async () => {
    const reconstructor = createReconstructor({
      targets: spiralTargets,
      imageSize: size,
      backbone: 'efficientNetB0',
      trainBackbone: false,
      head: { type: 'fourierKAN' },
    });
    const optimizer = new AdamW({ learningRate: 1e-2 });
    const backbone = weightHashes(reconstructor.backboneLayers);
    const head = weightHashes(reconstructor.headLayers);
    await trainStep(reconstructor, optimizer, images, targets, { step: 0 });
    expect(weightHashes(reconstructor.backboneLayers)).toEqual(backbone);
    const after = weightHashes(reconstructor.headLayers);
    expect(after.filter((hash, i) => hash !== head[i]).length).toBe(head.length);
    optimizer.dispose();
    reconstructor.dispose();
  });

  it('updates BatchNorm’s moving statistics when the backbone is trained', async () => {
    const reconstructor = createReconstructor({
      targets: spiralTargets,
      imageSize: size,
      backbone: 'efficientNetB0',
      head: { type: 'mlp' },
    });
    const optimizer = new AdamW({ learningRate: 1e-4 });
    const moving = reconstructor.model.weights.filter(({ name }) => /moving_/.test(name));
    expect(moving.length).toBe(98); // EfficientNet-B0 has 49 BatchNorms
    const before = moving.map((weight) => weight.read().dataSync().join());
    await trainStep(reconstructor, optimizer, images, targets, { step: 0 });
    expect(moving.filter((weight, i) => weight.read().dataSync().join() !== before[i]).length).toBe(98);
    optimizer.dispose();
    reconstructor.dispose();
  });

  it('leaks nothing, also when it throws, and keeps the weights when the loss is not finite', async () => {
    const reconstructor = createReconstructor({
      targets: spiralTargets,
      imageSize: size,
      head: { type: 'efficientKAN', dropout: 0.2 },
    });
    const optimizer = new AdamW();
    await trainStep(reconstructor, optimizer, images, targets, { step: 0 });
    const before = tf.memory().numTensors;
    await trainStep(reconstructor, optimizer, images, targets, { step: 1 });
    expect(tf.memory().numTensors).toBe(before);
    const kept = weightHashes(reconstructor.headLayers);
    const broken = targets.map((value, i) => (i === 5 ? Number.NaN : value));
    await expect(trainStep(reconstructor, optimizer, images, broken, { step: 7 })).rejects.toThrow(
      'trainStep: the loss is NaN at step 7',
    );
    expect(weightHashes(reconstructor.headLayers)).toEqual(kept);
    await expect(trainStep(reconstructor, optimizer, images, targets.subarray(1), { step: 8 })).rejects.toThrow(
      'got 23 targets and 4 images',
    );
    // Without a step every mask would be the same.
    await expect(trainStep(reconstructor, optimizer, images, targets, {} as { step: number })).rejects.toThrow(
      'trainStep: step is wrong; expected a whole number from 0, got undefined',
    );
    await expect(evaluateBatch(reconstructor, images, targets.subarray(1))).rejects.toThrow('expected 24 targets');
    expect(tf.memory().numTensors).toBe(before);
    optimizer.dispose();
    reconstructor.dispose();
  });
});
