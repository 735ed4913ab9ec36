import * as tf from '@tensorflow/tfjs-core';
import { type Tensor, tensor2d, zeros } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { relativeError, useBackend } from '../../test/backends.js';
import { efficientKAN } from '../index.js';

describe('efficientKAN: grid and penalties', () => {
  beforeAll(() => useBackend('wasm'));

  it('coinciding knots give finite outputs and gradients', () => {
    const layer = efficientKAN({ units: 2, seed: 1 });
    layer.build([null, 2]);
    const knots = [-1, -1, -1, -1, -0.5, 0, 0, 0.5, 1, 1, 1, 1].flatMap((t) => [t, t]);
    layer.weights[3]!.write(tensor2d(knots, [12, 2]));
    const x = tensor2d([-1, -0.5, 0, 0.5, 1, 0.2, 7, -1e6], [4, 2]);
    const f = (input: Tensor) => tf.sum(layer.apply(input) as Tensor) as tf.Scalar;
    const values = [tf.grad(f)(x), ...Object.values(tf.variableGrads(() => f(x)).grads)];
    for (const value of values) expect([...value.dataSync()].every(Number.isFinite)).toBe(true);
  });

  it('beyond the grid only the base branch goes on', () => {
    const layer = efficientKAN({ units: 1, seed: 1, scaleNoise: 5 });
    const y = (layer.apply(tensor2d([[2.21], [-2.21], [40]])) as Tensor).dataSync();
    const base = layer.getWeights()[0]!.dataSync()[0]!;
    const silu = (v: number) => v / (1 + Math.exp(-v));
    expect(
      relativeError(
        y,
        [2.21, -2.21, 40].map((v) => base * silu(v)),
      ),
    ).toBeLessThan(1e-6);
  });

  it.each(['base', 'spline', 'scale'] as const)(
    'the regularizer of `%s` adds its penalty to the loss',
    async (name) => {
      const make = (extra: object) => {
        const model = sequential({
          layers: [layers.inputLayer({ inputShape: [2] }), efficientKAN({ units: 3, seed: 1, ...extra })],
        });
        model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
        return model;
      };
      const penalised = make({ [`${name}Regularizer`]: { className: 'L1L2', config: { l1: 0, l2: 2 } } });
      // Of the weights before the step (evaluate leaves penalties out).
      const loss = async (model: ReturnType<typeof make>) =>
        Number(await model.trainOnBatch(zeros([4, 2]), zeros([4, 3])));
      const weight = penalised.layers[1]!.getWeights()[['base', 'spline', 'scale'].indexOf(name)]!;
      const penalty = 2 * tf.sum(tf.square(weight)).dataSync()[0]!;
      expect(penalty).toBeGreaterThan(0);
      expect(((await loss(penalised)) - (await loss(make({})))) / penalty).toBeCloseTo(1, 4);
    },
  );
});
