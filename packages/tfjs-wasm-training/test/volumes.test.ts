import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomValues, relativeError, startBackends, type Values } from './backends.js';
import { randomNumbers } from './random-numbers.js';

type Triple = [number, number, number];

beforeAll(startBackends);

/** `tf.tidy` for results that are no tensors. */
function tidily<T>(run: () => T): T {
  return tf.tidy(run as () => tf.TensorContainer) as T;
}

/** Runs on a backend and comes back. */
async function on<T>(backend: string, run: () => T): Promise<T> {
  await tf.setBackend(backend);
  try {
    return tidily(run);
  } finally {
    await tf.setBackend('wasm');
  }
}

const tensorOf = ({ data, shape }: Values) => tf.tensor(data, shape);
const valuesOf = (tensor: tf.Tensor): Values => ({ data: tensor.dataSync<'float32'>().slice(), shape: tensor.shape });

interface Case {
  pad: 'same' | 'valid';
  strides: number | Triple;
  dilations: number | Triple;
  filter: Triple;
  channels: [number, number];
  batch: number;
}

const triple = (value: number | Triple): Triple => (typeof value === 'number' ? [value, value, value] : value);

/** Every padding, stride, dilation (with stride 1, as tfjs has it), filter size, number of channels and batch. */
function convolutions(): Case[] {
  const cases: Case[] = [];
  for (const pad of ['same', 'valid'] as const) {
    for (const [strides, dilations] of [
      [1, 1],
      [2, 1],
      [[1, 2, 3] as Triple, 1],
      [[3, 1, 1] as Triple, 1],
      [1, 2],
      [1, [2, 1, 3] as Triple],
    ] as [number | Triple, number | Triple][]) {
      for (const filter of [
        [1, 1, 1],
        [2, 3, 2],
        [3, 3, 3],
        [4, 1, 2],
      ] as Triple[]) {
        for (const [channels, batch] of [
          [[1, 1], 1],
          [[3, 5], 2],
          [[18, 6], 1],
        ] as [[number, number], number][]) {
          cases.push({ pad, strides, dilations, filter, channels, batch });
        }
      }
    }
  }
  return cases;
}

const SIZE: Triple = [7, 8, 6];

/** Both gradients by the formula, in double precision. */
function expectedGradients(
  { pad, strides, dilations, filter, channels, batch }: Case,
  x: Values,
  w: Values,
  dy: Values,
) {
  const info = tf.backend_util.computeConv3DInfo(
    [batch, ...SIZE, channels[0]],
    [...filter, ...channels],
    strides,
    dilations,
    pad,
  );
  const [stride, dilation] = [triple(strides), triple(dilations)];
  const padding = [info.padInfo.front, info.padInfo.top, info.padInfo.left];
  const out = [info.outDepth, info.outHeight, info.outWidth];
  const dx = new Float64Array(x.data.length);
  const dw = new Float64Array(w.data.length);
  const [inC, outC] = channels;
  const walk = (sizes: readonly number[], visit: (at: Triple) => void) => {
    for (let i = 0; i < sizes[0]!; i++)
      for (let j = 0; j < sizes[1]!; j++) for (let k = 0; k < sizes[2]!; k++) visit([i, j, k]);
  };
  for (let b = 0; b < batch; b++) {
    walk(out, (o) => {
      walk(filter, (f) => {
        const at = o.map((index, axis) => index * stride[axis]! + f[axis]! * dilation[axis]! - padding[axis]!);
        if (at.some((index, axis) => index < 0 || index >= SIZE[axis]!)) return;
        const pixel = ((b * SIZE[0] + at[0]!) * SIZE[1] + at[1]!) * SIZE[2] + at[2]!;
        const result = ((b * out[0]! + o[0]) * out[1]! + o[1]) * out[2]! + o[2];
        const tap = (f[0] * filter[1] + f[1]) * filter[2] + f[2];
        for (let c = 0; c < inC; c++) {
          for (let d = 0; d < outC; d++) {
            const gradient = dy.data[result * outC + d]!;
            dx[pixel * inC + c]! += w.data[(tap * inC + c) * outC + d]! * gradient;
            dw[(tap * inC + c) * outC + d]! += x.data[pixel * inC + c]! * gradient;
          }
        }
      });
    });
  }
  return { dx: { data: Float32Array.from(dx), shape: x.shape }, dw: { data: Float32Array.from(dw), shape: w.shape } };
}

describe('Conv3D', () => {
  it('has the gradients of the formula for every padding, stride, dilation, filter, channels and batch', () => {
    let worst = 0;
    for (const example of convolutions()) {
      const { pad, strides, dilations, filter, channels, batch } = example;
      const x = randomValues([batch, ...SIZE, channels[0]], 1);
      const w = randomValues([...filter, ...channels], 2);
      const [dx, dw, dy] = tidily(() => {
        const convolve = (input: tf.Tensor, kernel: tf.Tensor) =>
          tf.conv3d(input as tf.Tensor5D, kernel as tf.Tensor5D, strides, pad, 'NDHWC', dilations);
        const [input, kernel] = [tensorOf(x), tensorOf(w)];
        const output = randomValues(convolve(input, kernel).shape, 3);
        return [
          ...tf
            .grads(convolve)([input, kernel], tensorOf(output) as tf.Tensor5D)
            .map(valuesOf),
          output,
        ] as Values[];
      }) as [Values, Values, Values];
      const expected = expectedGradients(example, x, w, dy);
      const error = Math.max(relativeError(dx, expected.dx), relativeError(dw, expected.dw));
      expect(error, JSON.stringify(example)).toBeLessThan(2e-6);
      worst = Math.max(worst, error);
    }
    expect(worst).toBeGreaterThan(0);
  });

  it.each([
    ['same', 2],
    ['valid', [1, 2, 1] as Triple],
  ] as ['same' | 'valid', number | Triple][])(
    'agrees with finite differences of the cpu backend: %s, stride %s',
    async (pad, strides) => {
      const x = randomValues([1, 4, 5, 4, 2], 4);
      const w = randomValues([2, 3, 2, 2, 3], 5);
      const apply = (input: tf.Tensor, kernel: tf.Tensor) =>
        tf.conv3d(input as tf.Tensor5D, kernel as tf.Tensor5D, strides, pad);
      const shape = await on('cpu', () => apply(tensorOf(x), tensorOf(w)).shape);
      const dy = randomValues(shape, 6);
      const objective = (input: Values, kernel: Values) =>
        on('cpu', () => tf.sum(tf.mul(apply(tensorOf(input), tensorOf(kernel)), tensorOf(dy))).dataSync()[0]!);
      // Linear in each argument, so a step of 1 has no error but rounding.
      const base = await objective(x, w);
      const differences = async (values: Values, evaluate: (moved: Values) => Promise<number>): Promise<Values> => {
        const data = new Float32Array(values.data.length);
        for (let i = 0; i < data.length; i++) {
          const moved = values.data.slice();
          moved[i]! += 1;
          data[i] = (await evaluate({ ...values, data: moved })) - base;
        }
        return { data, shape: values.shape };
      };
      const expected = [
        await differences(x, (moved) => objective(moved, w)),
        await differences(w, (moved) => objective(x, moved)),
      ];
      const actual = tidily(() =>
        tf
          .grads(apply)([tensorOf(x), tensorOf(w)], tensorOf(dy) as tf.Tensor5D)
          .map(valuesOf),
      ) as Values[];
      expect(relativeError(actual[0]!, expected[0]!)).toBeLessThan(1e-5);
      expect(relativeError(actual[1]!, expected[1]!)).toBeLessThan(1e-5);
    },
  );

  it('transposed is the transpose of the convolution', () => {
    for (const strides of [1, 2, [2, 1, 3] as Triple] as (number | Triple)[]) {
      for (const pad of ['same', 'valid'] as const) {
        const x = randomValues([2, ...SIZE, 3], 7);
        const w = randomValues([3, 2, 3, 3, 4], 8);
        const [forward, backward] = tf.tidy(() => {
          const y = tf.conv3d(tensorOf(x) as tf.Tensor5D, tensorOf(w) as tf.Tensor5D, strides, pad);
          const other = tensorOf(randomValues(y.shape, 9)) as tf.Tensor5D;
          const back = tf.conv3dTranspose(other, tensorOf(w) as tf.Tensor5D, [2, ...SIZE, 3], strides as Triple, pad);
          return [tf.sum(tf.mul(y, other)), tf.sum(tf.mul(tensorOf(x), back))].map((value) => value.dataSync()[0]!);
        }) as unknown as [number, number];
        expect(Math.abs(forward - backward)).toBeLessThan(1e-4 * Math.max(1, Math.abs(forward)));
      }
    }
  });
});

/** Distinct values, far apart for a step of finite differences, most of them negative. */
function separated(shape: number[], seed: number): Values {
  const size = tf.util.sizeFromShape(shape);
  const order = Array.from(randomNumbers(size, seed), (key, i) => ({ key, i })).sort((a, b) => a.key - b.key);
  const data = new Float32Array(size);
  order.forEach(({ i }, rank) => {
    data[i] = (rank - 0.8 * size) / 16;
  });
  return { data, shape };
}

const pools: [
  string,
  (x: tf.Tensor5D, size: Triple, strides: number | Triple, pad: 'same' | 'valid') => tf.Tensor5D,
][] = [
  ['maxPool3d', (x, size, strides, pad) => tf.maxPool3d(x, size, strides, pad)],
  ['avgPool3d', (x, size, strides, pad) => tf.avgPool3d(x, size, strides, pad)],
];

describe.each(pools)('%s', (name, pool) => {
  it('and its gradient are those of the cpu backend and of finite differences, negative values too', async () => {
    for (const pad of ['same', 'valid'] as const) {
      for (const strides of [1, 2, [2, 3, 1] as Triple] as (number | Triple)[]) {
        for (const [size, channels] of [
          [[2, 2, 2], 1],
          [[3, 2, 4], 5],
          [[1, 3, 1], 4],
        ] as [Triple, number][]) {
          const x = separated([1, 4, 5, 4, channels], 3);
          const apply = (values: Values) => valuesOf(pool(tensorOf(values) as tf.Tensor5D, size, strides, pad));
          const expected = await on('cpu', () => apply(x));
          expect(relativeError(tf.tidy(() => apply(x) as never) as Values, expected)).toBeLessThan(1e-6);
          const dy = randomValues(expected.shape, 11);
          // All moved inputs at once, as a batch. A maximum changes place with a larger step; an average is linear.
          const step = name === 'maxPool3d' ? 1 / 64 : 8;
          const count = x.data.length;
          const differences = await on('cpu', () => {
            const moved = new Float32Array(count * count);
            for (let i = 0; i < count; i++) {
              moved.set(x.data, i * count);
              moved[i * count + i]! += step;
            }
            const y = apply({ data: moved, shape: [count, ...x.shape.slice(1)] });
            return {
              shape: x.shape,
              data: Float32Array.from({ length: count }, (__, i) => {
                let sum = 0;
                const size = expected.data.length;
                for (let j = 0; j < size; j++) sum += (y.data[i * size + j]! - expected.data[j]!) * dy.data[j]!;
                return sum / step;
              }),
            };
          });
          const actual = tf.tidy(
            () =>
              valuesOf(
                tf.grad((input: tf.Tensor) => pool(input as tf.Tensor5D, size, strides, pad))(
                  tensorOf(x),
                  tensorOf(dy) as tf.Tensor5D,
                ),
              ) as never,
          ) as Values;
          expect(relativeError(actual, differences), JSON.stringify({ pad, strides, size, channels })).toBeLessThan(
            2e-4,
          );
        }
      }
    }
  });
});

describe('a network of volumes', () => {
  it('maxPool3d passes a NaN over, as the other backends do', () => {
    const [y, dx] = tf.tidy(() => {
      const x = tf.tensor5d([1, Number.NaN, 3, 2], [1, 2, 2, 1, 1]);
      const pool = (input: tf.Tensor) => tf.maxPool3d(input as tf.Tensor5D, [2, 2, 1], 1, 'valid');
      return [pool(x).dataSync()[0], Array.from(tf.grad(pool)(x).dataSync())];
    }) as unknown as [number, number[]];
    expect(y).toBe(3);
    expect(dx).toEqual([0, 0, 1, 0]);
  });

  it('trains as on the cpu backend', async () => {
    const train = async (backend: string) => {
      await tf.setBackend(backend);
      const { conv3d, maxPooling3d, averagePooling3d, flatten, dense } = layers.layers;
      const kernelInitializer = layers.initializers.heNormal({ seed: 3 });
      const model = layers.sequential({
        layers: [
          conv3d({ inputShape: [6, 7, 6, 2], filters: 4, kernelSize: 3, padding: 'same', kernelInitializer }),
          maxPooling3d({ poolSize: [2, 2, 2], padding: 'valid' }),
          conv3d({ filters: 3, kernelSize: 2, strides: 2, kernelInitializer, activation: 'relu' }),
          averagePooling3d({ poolSize: [1, 1, 1] }),
          flatten(),
          dense({ units: 2, kernelInitializer }),
        ],
      });
      model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError' });
      const x = tf.tensor(randomNumbers(4 * 6 * 7 * 6 * 2, 1), [4, 6, 7, 6, 2]);
      const y = tf.tensor(randomNumbers(8, 2), [4, 2]);
      const { history } = await model.fit(x, y, { epochs: 8, batchSize: 2, shuffle: false, verbose: 0 });
      tf.dispose([x, y]);
      model.dispose();
      return history['loss'] as number[];
    };
    const expected = await train('cpu');
    const actual = await train('wasm');
    expect(expected.at(-1)!).toBeLessThan(expected[0]! / 2);
    actual.forEach((loss, i) => {
      expect(Math.abs(loss - expected[i]!)).toBeLessThan(1e-5 * expected[0]!);
    });
  });
});
