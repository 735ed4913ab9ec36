import * as tf from '@tensorflow/tfjs-core';
import { sidesOf } from './explicit-padding.js';
import { gradientsOf, type KernelCase, make } from './kernel-case.js';

type Pad = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

/** MaxPool, AvgPool and their gradients. */
export function poolCases(): KernelCase[] {
  const cases: KernelCase[] = [];
  const options: [
    size: number | [number, number],
    strides: number | [number, number],
    pad: Pad,
    rounding?: 'floor' | 'round' | 'ceil',
  ][] = [
    [2, 2, 'valid'],
    [2, 1, 'same'],
    [3, 2, 'same'],
    [[2, 3], [1, 2], 'valid'],
    [1, 2, 'same'],
    [3, 4, 'valid'],
    [1, 1, 'valid'],
    [3, 2, 1],
    [3, 2, 1, 'floor'],
    [3, 2, 1, 'ceil'],
    [3, 2, 1, 'round'],
    [
      3,
      1,
      [
        [0, 0],
        [1, 2],
        [2, 0],
        [0, 0],
      ],
    ],
    [
      3,
      2,
      [
        [0, 0],
        [0, 1],
        [1, 2],
        [0, 0],
      ],
    ],
  ];
  for (const shape of [
    [2, 7, 6, 3],
    [1, 5, 8, 8],
    [6, 5, 2],
    [2, 3, 3, 17],
  ]) {
    for (const [size, strides, pad, rounding] of options) {
      const text = `[${shape}], window ${size}, stride ${strides}, pad ${JSON.stringify(pad)}, ${rounding}`;
      const x = (sign = 1) => tf.mul(make(shape, 1), sign);
      const maximum = (value: tf.Tensor) => tf.maxPool(value as tf.Tensor4D, size, strides, pad, rounding);
      const image = (shape.length === 3 ? [1, ...shape] : shape) as [number, number, number, number];
      const info = tf.backend_util.computePool2DInfo(image, size, strides, 1, pad, rounding);
      const sides = sidesOf(info, pad as number);
      // tfjs' gradients forget how the size was rounded, and so the last window.
      const paddedMaximum = (value: tf.Tensor) => tf.maxPool(value as tf.Tensor4D, size, strides, sides);
      const byPadding = (value: () => tf.Tensor) =>
        rounding ? { expected: () => gradientsOf(paddedMaximum, [value()]) } : {};
      const average = (value: tf.Tensor) => tf.avgPool(value as tf.Tensor4D, size, strides, pad, rounding);
      cases.push(
        { name: `maxPool ${text}`, run: () => maximum(x()) },
        { name: `avgPool ${text}`, run: () => average(x()) },
      );
      cases.push({
        name: `gradient of maxPool ${text}`,
        run: () => gradientsOf(maximum, [x()]),
        ...byPadding(() => x()),
      });
      cases.push({
        name: `gradient of maxPool of negative numbers ${text}`,
        run: () => gradientsOf(maximum, [tf.neg(tf.abs(x()))]),
        ...byPadding(() => tf.neg(tf.abs(x()))),
      });
      cases.push({
        name: `gradient of maxPool with equal maxima ${text}`,
        run: () => gradientsOf(maximum, [tf.round(x(0.5))]),
        ...byPadding(() => tf.round(x(0.5))),
      });
      cases.push({
        name: `gradient of avgPool ${text}`,
        run: () => gradientsOf(average, [x()]),
        expected: () => transposedAverage(average, shape),
      });
    }
  }
  for (const channels of [1, 3, 17]) {
    for (const [size, strides, pad] of [
      [2, 2, 'valid'],
      [3, 2, 'same'],
      [[2, 3], 1, 'valid'],
      [4, 1, 'same'],
      [1, 1, 'valid'],
      [1, 2, 'same'],
    ] as [number | [number, number], number, 'same' | 'valid'][]) {
      const name = `maxPool with NaN in most windows, ${channels} channels, window ${size}, stride ${strides}, ${pad}`;
      const maximum = (x: tf.Tensor) => tf.maxPool(x as tf.Tensor4D, size, strides, pad);
      cases.push({ name, run: () => maximum(withNaN([2, 7, 6, channels])) });
      // The cpu backend takes a NaN for the maximum of a window of one pixel that is copied, and has no gradient there.
      if (size === 1) continue;
      cases.push({ name: `gradient of ${name}`, run: () => gradientsOf(maximum, [withNaN([2, 7, 6, channels])]) });
    }
  }
  cases.push(
    {
      name: 'maxPool of windows that begin or end with NaN, or have nothing else',
      run: () =>
        tf.maxPool(
          tf.tensor4d([Number.NaN, 1, 2, Number.NaN, Number.NaN, Number.NaN], [1, 1, 6, 1]),
          [1, 2],
          2,
          'valid',
        ),
      expected: () => tf.tensor4d([1, 2, Number.NEGATIVE_INFINITY], [1, 1, 3, 1]),
    },
    {
      name: 'gradient of maxPool of windows that begin or end with NaN, or have nothing else',
      run: () =>
        gradientsOf(
          (x) => tf.maxPool(x as tf.Tensor4D, [1, 2], 2, 'valid'),
          [tf.tensor4d([Number.NaN, 1, 2, Number.NaN, Number.NaN, Number.NaN], [1, 1, 6, 1])],
          tf.tensor4d([5, 6, 7], [1, 1, 3, 1]),
        ),
      expected: () => tf.tensor4d([0, 5, 6, 0, 0, 0], [1, 1, 6, 1]),
    },
    {
      name: 'gradient of maxPool of infinities',
      run: () =>
        gradientsOf(
          (x) => tf.maxPool(x as tf.Tensor4D, 2, 1, 'same'),
          [tf.fill([1, 3, 3, 2], Number.NEGATIVE_INFINITY)],
        ),
      // The first pixel of each window has it; the cpu backend finds no maximum there.
      expected: () => make([1, 3, 3, 2], 97),
    },
    {
      name: 'maxPool with a window far larger than the image',
      run: () => tf.maxPool(make<tf.Rank.R4>([1, 2, 2, 2], 1), 5, 1, 'valid'),
      refused: /pool: the window does not fit.*2 × 2.*5 × 5/,
    },
    {
      name: 'avgPool with a window far larger than the image',
      run: () => tf.avgPool(make<tf.Rank.R4>([1, 2, 2, 2], 1), 5, 1, 'valid'),
      refused: /pool: the window does not fit/,
    },
    {
      name: 'maxPool with a window larger than the image',
      run: () => tf.maxPool(make<tf.Rank.R4>([1, 2, 2, 2], 1), 3, 1, 'valid'),
    },
    {
      name: 'gradient of maxPool of no image',
      run: () => gradientsOf((x) => tf.maxPool(x as tf.Tensor4D, 2, 1, 'same'), [make([0, 3, 3, 2], 1)]),
    },
    {
      name: 'gradient of avgPool of no image',
      run: () => gradientsOf((x) => tf.avgPool(x as tf.Tensor4D, 2, 1, 'same'), [make([0, 3, 3, 2], 1)]),
    },
    { name: 'gradient of globalMaxPool', run: () => gradientsOf((x) => tf.max(x, [1, 2]), [make([2, 3, 3, 2], 1)]) },
    {
      name: 'gradient of a dilated maxPool',
      run: () => gradientsOf((x) => tf.pool(x as tf.Tensor4D, 2, 'max', 'valid', 2), [make([1, 6, 6, 2], 1)]),
    },
    {
      name: 'gradient of a dilated avgPool',
      run: () => gradientsOf((x) => tf.pool(x as tf.Tensor4D, 2, 'avg', 'valid', 2), [make([1, 6, 6, 2], 1)]),
    },
  );
  return cases;
}

/** Every third value is NaN: some windows begin with one, some end with one, in some there is nothing else. */
function withNaN(shape: number[]): tf.Tensor {
  const values = make(shape, 1).dataSync().slice();
  for (let i = 0; i < values.length; i += 3) values[i] = Number.NaN;
  values.fill(Number.NaN, 0, Math.floor(values.length / 4));
  return tf.tensor(values, shape);
}

/** The average is linear: its gradient is the transpose of the matrix that it is, found one pixel after the other. tfjs' own divides by the whole window at the edges. */
function transposedAverage(average: (x: tf.Tensor) => tf.Tensor, shape: number[]): tf.Tensor {
  const size = tf.util.sizeFromShape(shape);
  const dy = make(average(tf.zeros(shape)).shape, 97);
  const values = Array.from({ length: size }, (_, i) => {
    const unit = new Float32Array(size);
    unit[i] = 1;
    return tf.sum(tf.mul(average(tf.tensor(unit, shape)), dy)).dataSync()[0]!;
  });
  return tf.tensor(values, shape);
}
