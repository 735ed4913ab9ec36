import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { relativeError, useBackend } from '../test/backends.js';
import { cases } from '../test/layers.js';

// TensorFlow.js' WASM backend keeps the right-hand side of a matrix product packed under the number of its data: the same data in another
// shape then give wrong numbers or an abort. Here one layer sees an input as [2, 3, 4] and another as [2, 12], and their outputs, [2, 3, 2]
// and [2, 6], are added, so that both get the same gradient.
describe('an input and a gradient that two layers see in two shapes', () => {
  const layerCases = [
    ...cases.map(({ name, make }) => ({ name, make: (units: number) => make(units) })),
    ...cases
      .filter(({ name }) => /^(efficient|fourier|fast)KAN default/.test(name))
      .map(({ name, make }) => ({
        name: `${name}, linear`,
        make: (units: number) => make(units, { baseActivation: 'linear', layerNorm: false }),
      })),
  ];

  it.each(layerCases)('$name: wasm has the same gradients as cpu', async ({ make }) => {
    const results: number[][][] = [];
    for (const backend of ['cpu', 'wasm'] as const) {
      await useBackend(backend);
      const [narrow, wide] = [make(2), make(6)];
      narrow.build([null, 4]);
      wide.build([null, 12]);
      const x = tf.variable(tf.randomUniform([2, 12], -1, 1, 'float32', 3));
      const loss = () => {
        const left = tf.reshape(narrow.apply(tf.reshape(x, [2, 3, 4])) as tf.Tensor, [2, 6]);
        return tf.sum(tf.square(tf.add(left, wide.apply(x) as tf.Tensor))) as tf.Scalar;
      };
      const variables = [narrow, wide].flatMap((layer) => layer.trainableWeights.map((w) => w.read() as tf.Variable));
      const all = [x, ...variables];
      const { grads } = tf.variableGrads(loss, all);
      results.push(all.map(({ name }) => [...grads[name]!.dataSync()]));
    }
    const [expected, got] = results as [number[][], number[][]];
    const size = Math.max(...expected.flat().map(Math.abs));
    expected.forEach((gradient, k) => {
      if (gradient.some((v) => Math.abs(v) > 1e-5 * size)) expect(relativeError(got[k]!, gradient)).toBeLessThan(1e-3);
    });
  });
});
