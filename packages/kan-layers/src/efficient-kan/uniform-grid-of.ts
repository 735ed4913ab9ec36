import { getBackend, type Tensor2D } from '@tensorflow/tfjs-core';
import type { UniformGrid } from '../bspline-basis.js';
import { findUniformGrid } from './uniform-grid.js';

// By the tensors' data, which never change: no way of setting weights can leave a wrong answer here.
const known = new WeakMap<object, UniformGrid | null>();

/**
 * The uniform grid that all inputs share, looked up in the knots themselves, once for each tensor; null if there is none.
 *
 * WebGPU cannot be read synchronously: tfjs tries through a canvas, with a warning, and some drivers lose the device over it. There
 * the answer is null until the knots have arrived, a few milliseconds later; the general recursion is right for every grid.
 *
 * @param knots [knots, inputs]
 */
export function uniformGridOf(knots: Tensor2D): UniformGrid | null {
  const { dataId } = knots;
  const answer = known.get(dataId);
  if (answer !== undefined) return answer;
  const remember = (values: ArrayLike<number>) => {
    const uniform = findUniformGrid(values, ...knots.shape);
    known.set(dataId, uniform);
    return uniform;
  };
  if (getBackend() !== 'webgpu') return remember(knots.dataSync());
  // One read for each tensor; where it fails (the layer may be disposed of meanwhile) the answer stays.
  known.set(dataId, null);
  knots.data().then(remember, () => {});
  return null;
}

/** Keeps what is known of knots that were just made, the same for all inputs, so that they need not be read. */
export function rememberKnots(tensor: Tensor2D, knots: readonly number[]): void {
  // As the tensor holds them, so that reading would give the same answer.
  known.set(tensor.dataId, findUniformGrid(Float32Array.from(knots), knots.length, 1));
}
