import { fusedApply } from '@kanrecon/tfjs-wasm-training';
import * as tf from '@tensorflow/tfjs-core';
import { model as layersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { spiralTargets } from '../../test/spiral-targets.js';
import { useWasmTraining } from '../../test/use-wasm-training.js';
import { createReconstructor } from '../network/create-reconstructor.js';
import type { Reconstructor } from '../network/reconstructor.js';
import { recomputeStatistics } from './recompute-statistics.js';

beforeAll(useWasmTraining);

const imageSize = 32;
const bytes = (seed: number, count = 6) =>
  Uint8Array.from({ length: count * 3 * imageSize ** 2 }, (_, i) => Math.imul(i + 1, 2654435761 + 2 * seed) >>> 24);
const make = (model: object = {}) =>
  createReconstructor({ targets: spiralTargets, imageSize, backbone: 'smallCnn', head: { type: 'mlp' }, ...model });
const statisticsOf = ({ model }: Reconstructor) =>
  model.nonTrainableWeights.map((weight) => [...(weight.read().dataSync() as Float32Array)]);

describe('recomputeStatistics', () => {
  it.each([['smallCnn'], ['efficientNetB0'], ['mobileNetV3Small']] as const)(
    'of one batch makes the network say of it in use what it says in training: %s',
    async (backbone) => {
      const reconstructor = make({ backbone });
      const images = bytes(1, 8);
      const input = reconstructor.imagesToTensor(images);
      const trained = tf.tidy(() => (reconstructor.model.apply(input, { training: true }) as tf.Tensor).dataSync());
      const before = await reconstructor.predictBatch(images);
      await recomputeStatistics(reconstructor, [images], { apply: fusedApply });
      const after = await reconstructor.predictBatch(images);
      const off = (values: Float32Array) => Math.max(...values.map((value, i) => Math.abs(value - trained[i])));
      expect(off(after)).toBeLessThan(1e-3);
      expect(off(before)).toBeGreaterThan(0.05);
      input.dispose();
      reconstructor.dispose();
    },
  );

  it('is the average over batches that training makes, without what was there before', async () => {
    const reconstructor = make();
    const batches = [bytes(1), bytes(2), bytes(3)];
    const norm = reconstructor.model.getLayer('features.0.norm');
    const upTo = layersModel({ inputs: reconstructor.model.inputs, outputs: norm.input as SymbolicTensor });
    // By TensorFlow.js' own moments, of what comes into the first norm.
    const moments = batches.map((images) =>
      tf.tidy(() => {
        const { mean, variance } = tf.moments(upTo.apply(reconstructor.imagesToTensor(images)) as tf.Tensor, [0, 1, 2]);
        return [mean.dataSync().slice(), variance.dataSync().slice()];
      }),
    );
    const weights = [0.81, 0.9, 1].map((each) => each / 2.71);
    await recomputeStatistics(reconstructor, batches);
    const found = (norm as unknown as { nonTrainableWeights: { read(): tf.Tensor }[] }).nonTrainableWeights;
    for (const [k, weight] of found.entries()) {
      const expected = moments[0]![k]!.map((_, i) => weights.reduce((sum, w, b) => sum + w * moments[b]![k]![i]!, 0));
      const values = weight.read().dataSync();
      for (const [i, value] of [...values].entries()) expect(value).toBeCloseTo(expected[i]!, 4);
    }
    const first = statisticsOf(reconstructor);
    await recomputeStatistics(reconstructor, [bytes(9)]);
    await recomputeStatistics(reconstructor, batches);
    expect(statisticsOf(reconstructor)).toEqual(first);
    reconstructor.dispose();
  });

  it('takes the norms of a head along, behind the same dropout every time, and leaves grids alone', async () => {
    for (const type of ['waveletKAN', 'efficientKAN'] as const) {
      const reconstructor = make({ head: { type, widths: [4], dropout: 0.3 } });
      const before = statisticsOf(reconstructor);
      await recomputeStatistics(reconstructor, [bytes(1), bytes(2)]);
      const after = statisticsOf(reconstructor);
      await recomputeStatistics(reconstructor, [bytes(1), bytes(2)]);
      expect(statisticsOf(reconstructor)).toEqual(after);
      reconstructor.model.nonTrainableWeights.forEach(({ originalName }, i) => {
        if (/moving/.test(originalName)) expect(after[i], originalName).not.toEqual(before[i]);
        else expect(after[i], originalName).toEqual(before[i]);
      });
      reconstructor.dispose();
    }
  });

  it('leaves all as it was where something is wrong, and a frozen or normless network always', async () => {
    const reconstructor = make();
    const before = statisticsOf(reconstructor);
    const tensors = tf.memory().numTensors;
    await expect(recomputeStatistics(reconstructor, [])).rejects.toThrow('expected at least one batch of images');
    await expect(recomputeStatistics(reconstructor, [bytes(1), new Uint8Array(5)])).rejects.toThrow('wrong number');
    expect(statisticsOf(reconstructor)).toEqual(before);
    await recomputeStatistics(reconstructor, [bytes(1)], { apply: fusedApply });
    expect(tf.memory().numTensors).toBe(tensors);
    reconstructor.dispose();
    for (const model of [{ trainBackbone: false }, { backbone: 'squeezeNet11' }]) {
      const other = make(model);
      const own = statisticsOf(other);
      await recomputeStatistics(other, [bytes(1)]);
      expect(statisticsOf(other)).toEqual(own);
      other.dispose();
    }
  });
});
