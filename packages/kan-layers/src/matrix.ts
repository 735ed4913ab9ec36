import { matMul, type Tensor2D, transpose } from '@tensorflow/tfjs-core';

// Matrix products without matMul's own transpose flags: with them the WASM backend leaves XNNPACK for a naive loop (2 GFLOP/s).
// What XNNPACK costs is packing the right-hand side (2–8 ns a number, each call), so the small matrix goes there; tf.transpose
// costs 5 ns a number.

/** aᵀ·b for a [n, p] and b [n, q], where p is the long side: (bᵀ·a)ᵀ, so that only small matrices are transposed. */
export function longTransposeMatMul(a: Tensor2D, b: Tensor2D): Tensor2D {
  return transpose(matMul(transpose(b), a)) as Tensor2D;
}

/** a·bᵀ. */
export function matMulTransposed(a: Tensor2D, b: Tensor2D): Tensor2D {
  return matMul(a, transpose(b) as Tensor2D);
}
