import * as tf from '@tensorflow/tfjs-core';
import type { Convolve, Filter, Options, Pair } from './convolution-options.js';
import { sidesOf } from './explicit-padding.js';
import { gradientsOf, make } from './kernel-case.js';

/** Gradients of a dilated convolution by the cpu backend, which refuses them: those of the filter with zeros between its taps. */
export function stuffedGradients(
  { strides, pad, dilations }: Options,
  operands: tf.Tensor[],
  byChannel = false,
): tf.Tensor[] {
  const [dy, dx] = [dilations!].flat().length === 2 ? (dilations as Pair) : [dilations as number, dilations as number];
  const [height, width, ...channels] = operands[1]!.shape as [number, number, number, number];
  const stuff = (w: tf.Tensor) => {
    const apart = tf.pad(tf.reshape(w, [height, 1, width, 1, ...channels] as never), [
      [0, 0],
      [0, dy - 1],
      [0, 0],
      [0, dx - 1],
      [0, 0],
      [0, 0],
    ]);
    const whole = tf.reshape(apart, [height * dy, width * dx, ...channels] as never);
    return tf.slice(whole, [0, 0, 0, 0], [
      (height - 1) * dy + 1,
      (width - 1) * dx + 1,
      ...channels,
    ] as never) as tf.Tensor4D;
  };
  const convolve = byChannel ? tf.depthwiseConv2d : tf.conv2d;
  return gradientsOf((x, w) => convolve(x as tf.Tensor4D, stuff(w), strides, pad), operands);
}

/** Gradients with a number as padding, of which tfjs' own forget how sizes are rounded: the same padding side by side. */
export function paddedGradients(
  { strides, pad, rounding }: Options,
  operands: tf.Tensor[],
  convolve: Convolve = (x, w, sides) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, sides),
): tf.Tensor[] {
  const shapes = operands.map(({ shape }) => shape) as [number[], Filter];
  const image = (shapes[0].length === 3 ? [1, ...shapes[0]] : shapes[0]) as Filter;
  const info = tf.backend_util.computeConv2DInfo(image, shapes[1], strides, 1, pad, rounding);
  const sides = sidesOf(info, pad as number);
  // tfjs takes the width of the output from the height of the filter here, on all backends.
  const size = [-1, info.outHeight, info.outWidth, -1];
  return gradientsOf((x, w, ...others) => {
    const output = convolve(x!, w!, sides, ...others);
    return tf.slice(output, [0, 0, 0, 0].slice(-output.rank), size.slice(-output.rank));
  }, operands);
}

/** Values with one infinity. Zeros of the padding times an infinite weight are NaN; an infinite pixel is only seen where it is. */
export function unusual(shape: number[]): tf.Tensor4D {
  const values = make(shape, 1).dataSync().slice();
  values[20] = Number.POSITIVE_INFINITY;
  return tf.tensor4d(values, shape as [number, number, number, number]);
}
