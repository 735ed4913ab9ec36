import * as tf from '@tensorflow/tfjs-core';
import { gradientsOf, type KernelCase, make, makeSpecial } from './kernel-case.js';

/** FusedBatchNorm and its gradient. */
export function normCases(): KernelCase[] {
  const cases: KernelCase[] = [];
  for (const shape of [
    [4, 3],
    [2, 4, 3],
    [2, 3, 4, 3],
    [2, 3, 4, 8],
    [0, 3],
    [2, 0, 4, 3],
  ]) {
    const c = shape.at(-1)!;
    const norm = (sizes: number[][], dtypes: tf.DataType[] = []) => {
      const [mean, variance, offset, scale] = sizes.map((size, i) =>
        i === 1 ? tf.add(tf.abs(make(size, 2)), 0.5) : make(size, i + 3, dtypes[i] ?? 'float32'),
      ) as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D?, tf.Tensor1D?];
      return tf.batchNorm(make(shape, 1, dtypes[4] ?? 'float32') as tf.Tensor4D, mean, variance, offset, scale, 0.01);
    };
    cases.push({ name: `batchNorm of [${shape}]`, run: () => norm([[c], [c], [c], [c]]) });
    cases.push({ name: `batchNorm of [${shape}] without offset and scale`, run: () => norm([[c], [c]]) });
    for (let mask = 1; mask < 16; mask++) {
      const sizes = [0, 1, 2, 3].map((i) => [mask & (1 << i) ? 1 : c]);
      cases.push({ name: `batchNorm of [${shape}] with statistics [${sizes}]`, run: () => norm(sizes) });
    }
    cases.push({
      name: `batchNorm of [${shape}] with statistics of its shape`,
      run: () => norm([shape, shape, shape, shape]),
    });
    const flat = shape.map((size, axis) => (axis === shape.length - 1 ? size : 1));
    cases.push({
      name: `batchNorm of [${shape}] with statistics of shape [${flat}]`,
      run: () => norm([flat, flat, flat, flat]),
    });
    cases.push({
      name: `batchNorm of [${shape}] with statistics of different shapes`,
      run: () => norm([flat, shape, flat.map(() => 1), shape]),
    });
    for (let which = 0; which < 4; which++) {
      if (which === 1) continue;
      cases.push({
        name: `batchNorm of [${shape}] with statistic ${which} of integers`,
        run: () => norm([[c], [c], [c], [c]], Object.assign([], { [which]: 'int32' })),
      });
    }
    for (let which = 0; which < 4 && shape.every((size) => size > 0); which++) {
      cases.push({
        name: `batchNorm of [${shape}] with statistic ${which} of 2 channels`,
        run: () => norm([0, 1, 2, 3].map((i) => [i === which ? 2 : c])),
        refused: /batchNorm: .*\[2\]/,
      });
    }
    // The cpu backend calls the result int32, but keeps what stands behind the point; here it is what it should be, float32.
    for (const dtype of ['int32', 'bool'] as const) {
      cases.push({
        name: `batchNorm of ${dtype} [${shape}]`,
        run: () => tf.batchNorm(make(shape, 1, dtype) as tf.Tensor4D, make([c], 3), tf.abs(make([c], 2)), make([c], 4)),
        expected: () =>
          tf.batchNorm(
            tf.cast(make(shape, 1, dtype), 'float32') as tf.Tensor4D,
            make([c], 3),
            tf.abs(make([c], 2)),
            make([c], 4),
          ),
      });
    }
    if (shape.includes(0)) continue;
    // Always with scale and offset: without one of them tfjs cannot record the operation, on any backend.
    for (const size of [[c], [1], shape]) {
      cases.push({
        name: `gradients of batchNorm of [${shape}] with statistics [${size}]`,
        run: () =>
          gradientsOf(
            (x, ...statistics) => tf.batchNorm(x as tf.Tensor4D, ...(statistics as [tf.Tensor1D, tf.Tensor1D])),
            [make(shape, 1), ...[2, 3, 4, 5].map((seed) => tf.add(tf.abs(make(size, seed)), 0.5))],
          ),
      });
    }
  }
  cases.push(
    ...[
      { shape: [4, 3], sizes: [4, 1] },
      { shape: [2, 4, 3], sizes: [1, 4, 1] },
      { shape: [2, 4, 3], sizes: [2, 1, 1] },
      { shape: [2, 4, 5, 3], sizes: [1, 4, 1, 1] },
      { shape: [2, 4, 5, 3], sizes: [1, 1, 5, 1] },
      { shape: [0, 4, 5, 3], sizes: [1, 4, 1, 1] },
    ].flatMap(({ shape, sizes }) => {
      // The cpu backend repeats the statistics along the values, whatever their shape; its gradient has a wrong shape.
      const formula = (x: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor, offset?: tf.Tensor, scale?: tf.Tensor) => {
        const factor = tf.rsqrt(tf.add(variance, 0.01));
        return tf.add(tf.mul(tf.sub(x, mean), scale ? tf.mul(factor, scale) : factor), offset ?? 0);
      };
      const norm = (x: tf.Tensor, ...others: tf.Tensor[]) =>
        tf.batchNorm(x as tf.Tensor4D, ...(others as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D, tf.Tensor4D]), 0.01);
      const operands = (): [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor] => [
        make(shape, 1),
        make(sizes, 2),
        tf.abs(make(sizes, 3)),
        make(sizes, 4),
        make(sizes, 5),
      ];
      const name = `batchNorm of [${shape}] with statistics [${sizes}]`;
      const single = (): [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor] => {
        const [x, mean, variance] = operands();
        return [x, mean, variance, tf.ones(sizes.map(() => 1))];
      };
      return [
        { name, run: () => norm(...operands()), expected: () => formula(...operands()) },
        {
          name: `${name} and one offset`,
          run: () => tf.batchNorm(...(single() as unknown as [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D]), undefined, 0.01),
          expected: () => formula(...single()),
        },
        ...(shape[0] === 0
          ? []
          : [
              {
                name: `gradients of ${name}`,
                run: () => gradientsOf(norm, operands()),
                expected: () => gradientsOf(formula as typeof norm, operands()),
              },
            ]),
      ];
    }),
    {
      name: 'batchNorm of statistics along two axes',
      run: () => tf.batchNorm(make([4, 3, 2], 1) as tf.Tensor3D, make([4, 1, 1], 2), tf.abs(make([1, 3, 1], 3))),
      refused: /batchNorm: the mean does not fit.*\[4,1,1\]/,
    },
    {
      name: 'batchNorm of rows with a mean each and a variance a column',
      run: () => tf.batchNorm(make([4, 3], 1) as tf.Tensor2D, make([4, 1], 2), tf.abs(make([1, 3], 3))),
      refused: /batchNorm: the mean does not fit.*\[4,1\]/,
    },
    {
      name: 'batchNorm of unusual numbers',
      run: () => tf.batchNorm(makeSpecial([9, 3], 1) as tf.Tensor2D, make([3], 2), tf.abs(make([3], 3))),
    },
    {
      name: 'batchNorm of a negative variance',
      run: () => tf.batchNorm(make([9, 3], 1) as tf.Tensor2D, make([3], 2), tf.tensor1d([-1, 0, 1])),
    },
    {
      name: 'batchNorm of a variance of 0',
      run: () => tf.batchNorm(make([9, 3], 1) as tf.Tensor2D, make([3], 2), tf.zeros([3]), undefined, undefined, 0),
    },
    {
      name: 'gradient of batchNorm by floats of integers',
      run: () =>
        gradientsOf(
          (mean) =>
            tf.batchNorm(
              make([4, 3], 1) as tf.Tensor2D,
              mean as tf.Tensor1D,
              tf.add(tf.abs(make([3], 2, 'int32')), 1) as tf.Tensor1D,
              make([3], 4),
              make([3], 5),
            ),
          [make([3], 3)],
        ),
    },
  );
  return cases;
}
