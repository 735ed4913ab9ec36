import '@tensorflow/tfjs-backend-wasm';
import { backboneNames } from '@kanrecon/backbones';
import { createReconstructor, headTypes, type Reconstructor } from '@kanrecon/model';
import { loadPretrained, pretrainedModels } from '@kanrecon/pretrained/node';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { toOnnx } from '../src/to-onnx.js';
import { expectEqual } from './compare.js';
import { formulaPixels, onnxImages } from './formula-pixels.js';
import { runOnnx } from './run-onnx.js';
import { settleNorms } from './settle-norms.js';

beforeAll(async () => {
  await setBackend('wasm');
});

const targets = [
  { name: 'radius', min: 0.5, max: 1.5, unit: 'units' },
  { name: 'tilt', min: -2, max: 5, unit: 'rad' },
];

/** Holds what onnxruntime says of two images against what the reconstructor says itself. */
async function expectSame(reconstructor: Reconstructor): Promise<void> {
  const { imageSize: size } = reconstructor.config;
  const bytes = formulaPixels(2, size);
  const { mean, spread } = await reconstructor.predictBatchWithSpread(bytes);
  // Numbers that do not depend on the image would be right by chance.
  const change = mean.slice(0, mean.length / 2).map((value, i) => Math.abs(value - mean[mean.length / 2 + i]!));
  expect(Math.max(...change)).toBeGreaterThan(0.01 * Math.max(...mean.map(Math.abs)));
  const file = await toOnnx(reconstructor);
  const outputs = await runOnnx(file, { image: onnxImages(bytes, size) });
  expect(Object.keys(outputs)).toEqual(['parameters', 'normalized', ...(spread ? ['spread'] : [])]);
  const { targets } = reconstructor;
  expect(outputs['normalized']!.shape).toEqual([2, targets.length]);
  expectEqual(outputs['normalized']!.data, mean);
  const inUnits = Array.from(mean, (value, i) => {
    const { min, max } = targets[i % targets.length]!;
    return min + value * (max - min);
  });
  expectEqual(outputs['parameters']!.data, inUnits);
  if (spread) expectEqual(outputs['spread']!.data, spread);
}

describe('onnxruntime says what the network says', () => {
  it.each(pretrainedModels.map(({ name }) => name))('the shipped model %s', async (name) => {
    const { reconstructor } = await loadPretrained(name);
    await expectSame(reconstructor);
    reconstructor.dispose();
  });

  it.each(backboneNames)('backbone %s', async (backbone) => {
    const reconstructor = createReconstructor({ targets, backbone, imageSize: 64, head: { type: 'mlp' } });
    settleNorms(reconstructor, formulaPixels(12, 64));
    await expectSame(reconstructor);
    reconstructor.dispose();
  });

  it.each(headTypes.flatMap((type) => [[type, 'none'] as const, [type, 'gaussian'] as const]))(
    'head %s, uncertainty %s',
    async (type, uncertainty) => {
      const head = { type, widths: [7], dropout: 0.3, uncertainty };
      const reconstructor = createReconstructor({
        targets,
        backbone: 'smallCnn',
        imageSize: 48,
        head,
        std: [0.2, 0.3, 0.25],
      });
      settleNorms(reconstructor, formulaPixels(12, 48));
      await expectSame(reconstructor);
      reconstructor.dispose();
    },
  );
});
