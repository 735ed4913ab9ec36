import { backend_util } from '@tensorflow/tfjs-core';
import { type ConvAttributes, requireOutput } from './conv-geometry.js';

/** The attributes of pooling and its gradients. */
export type PoolAttributes = ConvAttributes & { filterSize: number | [number, number] };

/**
 * Sizes, strides and padding of a pooling, by tfjs' own rules.
 *
 * @throws if the window does not fit into the padded image
 */
export function poolInfo(shape: number[], attributes: PoolAttributes): backend_util.Conv2DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const info = backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize as [number, number],
    strides as [number, number],
    1,
    pad,
    dimRoundingMode,
  );
  requireOutput('pool', info);
  return info;
}
