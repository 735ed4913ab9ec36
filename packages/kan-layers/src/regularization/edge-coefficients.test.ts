import { mul, type Scalar, sum, type Tensor, tensor, type Variable, variableGrads } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { backends, useBackend } from '../../test/backends.js';
import { edgeCases } from '../../test/layers.js';
import { edgeRegularizer, kanRegularization } from '../index.js';

const number = (t: Tensor) => t.dataSync()[0]!;

describe.each(backends)('coefficients by edge on %s', (backend) => {
  it.each(edgeCases)('$name', async ({ make }) => {
    await useBackend(backend);
    const layer = make(2);
    expect(() => layer.edgeCoefficients()).toThrow('before build');
    layer.build([null, 3]);
    const coefficients = layer.edgeCoefficients();
    expect(coefficients.shape.slice(1)).toEqual([3, 2]);
    // Those of edge (1, 0) are those that the edge's own weights are.
    const { variable, inputs, units } = layer
      .weightAxes()
      .find(({ variable }) => variable.shape.reduce((a, b) => a! * b!, 1) === coefficients.size)!;
    const weight = variable.read() as Variable;
    const original = Float32Array.from(weight.dataSync());
    const strides = weight.shape.map((_, axis) => weight.shape.slice(axis + 1).reduce((a, b) => a * b, 1));
    const place = strides[inputs!]!;
    const at = original[place]!;
    expect(strides[units!]).toBeDefined();
    expect(coefficients.dataSync()[2]).toBe(at);

    const options = { l1: 0.7, entropy: 1.3 };
    const penalty = () => mul(kanRegularization(layer, options), 1.7) as Scalar;
    const analytic = variableGrads(penalty, [weight]).grads[weight.name]!.dataSync();
    const moved = (k: number, by: number) => {
      const values = original.slice();
      values[k]! += by;
      weight.assign(tensor(values, weight.shape));
      return number(penalty());
    };
    const far = [...original.keys()].filter((k) => Math.abs(original[k]!) > 0.01).slice(0, 12);
    expect(far.length).toBeGreaterThan(3);
    const size = Math.max(...analytic.map(Math.abs));
    for (const k of far) {
      const numeric = (moved(k, 4e-3) - moved(k, -4e-3)) / 8e-3;
      expect(Math.abs(numeric - analytic[k]!) / size).toBeLessThan(0.02);
    }
    moved(0, 0);
    // The regularizer of that weight is the same penalty.
    expect(number(edgeRegularizer(options).apply(weight)) / number(kanRegularization(layer, options))).toBeCloseTo(
      1,
      5,
    );
    expect(number(sum(layer.edgeCoefficients()))).toBeCloseTo(number(sum(weight)), 3);
  });
});
