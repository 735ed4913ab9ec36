import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { EMPTY_SHAPES, gradientsOf, type KernelCase, make, makeSpecial, SHAPES } from './kernel-case.js';

const DTYPES = ['float32', 'int32', 'bool', 'string'] as const;
const NUMBERS = ['float32', 'int32', 'bool'] as const;

/** Identity, Cast, Concat, SplitV. */
export function copyCases(): KernelCase[] {
  return [...identities(), ...casts(), ...concats(), ...splits(), ...complexNumbers()];
}

function identities(): KernelCase[] {
  return DTYPES.flatMap((dtype) =>
    [...SHAPES, ...EMPTY_SHAPES].map((shape) => ({
      name: `clone of ${dtype} [${shape}]`,
      run: () => tf.clone(make(shape, 1, dtype)),
    })),
  );
}

function casts(): KernelCase[] {
  const shapes = [...SHAPES, ...EMPTY_SHAPES].flatMap((shape) =>
    DTYPES.flatMap((from) =>
      DTYPES.map((to) => ({
        name: `cast of ${from} [${shape}] to ${to}`,
        run: () => tf.cast(make(shape, 2, from), to),
      })),
    ),
  );
  const values = [
    0,
    -0,
    0.4,
    -0.6,
    1.5,
    -2.5,
    3,
    254.7,
    255,
    256,
    512,
    65536,
    -256,
    2 ** 31 - 128,
    1e-40,
    NaN,
    Infinity,
    -Infinity,
  ];
  const odd = NUMBERS.map((to) => ({
    name: `cast of unusual floats to ${to}`,
    run: () => tf.cast(tf.tensor1d(values), to),
  }));
  const integers = NUMBERS.map((to) => ({
    name: `cast of unusual integers to ${to}`,
    run: () => tf.cast(tf.tensor1d([0, 1, -1, 256, 512, -256, 2 ** 31 - 1, -(2 ** 31)], 'int32'), to),
  }));
  return [
    ...shapes,
    ...odd,
    ...integers,
    {
      name: 'gradient of a cast to the same type',
      run: () => gradientsOf((x) => tf.cast(x, 'float32'), [make([5], 1)]),
    },
  ];
}

function concats(): KernelCase[] {
  const cases: KernelCase[] = [];
  for (const first of NUMBERS) {
    for (const second of NUMBERS) {
      for (const shape of SHAPES.slice(1)) {
        for (const axis of new Set([0, shape.length - 1, -1, -shape.length])) {
          const join = () => [make(shape, 1, first), make(shape, 2, second), make(shape, 3, first)];
          cases.push({
            name: `concat of ${first}, ${second}, ${first} [${shape}] along ${axis}`,
            run: () => tf.concat(join(), axis),
            // The cpu backend stores numbers in a tensor of truth values as they come: 5 stays 5, .5 becomes 0.
            ...(first === 'bool' && second !== 'bool'
              ? {
                  expected: () =>
                    tf.concat(
                      join().map((t) => tf.cast(t, 'bool')),
                      axis,
                    ),
                }
              : {}),
          });
        }
      }
      cases.push({
        name: `concat of an empty ${first} and a ${second}`,
        run: () => tf.concat([make([0, 3], 1, first), make([2, 3], 2, second)], 0),
      });
      cases.push({
        name: `concat of an empty ${first}, a ${second} and an empty ${first}`,
        run: () => tf.concat([make([2, 0], 1, first), make([2, 3], 2, second), make([2, 0], 1, first)], 1),
      });
      cases.push({
        name: `concat of an empty ${first} and two ${second}`,
        run: () => tf.concat([make([0, 3], 1, first), make([2, 3], 2, second), make([1, 3], 3, second)], 0),
        ...(first === 'bool' && second !== 'bool'
          ? { expected: () => tf.cast(tf.concat([make([2, 3], 2, second), make([1, 3], 3, second)], 0), 'bool') }
          : {}),
      });
    }
  }
  cases.push(
    { name: 'concat of words', run: () => tf.concat([make([2, 3], 1, 'string'), make([2, 2], 2, 'string')], 1) },
    { name: 'concat of words along 0', run: () => tf.concat([make([2, 3], 1, 'string'), make([1, 3], 2, 'string')]) },
    { name: 'concat of words and none', run: () => tf.concat([make([2, 3], 1, 'string'), make([0, 3], 2, 'string')]) },
    { name: 'concat of nothing', run: () => tf.concat([make([0, 3], 1), make([0, 3], 2)], 0) },
    { name: 'concat of nothing along 1', run: () => tf.concat([make([0, 3], 1), make([0, 2], 2)], 1) },
    { name: 'concat of unusual floats', run: () => tf.concat([makeSpecial([3, 7], 1), makeSpecial([3, 4], 2)], 1) },
    { name: 'concat of shapes that do not fit', run: () => tf.concat([make([2, 3], 1), make([3, 2], 2)], 0) },
    { name: 'concat of different ranks', run: () => tf.concat([make([2, 3], 1), make([2], 2)], 0) },
    { name: 'concat along an axis that is not there', run: () => tf.concat([make([2, 3], 1), make([2, 3], 2)], 2) },
    {
      name: 'concat of many',
      run: () =>
        tf.concat(
          Array.from({ length: 9 }, (_, i) => make([2, i + 1, 3], i + 1)),
          1,
        ),
    },
    {
      name: 'concatenate, a layer, of floats and integers',
      run: () =>
        layers.layers.concatenate().apply([tf.tensor2d([[0.5]]), tf.tensor2d([[1, 0]], [1, 2], 'int32')]) as tf.Tensor,
      expected: () => tf.tensor2d([[0.5, 1, 0]]),
    },
    { name: 'stack', run: () => tf.stack([make([2, 3], 1), make([2, 3], 2, 'int32')], 1) },
    {
      name: 'gradients of concat',
      run: () => gradientsOf((a, b) => tf.concat([a, b], 1), [make([2, 3, 4], 1), make([2, 1, 4], 2)]),
    },
    {
      name: 'gradient of concat with integers',
      run: () => gradientsOf((a) => tf.concat([a, make([2, 3], 2, 'int32')], 1), [make([2, 4], 1)]),
    },
    {
      name: 'concat of words and numbers',
      run: () => tf.concat([make([2], 1, 'string'), make([2], 2)]),
      refused: /concat: .*got string, float32/,
    },
    {
      name: 'concat of numbers and words',
      run: () => tf.concat([make([2], 2), make([2], 1, 'string')]),
      refused: /concat: .*got float32, string/,
    },
  );
  return cases;
}

/** The WASM backend has no complex numbers, but gets them from another one. */
function complexNumbers(): KernelCase[] {
  const make = () => {
    const backend = tf.getBackend();
    tf.setBackend('cpu');
    const numbers = tf.complex([1, 2, 3, 4], [5, 6, 7, 8]);
    tf.setBackend(backend);
    return numbers;
  };
  const calls: Record<string, () => tf.Tensor | tf.Tensor[]> = {
    clone: () => tf.clone(make()),
    'cast to the same type': () => tf.cast(make(), 'complex64'),
    'cast to float32': () => tf.cast(make(), 'float32'),
    'cast to bool': () => tf.cast(make(), 'bool'),
    concat: () => tf.concat([make(), make()]),
    'concat with integers': () => tf.concat([tf.tensor1d([1], 'int32'), make()]),
    split: () => tf.split(make(), 2),
    sum: () => tf.sum(make()),
    mean: () => tf.mean(make()),
    matMul: () => tf.matMul(tf.reshape(make(), [2, 2]), tf.ones([2, 2])),
    batchNorm: () => tf.batchNorm(tf.reshape(make(), [2, 2]) as tf.Tensor2D, tf.ones([2]), tf.ones([2])),
    conv2dTranspose: () =>
      tf.conv2dTranspose(
        tf.reshape(make(), [1, 2, 2, 1]) as tf.Tensor4D,
        tf.ones([1, 1, 1, 1]),
        [1, 2, 2, 1],
        1,
        'same',
      ),
  };
  return Object.entries(calls).map(([name, run]) => ({
    name: `${name} of complex numbers`,
    run,
    refused: /complex64/,
  }));
}

function splits(): KernelCase[] {
  const cases: KernelCase[] = [];
  for (const dtype of DTYPES) {
    for (const shape of SHAPES.slice(1)) {
      for (const axis of new Set([0, shape.length - 1, -1])) {
        const size = shape.at(axis)!;
        for (const parts of size > 1 ? [size, [size - 1, 1], [-1, 1], [0, size]] : [1, [0, 1], [-1, 1]]) {
          cases.push({
            name: `split of ${dtype} [${shape}] along ${axis} into ${JSON.stringify(parts)}`,
            run: () => tf.split(make(shape, 1, dtype), parts, axis),
          });
        }
      }
    }
    cases.push(
      { name: `split of an empty ${dtype}`, run: () => tf.split(make([0, 4], 1, dtype), 2, 1) },
      {
        name: `split of an empty ${dtype} along its empty axis`,
        run: () => tf.split(make([0, 4], 1, dtype), [0, 0], 0),
      },
      { name: `unstack of ${dtype}`, run: () => tf.unstack(make([3, 2, 2], 1, dtype), 1) },
    );
  }
  cases.push(
    { name: 'split that does not divide', run: () => tf.split(make([5], 1), 2) },
    { name: 'split with sizes that do not add up', run: () => tf.split(make([5], 1), [2, 2]) },
    { name: 'split with two open sizes', run: () => tf.split(make([5], 1), [-1, -1]) },
    { name: 'split along an axis that is not there', run: () => tf.split(make([5], 1), 1, 1) },
    {
      name: 'gradient of split',
      run: () => gradientsOf((x) => tf.mul(tf.split(x, 2, 1)[0]!, tf.split(x, 2, 1)[1]!), [make([3, 4, 2], 1)]),
    },
  );
  return cases;
}
