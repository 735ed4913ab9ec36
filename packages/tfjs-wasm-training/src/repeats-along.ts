import { util } from '@tensorflow/tfjs-core';

/**
 * Whether values of a shape, repeated one set after the other, are what broadcasting to `wholeShape` makes of them. It is so for one
 * value, for the shape itself, and for its last axes with ones before them.
 */
export function repeatsAlong(wholeShape: number[], shape: number[]): boolean {
  const first = shape.findIndex((size) => size !== 1);
  const axes = first < 0 ? [] : shape.slice(first);
  return axes.length <= wholeShape.length && util.arraysEqual(axes, wholeShape.slice(wholeShape.length - axes.length));
}
