import '@tensorflow/tfjs-backend-cpu';
import {
  chebyshevKAN,
  classicFourierKAN,
  efficientKAN,
  fasterKAN,
  fastKAN,
  fourierKAN,
  jacobiKAN,
  type KANLayer,
  legendreKAN,
  rationalKAN,
  updateGrids,
  waveletKAN,
} from '@kanrecon/kan-layers';
import { setBackend, type Tensor, tensor, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { layersModelToOnnx } from '../src/layers-model-to-onnx.js';
import { expectEqual } from './compare.js';
import { runOnnx } from './run-onnx.js';

beforeAll(async () => {
  await setBackend('cpu');
});

const [inputs, units, rows] = [6, 3, 40];

/** Rows of numbers from −6 to 6, some of them on the knots and centres of the layers' grids. */
const table = Float32Array.from({ length: rows * inputs }, (_, k) =>
  k % 5 === 0 ? -1 + 0.4 * ((k / 5) % 6) : 6 * Math.sin(2.3 * k) * Math.cos(k * k),
);

/** Every weight elsewhere, so that none that is 0 or 1 at first hides a mistake. Grids and masks stay. */
function shake(model: LayersModel): void {
  let step = 0;
  for (const layer of model.layers) {
    const kept = (name: string) => name.endsWith('/grid') || name.endsWith('/edgeMask');
    const values = layer.weights.map((weight) => {
      const { shape, originalName } = weight;
      if (kept(originalName)) return weight.read();
      const old = weight.read().dataSync();
      const variance = originalName.endsWith('/movingVariance');
      return tensor(
        Float32Array.from(
          old,
          (value) => value + (variance ? 0.4 : 0.3) * (Math.sin(++step * 1.7) + (variance ? 1 : 0)),
        ),
        shape as number[],
      );
    });
    layer.setWeights(values);
  }
}

async function compare(...layers: KANLayer[]): Promise<void> {
  const model = sequential({ layers });
  shake(model);
  await expectSame(model);
  model.dispose();
}

async function expectSame(model: LayersModel): Promise<void> {
  const expected = tidy(() => (model.predict(tensor2d(table, [rows, inputs])) as Tensor).dataSync());
  const file = await layersModelToOnnx(model);
  const inputName = model.inputs[0]!.sourceLayer.name;
  const outputs = await runOnnx(file, { [inputName]: { shape: [rows, inputs], data: table } });
  const [only] = Object.values(outputs);
  expect(only!.shape).toEqual([rows, units]);
  // What does not change from row to row would be right by chance.
  expect(Math.max(...expected) - Math.min(...expected)).toBeGreaterThan(0.1);
  expectEqual(only!.data, expected);
}

const shared = { units, inputShape: [inputs], seed: 3 };

describe('KAN layers', () => {
  it.each<[string, () => KANLayer]>([
    ['fourierKAN', () => fourierKAN({ ...shared })],
    [
      'fourierKAN with layer norm, dropout and another base',
      () => fourierKAN({ ...shared, layerNorm: true, dropout: 0.5, baseActivation: 'tanh', numFrequencies: 3 }),
    ],
    ['classicFourierKAN', () => classicFourierKAN({ ...shared, gridSize: 10 })],
    [
      'classicFourierKAN without a bias, with layer norm',
      () => classicFourierKAN({ ...shared, addBias: false, layerNorm: true }),
    ],
    ['efficientKAN', () => efficientKAN({ ...shared })],
    ['efficientKAN of order 0', () => efficientKAN({ ...shared, splineOrder: 0 })],
    ['efficientKAN of order 1', () => efficientKAN({ ...shared, splineOrder: 1, gridRange: [-2, 3] })],
    [
      'efficientKAN of order 2 without scales',
      () => efficientKAN({ ...shared, splineOrder: 2, standaloneScale: false, baseActivation: 'relu' }),
    ],
    ['efficientKAN, clamped', () => efficientKAN({ ...shared, extrapolation: 'clamp' })],
    ['efficientKAN, linear beyond its grid', () => efficientKAN({ ...shared, extrapolation: 'linear' })],
    ['efficientKAN of order 2, linear', () => efficientKAN({ ...shared, splineOrder: 2, extrapolation: 'linear' })],
    ['fastKAN', () => fastKAN({ ...shared })],
    ['fastKAN, plain', () => fastKAN({ ...shared, layerNorm: false, useBaseUpdate: false, numGrids: 5 })],
    ['fastKAN of another width', () => fastKAN({ ...shared, layerNorm: false, denominator: 0.3 })],
    ['fasterKAN', () => fasterKAN({ ...shared })],
    ['fasterKAN, plain', () => fasterKAN({ ...shared, layerNorm: false, invDenominator: 2, numGrids: 1 })],
    ['chebyshevKAN', () => chebyshevKAN({ ...shared })],
    ['chebyshevKAN of degree 1 with layer norm', () => chebyshevKAN({ ...shared, degree: 1, layerNorm: true })],
    ['chebyshevKAN of degree 9', () => chebyshevKAN({ ...shared, degree: 9 })],
    ['jacobiKAN', () => jacobiKAN({ ...shared, a: 0.5, b: -0.25, degree: 6 })],
    ['legendreKAN', () => legendreKAN({ ...shared })],
    ['waveletKAN', () => waveletKAN({ ...shared })],
    ['waveletKAN, morlet', () => waveletKAN({ ...shared, waveletType: 'morlet', batchNorm: false })],
    [
      'waveletKAN, derivative of a Gaussian',
      () => waveletKAN({ ...shared, waveletType: 'derivativeOfGaussian', layerNorm: true }),
    ],
    ['rationalKAN', () => rationalKAN({ ...shared })],
    [
      'rationalKAN of three groups',
      () => rationalKAN({ ...shared, groups: 3, shareNumerator: false, start: 'tanh', layerNorm: true }),
    ],
  ])('%s', async (_, make) => {
    await compare(make());
  });

  it('one behind the other', async () => {
    await compare(
      fastKAN({ ...shared, units: 5 }),
      chebyshevKAN({ units: 4, seed: 1 }),
      rationalKAN({ units, seed: 2 }),
    );
  });

  it('splines whose knots went to where the inputs are', async () => {
    const model = sequential({ layers: [efficientKAN({ ...shared })] });
    await updateGrids(model, tensor2d(table, [rows, inputs]));
    shake(model);
    await expectSame(model);
  });

  it('edges that were taken out stay so', async () => {
    const layer = efficientKAN({ ...shared, edgeMask: true });
    const model = sequential({ layers: [layer] });
    const mask = Float32Array.from({ length: inputs * units }, (_, k) => (k % 3 === 1 ? 0 : 1));
    layer.maskVariable!.write(tensor2d(mask, [inputs, units]));
    await expectSame(model);
  });
});
