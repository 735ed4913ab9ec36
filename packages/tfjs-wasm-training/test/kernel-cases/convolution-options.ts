import type * as tf from '@tensorflow/tfjs-core';
import { explicit } from './explicit-padding.js';

export type Pad = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
export type Pair = [number, number];
export type Filter = [number, number, number, number];
export type Convolve = (
  x: tf.Tensor,
  w: tf.Tensor,
  sides: tf.backend_util.ExplicitPadding,
  bias?: tf.Tensor,
) => tf.Tensor;
export type Rounding = 'floor' | 'round' | 'ceil';

export interface Options {
  strides: number | Pair;
  pad: Pad;
  dilations?: number | Pair;
  rounding?: Rounding;
}

/** Strides, paddings and roundings. */
export const OPTIONS: Options[] = [
  { strides: 1, pad: 'same' },
  { strides: 1, pad: 'valid' },
  { strides: 2, pad: 'same' },
  { strides: 2, pad: 'valid' },
  { strides: [1, 2], pad: 'same' },
  { strides: [3, 1], pad: 'valid' },
  { strides: 3, pad: 'same' },
  { strides: 1, pad: 1 },
  { strides: 1, pad: 0, rounding: 'floor' },
  ...(['floor', 'round', 'ceil'] as const).map((rounding): Options => ({ strides: 2, pad: 1, rounding })),
  { strides: 1, pad: explicit([1, 2], [0, 3]) },
  { strides: 2, pad: explicit([0, 2], [3, 1]) },
  { strides: 1, pad: explicit([4, 4], [5, 5]) },
  { strides: 1, pad: explicit([-1, 1], [1, -1]) },
];
/** And dilations. */
export const DILATED: Options[] = [
  { strides: 1, pad: 'same', dilations: 2 },
  { strides: 1, pad: 'valid', dilations: [1, 2] },
  { strides: 1, pad: 'same', dilations: [3, 1] },
  { strides: 1, pad: 2, dilations: 2 },
  { strides: 1, pad: explicit([1, 2], [0, 3]), dilations: 2 },
];

/** Options in a case's name. */
export function words({ strides, pad, dilations, rounding }: Options): string {
  return `stride ${strides}, pad ${JSON.stringify(pad)}${dilations ? `, dilation ${dilations}` : ''}${rounding ? `, ${rounding}` : ''}`;
}
