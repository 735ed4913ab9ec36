import * as tf from '@tensorflow/tfjs-core';
import { gradientsOf, type KernelCase, make } from './kernel-case.js';

const FLAGS = [false, true];
/** Leading axes of both sides; the cpu backend does not broadcast both at once (kernels.test.ts does). */
const BATCHES: [number[], number[]][] = [
  [[], []],
  [[3], [3]],
  [[], [3]],
  [[3], []],
  [[1], [3]],
  [
    [2, 3],
    [2, 3],
  ],
  [
    [2, 1, 3],
    [2, 1, 3],
  ],
  [
    [2, 1, 1, 3],
    [2, 1, 1, 3],
  ],
  [[0], [0]],
];
const SIZES: [m: number, k: number, n: number][] = [
  [3, 4, 5],
  [1, 1, 1],
  [1, 7, 9],
  [9, 1, 8],
  [0, 3, 2],
  [3, 0, 2],
  [3, 2, 0],
];

/** BatchMatMul, _FusedMatMul. */
export function matrixCases(): KernelCase[] {
  return [...products(), ...fused()];
}

function products(): KernelCase[] {
  const cases: KernelCase[] = [];
  for (const [aBatch, bBatch] of BATCHES) {
    for (const size of SIZES) {
      for (const transposeA of FLAGS) {
        for (const transposeB of FLAGS) {
          const name = `matMul [${aBatch}] × [${bBatch}] of ${size}${transposeA ? ', left transposed' : ''}${transposeB ? ', right transposed' : ''}`;
          const sides = () => operands(size, transposeA, transposeB, aBatch, bBatch);
          const multiply = (a: tf.Tensor, b: tf.Tensor) => tf.matMul(a, b, transposeA, transposeB);
          cases.push({ name, run: () => multiply(...sides()) });
          // tfjs' gradient does not sum over the axes that it broadcasts.
          if (String(aBatch) === String(bBatch)) {
            cases.push({ name: `gradients of ${name}`, run: () => gradientsOf(multiply as never, sides()) });
          }
        }
      }
    }
  }
  const matrix = () => make([3, 3], 1);
  for (const dtype of ['int32', 'bool'] as const) {
    cases.push({ name: `matMul of float32 and ${dtype}`, run: () => tf.matMul(matrix(), make([3, 3], 2, dtype)) });
  }
  for (const transposeA of FLAGS) {
    for (const transposeB of FLAGS) {
      const flags = [transposeA, transposeB] as const;
      cases.push(
        { name: `matMul(matrix, vector) ${flags}`, run: () => tf.matMul(matrix(), make([3], 2) as never, ...flags) },
        { name: `matMul(vector, matrix) ${flags}`, run: () => tf.matMul(make([3], 2) as never, matrix(), ...flags) },
        { name: `matMul(matrix, scalar) ${flags}`, run: () => tf.matMul(matrix(), make([], 2) as never, ...flags) },
        {
          name: `matMul(vector, vector) ${flags}`,
          run: () => tf.matMul(make([3], 2) as never, make([3], 2) as never, ...flags),
        },
        { name: `matMul that does not fit ${flags}`, run: () => tf.matMul(make([3, 4], 1), make([5, 2], 2), ...flags) },
      );
    }
  }
  for (const [a, b] of [
    [
      [3, 3],
      [3, 3],
    ],
    [
      [5, 9],
      [9, 17],
    ],
  ] as const) {
    cases.push({
      name: `matMul of infinities and NaN [${a}] × [${b}]`,
      run: () => tf.matMul(unusual(a, 1) as tf.Tensor2D, make(b, 2)),
    });
  }
  cases.push({ name: 'matMul of unequal batches', run: () => tf.matMul(make([2, 3, 3], 1), make([3, 3, 3], 2)) });
  cases.push({ name: 'dot', run: () => tf.dot(make([3], 1), make([3, 2], 2)) });
  return cases;
}

function fused(): KernelCase[] {
  const cases: KernelCase[] = [];
  const activations = ['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'prelu', 'leakyrelu'] as const;
  const biases: (number[] | undefined)[] = [undefined, [5], [1], [], [1, 5], [3, 5]];
  for (const activation of activations) {
    for (const shape of biases) {
      for (const transposeA of FLAGS) {
        for (const transposeB of FLAGS) {
          for (const batch of [[], [1], [2]]) {
            cases.push({
              name: `fused.matMul [${batch}] with bias [${shape}], ${activation} ${[transposeA, transposeB]}`,
              run: () => {
                const [a, b] = operands([3, 4, 5], transposeA, transposeB, batch, batch);
                return tf.fused.matMul({
                  a,
                  b,
                  transposeA,
                  transposeB,
                  bias: shape && make(shape, 7),
                  activation,
                  leakyreluAlpha: 0.3,
                  ...(activation === 'prelu' ? { preluActivationWeights: make([5], 8) } : {}),
                });
              },
              ...(shape?.[0] === 3 ? { refused: /fused.matMul: the bias does not fit.*\[3,5\]/ } : {}),
            });
          }
        }
      }
    }
    cases.push({
      name: `gradients of fused.matMul with ${activation}`,
      run: () =>
        gradientsOf(
          (a, b, bias) => tf.fused.matMul({ a, b, bias, activation } as never),
          [make([3, 4], 1), make([4, 5], 2), make([5], 3)],
        ),
    });
  }
  for (const activation of ['relu', 'relu6'] as const) {
    cases.push({
      name: `fused.matMul of infinities and NaN with ${activation}`,
      run: () => tf.fused.matMul({ a: unusual([5, 9], 1), b: make([9, 17], 2), bias: make([17], 3), activation }),
    });
  }
  return cases;
}

function operands(
  [m, k, n]: readonly [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
  aBatch: number[],
  bBatch: number[],
): [tf.Tensor, tf.Tensor] {
  return [
    make([...aBatch, ...(transposeA ? [k, m] : [m, k])], 1),
    make([...bBatch, ...(transposeB ? [n, k] : [k, n])], 2),
  ];
}

/** Values with a NaN in the first row, an infinity in the second, both in the third. */
function unusual(shape: readonly number[], seed: number): tf.Tensor {
  const values = make(shape, seed).dataSync().slice();
  const columns = shape[1]!;
  values[0] = Number.NaN;
  values[columns + 1] = Number.POSITIVE_INFINITY;
  values[2 * columns] = Number.NEGATIVE_INFINITY;
  values[2 * columns + 2] = Number.NaN;
  return tf.tensor(values, [...shape]);
}
