import { matMul, mul, reshape, sum, type Tensor, type Tensor2D, transpose } from '@tensorflow/tfjs-core';

import { transposesForFree } from './fused-kernel.js';

// Matrix products without matMul's own transpose flags: with them the WASM backend leaves XNNPACK for a naive loop (2 GFLOP/s).
// What XNNPACK costs is packing the right-hand side (2–8 ns a number, each call), so the small matrix goes there; tf.transpose
// costs 5 ns a number.

/** aᵀ·b for a [n, p] and b [n, q], where p is the long side: (bᵀ·a)ᵀ, so that only small matrices are transposed. */
export function longTransposeMatMul(a: Tensor2D, b: Tensor2D): Tensor2D {
  return transposesForFree() ? matMul(a, b, true) : (transpose(matMul(transpose(b), a)) as Tensor2D);
}

/** a·bᵀ. */
export function matMulTransposed(a: Tensor2D, b: Tensor2D): Tensor2D {
  return transposesForFree() ? matMul(a, b, false, true) : matMul(a, transpose(b) as Tensor2D);
}

/**
 * A copy. TensorFlow.js' WASM backend keeps the right-hand side of a product packed under the number of its data alone: the same data in
 * another shape, as a user's reshape makes it of an input or a gradient, would then give wrong numbers or an abort. So what comes from
 * outside is copied before it stands on the right; a transposition or any other result has data of its own anyway.
 */
export function withOwnData<T extends Tensor>(a: T): T {
  return mul(a, 1) as T;
}

/**
 * The sum over the first axis, by a transposition of two axes and a sum along rows: 0.13 ms on WASM for [8, 20480]. tf.sum takes 0.24,
 * halving by slices and additions 0.27 and more, tf.unstack and tf.addN 0.5, a product with a row of ones 0.5.
 */
export function sumFirstAxis<T extends Tensor>(a: Tensor): T {
  const [count, ...rest] = a.shape as [number, ...number[]];
  return reshape(sum(transpose(reshape(a, [count, -1])), 1), rest) as Tensor as T;
}
