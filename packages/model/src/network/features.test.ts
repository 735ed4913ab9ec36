import { fusedAdamWStep, fusedApply, leanVariableGrads } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { AdamW } from '../optimization/adamw.js';
import { trainHeadStep, trainStep } from '../optimization/train-step.js';
import { type CreateReconstructorOptions, createReconstructor } from './create-reconstructor.js';
import { computeFeatures, featureSize, predictFromFeatures } from './features.js';

beforeAll(useWasmTraining);

const size = 32;
const count = 6;
const images = Uint8Array.from({ length: count * size * size * 3 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
const targets = Float32Array.from({ length: 6 * count }, (_, i) => ((i * 7) % 11) / 11);
const head = { type: 'fourierKAN', widths: [8], dropout: 0.3 } as const;
const locked = (more: Partial<CreateReconstructorOptions> = {}) =>
  createReconstructor({ targets: spiralTargets, imageSize: size, trainBackbone: false, head, ...more });
const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

describe.each(['squeezeNet11', 'efficientNetB0', 'smallCnn'] as const)('the features of a frozen %s', (backbone) => {
  it('train a head to the weights and losses that images do', async () => {
    const train = async (onFeatures: boolean) => {
      const reconstructor = locked({ backbone, head: { ...head, uncertainty: 'gaussian' } });
      const optimizer = new AdamW({ learningRate: 1e-3, fusedStep: fusedAdamWStep });
      // All at once, though a step takes three of them.
      const features = await computeFeatures(reconstructor, images);
      const width = featureSize(reconstructor);
      expect(features).toHaveLength(count * width);
      const losses: number[] = [];
      for (let step = 0; step < 6; step++) {
        const from = 3 * (step % 2);
        const wanted = targets.subarray(6 * from, 6 * (from + 3));
        const options = { step, apply: fusedApply, variableGrads: leanVariableGrads };
        const pixels = images.subarray(from * 3 * size * size, (from + 3) * 3 * size * size);
        losses.push(
          onFeatures
            ? await trainHeadStep(
                reconstructor,
                optimizer,
                features.subarray(from * width, (from + 3) * width),
                wanted,
                options,
              )
            : await trainStep(reconstructor, optimizer, pixels, wanted, options),
        );
      }
      const weights = reconstructor.trainableVariables.flatMap((variable) => [...variable.dataSync()]);
      const predictions = await (onFeatures
        ? predictFromFeatures(reconstructor, features)
        : reconstructor.predictBatchWithSpread(images));
      optimizer.dispose();
      reconstructor.dispose();
      return { losses, weights, ...predictions };
    };
    const before = tf.memory().numTensors;
    const [by, direct] = [await train(true), await train(false)];
    for (const what of ['losses', 'weights', 'mean', 'spread'] as const) {
      expect(furthest(by[what]!, direct[what]!), what).toBeLessThan(1e-5);
    }
    expect(direct.losses[5]).toBeLessThan(direct.losses[0]!);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('are refused of a backbone that is trained, and where they are of another size', async () => {
  const trained = createReconstructor({ targets: spiralTargets, imageSize: size, backbone: 'smallCnn' });
  await expect(computeFeatures(trained, images)).rejects.toThrow('expected a configuration with trainBackbone: false');
  await expect(predictFromFeatures(trained, new Float32Array(512))).rejects.toThrow('the backbone is trained');
  const frozen = locked({ backbone: 'smallCnn' });
  const width = featureSize(frozen);
  await expect(predictFromFeatures(frozen, new Float32Array(width + 1))).rejects.toThrow(
    `expected a Float32Array of ${width} numbers an image, got ${width + 1} numbers`,
  );
  const optimizer = new AdamW();
  await expect(
    trainHeadStep(frozen, optimizer, new Float32Array(width), targets.subarray(0, 5), { step: 0 }),
  ).rejects.toThrow('trainHeadStep: images and targets do not fit');
  await expect(computeFeatures(frozen, images, { batchSize: 0 })).rejects.toThrow('batchSize is wrong');
  trained.dispose();
  frozen.dispose();
});
