import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, useBackend } from '../test/backends.js';
import { gradientSetting } from '../test/gradient-setting.js';
import { cases } from '../test/layers.js';
import { efficientKAN, type KANLayer } from './index.js';

/**
 * Compares every gradient of a built layer (3 inputs, 2 units), of every weight and of the input, with central differences.
 *
 * In float32 a difference quotient over 2ε has a rounding error near |loss|·1e-7/ε and a truncation error near ε²; ε = 4e-3 with
 * Richardson's step (4·D(ε) − D(2ε))/3 keeps both below 2e-3 of the largest gradient, which is the bar.
 */
function checkGradients(name: string, layer: KANLayer, training = false): void {
  const { variables, loss, grads } = gradientSetting(layer, training);
  for (const variable of variables) {
    const original = Float32Array.from(variable.dataSync());
    const at = (k: number, value: number) => {
      const values = original.slice();
      values[k] = value;
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
      // The difference of two float32 numbers over their true distance.
      return { value: tf.tidy(() => loss().dataSync()[0]!), where: values[k]! };
    };
    const difference = (k: number, step: number) => {
      const above = at(k, original[k]! + step);
      const below = at(k, original[k]! - step);
      return (above.value - below.value) / (above.where - below.where);
    };
    const numeric = Float64Array.from(original, (_, k) => (4 * difference(k, 8e-3) - difference(k, 1.6e-2)) / 3);
    at(0, original[0]!);
    const analytic = grads[variable.name]!.dataSync();
    const size = Math.max(0.3, ...numeric.map(Math.abs));
    numeric.forEach((value, k) => {
      expect(Math.abs(value - analytic[k]!) / size, `${name}: ${variable.name}[${k}]`).toBeLessThan(2e-3);
    });
  }
}

describe.each(backends)('gradients on %s against finite differences', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(cases)('$name', ({ name, make }) => {
    const layer = make(2);
    layer.build([null, 3]);
    checkGradients(name, layer);
  });

  it.each(['zero', 'clamp', 'linear'] as const)(
    'efficientKAN on another non-uniform grid for each input, %s',
    (extrapolation) => {
      const layer = efficientKAN({ units: 2, seed: 7, scaleNoise: 3, extrapolation });
      layer.build([null, 3]);
      const grid = layer.weights.find((weight) => weight.originalName.endsWith('grid'))!;
      const uniform = grid.read().dataSync();
      // No point within a step of the end of an input's range, where 'clamp' has a kink.
      const bent = Float32Array.from(uniform, (t, k) => t + 0.15 * Math.sin(2 * t + (k % 3)) - 0.17 * (k % 3));
      grid.write(tf.tensor(bent, [12, 3]));
      checkGradients('non-uniform', layer);
    },
  );

  it.each(cases.filter(({ name }) => name.startsWith('waveletKAN')))('$name, in training', ({ name, make }) => {
    const layer = make(2);
    layer.build([null, 3]);
    checkGradients(name, layer, true);
  });
});
