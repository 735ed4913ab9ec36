import { memory, moments, randomNormal, sqrt, type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { golden, useBackend } from '../test/backends.js';
import {
  chebyshevKAN,
  classicFourierKAN,
  fasterKAN,
  fastKAN,
  importTorchWeights,
  jacobiKAN,
  type KANLayer,
  rationalKAN,
  waveletKAN,
} from './index.js';

/** Standard deviation of the first outputs for inputs ~ N(0, 1). */
function outputSize(layer: KANLayer, inputs: number, training = false): number {
  const x = randomNormal([256, inputs], 0, 1, 'float32', 9);
  const y = layer.apply(x, { training }) as Tensor;
  return sqrt(moments(y).variance).dataSync()[0]!;
}

describe('starts', () => {
  beforeAll(() => useBackend('wasm'));

  it.each([40, 1000])('the size of the first outputs, %d inputs', (inputs) => {
    const size = (layer: KANLayer, training = false) => outputSize(layer, inputs, training);
    expect(size(classicFourierKAN({ units: 16, seed: 1 }))).toBeCloseTo(1, 0);
    expect(size(fastKAN({ units: 16, seed: 1 }))).toBeGreaterThan(0.3);
    expect(size(fastKAN({ units: 16, seed: 1 }))).toBeLessThan(1);
    // √(1.25·inputs)·0.1: 4 for 1280 inputs, which is what the default is there to avoid.
    const original = size(fastKAN({ units: 16, seed: 1, start: 'reference', useBaseUpdate: false }));
    expect(original / (Math.sqrt(1.25 * inputs) * 0.1)).toBeGreaterThan(0.7);
    expect(original / (Math.sqrt(1.25 * inputs) * 0.1)).toBeLessThan(1.3);
    expect(size(fasterKAN({ units: 16, seed: 1 }))).toBeGreaterThan(0.4);
    expect(size(fasterKAN({ units: 16, seed: 1 }))).toBeLessThan(1.6);
    for (const make of [chebyshevKAN, jacobiKAN]) {
      const small = size(make({ units: 16, seed: 1 }));
      const fanIn = size(make({ units: 16, seed: 1, start: 'fanIn' }));
      expect(fanIn / small / Math.sqrt(5 * inputs)).toBeCloseTo(1, 3);
      expect(fanIn).toBeGreaterThan(0.4);
      expect(fanIn).toBeLessThan(2);
    }
    expect(size(waveletKAN({ units: 16, seed: 1 }), true)).toBeCloseTo(1, 1);
    for (const start of ['swish', 'gelu', 'tanh', 'identity'] as const) {
      const gained = size(rationalKAN({ units: 16, seed: 1, start }));
      expect(gained).toBeGreaterThan(0.8);
      expect(gained).toBeLessThan(1.2);
    }
  });

  it('the smooth Fourier start falls with the square of the harmonic', () => {
    const layer = classicFourierKAN({ units: 100, seed: 1, smoothInitialization: true });
    layer.build([null, 50]);
    const before = memory().numTensors;
    const values = Float32Array.from(layer.weights[0]!.read().dataSync());
    expect(memory().numTensors).toBe(before);
    for (let j = 0; j < 10; j++) {
      const part = values.slice(j * 5000, (j + 1) * 5000);
      const size = Math.sqrt(part.reduce((sum, v) => sum + v * v, 0) / 5000);
      expect(size * Math.sqrt(50) * ((j >> 1) + 1) ** 2).toBeCloseTo(1, 1);
    }
  });

  it.each([
    ['swish', (x: number) => x / (1 + Math.exp(-x)), 5e-5],
    ['tanh', Math.tanh, 5e-5],
    ['identity', (x: number) => x, 1e-6],
    // Φ by its logistic shape is off by 0.02 at most; the fit of gelu by 0.0034.
    ['gelu', (x: number) => x / (1 + Math.exp(-1.702 * x)), 0.025],
  ] as const)('a rational starts as %s', (start, f, tolerance) => {
    const layer = rationalKAN({ units: 1, start, kernelInitializer: 'ones' });
    layer.build([null, 1]);
    const edges = layer.readEdges();
    for (let x = -4; x <= 4; x += 0.125) expect(Math.abs(edges.evaluate(0, 0, x) - f(x))).toBeLessThan(tolerance);
  });

  it('importTorchWeights refuses centres that are not the layer’s', () => {
    const file = golden('fastkan-plain-0');
    const layer = fastKAN({ units: 3, layerNorm: false, gridMax: 3 });
    layer.build([null, 5]);
    expect(() => importTorchWeights(layer, file.weights)).toThrow("'rbf.grid' does not fit the layer's options");
    const narrow = fasterKAN({ units: 3, invDenominator: 2 });
    narrow.build([null, 5]);
    expect(() => importTorchWeights(narrow, golden('fasterkan-0').weights)).toThrow('expected invDenominator 1, got 2');
  });

  it('a polynomial layer of high degree stays exact', () => {
    const layer = chebyshevKAN({ units: 1, degree: 30, coefficientsInitializer: 'zeros' });
    layer.build([null, 1]);
    const weight = layer.weights[0]!;
    layer.setWeights([randomNormal([31, 1, 1])]);
    const coefficients = Float32Array.from(weight.read().dataSync());
    const xs = [-2, -0.7, 0.01, 0.4, 1.5];
    const y = (layer.apply(tensor2d(xs, [xs.length, 1])) as Tensor).dataSync();
    xs.forEach((x, r) => {
      const angle = Math.acos(Math.tanh(x));
      const expected = coefficients.reduce((sum, c, d) => sum + c * Math.cos(d * angle), 0);
      expect(y[r]! - expected).toBeCloseTo(0, 4);
    });
  });
});
