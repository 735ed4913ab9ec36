import * as tf from '@tensorflow/tfjs-core';
import { memory, type Tensor, tensor2d, train } from '@tensorflow/tfjs-core';
import { input, layers, model as makeModel, type SymbolicTensor, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, relativeError, useBackend } from '../test/backends.js';
import { cases } from '../test/layers.js';
import { throughText } from '../test/through-text.js';
import { efficientKAN, fourierKAN, type KANLayer } from './index.js';

/** A target that no linear map reaches. */
function toyData(rows: number) {
  const x = Float32Array.from({ length: rows * 2 }, (_, i) => 2 * ((i * 0.618034) % 1) - 1);
  const y = Float32Array.from({ length: rows }, (_, r) => Math.sin(3 * x[2 * r]!) * 0.8 + x[2 * r + 1]! ** 2);
  return { x: tensor2d(x, [rows, 2]), y: tensor2d(y, [rows, 1]) };
}

describe.each(backends)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  describe.each(cases)('$name', ({ make }) => {
    it('symbolic shape, for any rank ≥ 2', () => {
      for (const shape of [[5], [3, 5], [4, 3, 5]]) {
        const y = make(6).apply(input({ shape })) as SymbolicTensor;
        expect(y.shape).toEqual([null, ...shape.slice(0, -1), 6]);
      }
    });

    it('a higher rank is a table of rows', () => {
      const layer = make(3);
      const x = tf.randomUniform([2, 3, 5], -1, 1, 'float32', 3);
      const y = layer.apply(x) as Tensor;
      const rows = layer.apply(tf.reshape(x, [6, 5])) as Tensor;
      expect(y.shape).toEqual([2, 3, 3]);
      expect(relativeError(y.dataSync(), rows.dataSync())).toBeLessThan(1e-6);
    });

    it('save and load keep every option, weight and output', async () => {
      const layer = make(3, {
        name: 'My_layer',
        kernelRegularizer: 'l1l2',
        splineRegularizer: { className: 'L1L2', config: { l1: 0.5, l2: 0 } },
        baseConstraint: { className: 'MaxNorm', config: { maxValue: 50, axis: 0 } },
        combinationConstraint: { className: 'MinMaxNorm', config: { minValue: 0, maxValue: 50, rate: 1, axis: 0 } },
        coefficientsRegularizer: { className: 'L1L2', config: { l1: 0, l2: 0.25 } },
        coefficientsConstraint: { className: 'MaxNorm', config: { maxValue: 50, axis: 0 } },
        translationRegularizer: 'l1l2',
        gammaConstraint: 'nonNeg',
        batchNormGammaInitializer: { className: 'Constant', config: { value: 0.5 } },
        biasInitializer: 'glorotNormal',
        scaleInitializer: 'heNormal',
        dropout: 0.25,
      });
      const model = sequential({ layers: [layers.inputLayer({ inputShape: [5] }), layer] });
      const x = tf.randomUniform([4, 5], -2, 2, 'float32', 5);
      const before = model.predict(x) as Tensor;
      const loaded = await throughText(model);
      const after = loaded.predict(x) as Tensor;
      // Loading applies the constraints, which rounds the weights once more.
      expect(relativeError(after.dataSync(), before.dataSync())).toBeLessThan(1e-6);
      const copy = loaded.getLayer('My_layer') as KANLayer;
      expect(copy.constructor).toBe(layer.constructor);
      expect(JSON.parse(JSON.stringify(copy.getConfig()))).toEqual(JSON.parse(JSON.stringify(layer.getConfig())));
    });

    it('one seed gives the same weights again, another gives others, and no two weights share a stream', () => {
      const values = (seed: number) => {
        const layer = make(5, { seed });
        layer.build([null, 5]);
        // A rational starts as a named function.
        const drawn = layer.trainableWeights.filter(({ name }) => !/numerator|denominator/.test(name));
        return drawn.map((w) => [...w.read().dataSync()]);
      };
      expect(values(3)).toEqual(values(3));
      expect(values(0)).toEqual(values(0));
      const [a, b] = [values(3), values(4)];
      const random = a.map((w) => w.length > 1 && new Set(w).size > 1);
      expect(random.filter(Boolean).length).toBeGreaterThan(0);
      a.forEach((w, i) => {
        if (random[i]) expect(w).not.toEqual(b[i]);
      });
      const firsts = a.filter((_, i) => random[i]).map((w) => w[0]! / w[1]!);
      expect(new Set(firsts).size).toBe(firsts.length);
    });

    it('leaks no tensor in predict, fit and dispose', async () => {
      const { x, y } = toyData(32);
      const start = memory().numTensors;
      const model = sequential({ layers: [layers.inputLayer({ inputShape: [2] }), make(4), make(1)] });
      const optimizer = train.adam(0.01);
      model.compile({ optimizer, loss: 'meanSquaredError' });
      await model.fit(x, y, { epochs: 1, batchSize: 8, verbose: 0 });
      const trained = memory().numTensors;
      await model.fit(x, y, { epochs: 2, batchSize: 8, verbose: 0 });
      (model.predict(x) as Tensor).dispose();
      expect(memory().numTensors).toBe(trained);
      model.dispose();
      optimizer.dispose();
      expect(memory().numTensors).toBe(start);
      x.dispose();
      y.dispose();
    });

    it('saturated, out-of-grid, huge and constant inputs give finite outputs and gradients', () => {
      const layer = make(3);
      layer.build([null, 4]);
      const rows = [-1, 1, 0, 0.2, 1.0000001, -1.4, 2.2, 30, -30, 1e3, 1e6, -1e6, 1e-30, 1e30, -1e30].map((v) => [
        v,
        v,
        v,
        v,
      ]);
      const x = tensor2d([...rows, [1e6, -1e6, 0.3, 1], [-1, 2, -3, 4]]);
      const values: Tensor[] = [layer.apply(x) as Tensor];
      const f = (input: Tensor) => tf.sum(tf.mul(layer.apply(input) as Tensor, 0.5)) as tf.Scalar;
      values.push(tf.grad(f)(x), ...Object.values(tf.variableGrads(() => f(x)).grads));
      expect(values.length).toBe(2 + layer.trainableWeights.length);
      for (const value of values) expect([...value.dataSync()].every(Number.isFinite)).toBe(true);
    });

    it('a NaN among the inputs stays visible, in its row', () => {
      const y = make(3).apply(tensor2d([0.1, Number.NaN, -0.3, 0.1, 0.2, -0.3], [2, 3])) as Tensor;
      expect([...y.dataSync()].map(Number.isNaN)).toEqual([true, true, true, false, false, false]);
    });
  });

  it('dropout: on in training only, repeatable from seed and step, mean kept', () => {
    const layer = fourierKAN({ units: 3, seed: 5, dropout: 0.5, initialBeta: 1 });
    const x = tf.randomUniform([6, 4], -1, 1, 'float32', 1);
    const run = (training: boolean, step?: number) => {
      if (step !== undefined) layer.dropoutStep = step;
      return [...(layer.apply(x, { training }) as Tensor).dataSync()];
    };
    expect(run(false)).toEqual(run(false));
    const first = run(true, 0);
    const second = run(true);
    expect(first).not.toEqual(run(false));
    expect(second).not.toEqual(first);
    expect(layer.dropoutStep).toBe(2);
    expect(run(true, 0)).toEqual(first);
    expect(run(true, 1)).toEqual(second);
    const plain = run(false);
    const mean = new Float64Array(plain.length);
    for (let i = 0; i < 600; i++)
      run(true).forEach((v, k) => {
        mean[k]! += v / 600;
      });
    expect(relativeError(mean, plain)).toBeLessThan(0.15);
  });
});

describe('training on wasm', () => {
  beforeAll(() => useBackend('wasm'));

  it.each([
    ['efficientKAN', (units: number, seed: number) => efficientKAN({ units, seed }), 0.05],
    ['fourierKAN', (units: number, seed: number) => fourierKAN({ units, seed, initialBeta: 0.5 }), 0.1],
  ] as const)('fit on a toy function: %s brings the loss down', async (_, make, factor) => {
    const { x, y } = toyData(128);
    const model = sequential({ layers: [layers.inputLayer({ inputShape: [2] }), make(8, 1), make(1, 2)] });
    model.compile({ optimizer: train.adam(0.02), loss: 'meanSquaredError' });
    const { history } = await model.fit(x, y, { epochs: 40, batchSize: 32, shuffle: false, verbose: 0 });
    const losses = history['loss'] as number[];
    expect(losses.at(-1)! / losses[0]!).toBeLessThan(factor);
  });
});

describe('in a functional model', () => {
  beforeAll(() => useBackend('cpu'));

  it('works as a shared layer of a functional model', () => {
    const shared = efficientKAN({ units: 2, seed: 1 });
    const a = input({ shape: [3] });
    const b = input({ shape: [3] });
    const y = layers.concatenate().apply([shared.apply(a), shared.apply(b)] as SymbolicTensor[]) as SymbolicTensor;
    const model = makeModel({ inputs: [a, b], outputs: y });
    const x = tf.randomUniform([4, 3], -1, 1, 'float32', 2);
    const [left, right] = tf.split(model.predict([x, x]) as Tensor, 2, 1);
    expect([...left!.dataSync()]).toEqual([...right!.dataSync()]);
    expect(model.weights.length).toBe(4);
  });
});
