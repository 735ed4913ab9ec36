import { backend_util } from '@tensorflow/tfjs-core';
import type { ConvAttributes } from './conv-geometry.js';

/** The attributes of pooling and its gradients. */
export type PoolAttributes = ConvAttributes & { filterSize: number | [number, number] };

/** Sizes, strides and padding of a pooling, by tfjs' own rules. */
export function poolInfo(shape: number[], attributes: PoolAttributes): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  return backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize as [number, number],
    strides as [number, number],
    1,
    pad,
    dimRoundingMode,
  );
}
