import { concat, mul, reshape, slice, sub, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import type { BasisLayout } from '../bspline-basis.js';
import { cosAndSin } from '../cos-and-sin.js';
import type { BasisFunctions } from '../expansion/basis-functions.js';
import { functionAxis, perFunction, slot, stackSlots } from '../expansion/layout.js';

// A sine and a cosine together cost as much as 36 products on WASM (tf.sin and tf.cos: 190). So only the first of every eight harmonics
// is a sine and a cosine; the others come from z_{k+1} = 2·cos(x)·z_k − z_{k−1}, two operations for both, whose error grows with k²
// (up to 8² roundings), which is why the blocks start anew.
const blockSize = 8;

/**
 * cos(x), sin(x), cos(2x), sin(2x), …, cos(Gx), sin(Gx): pairs, so that one operation takes both on. The derivatives are the same
 * functions, weighed anew.
 */
export function fourierBasis(gridSize: number): BasisFunctions {
  const count = 2 * gridSize;
  return {
    count,
    range: [-Math.PI, Math.PI],
    fused: { kernel: 'KanHarmonics', attributes: { harmonics: gridSize } },
    evaluate(x, layout) {
      return { value: harmonics(x, gridSize, layout), valueFactor: 1, slope: null, slopeFactor: 1 };
    },
    differentiate(coefficients) {
      const n = coefficients.shape[1];
      const pairs = reshape(coefficients, [gridSize, 2, n]);
      const [ofCosines, ofSines] = [0, 1].map((part) => slice(pairs, [0, part, 0], [gridSize, 1, n]));
      const swapped = reshape(concat([ofSines!, ofCosines!], 1), [count, n, 1]) as Tensor3D;
      const factors = Array.from({ length: count }, (_, j) => (j % 2 === 0 ? 1 : -1) * ((j >> 1) + 1));
      return reshape(mul(swapped, perFunction(factors, 'rowsLast')), [count, n]) as Tensor2D;
    },
    at(x, values) {
      for (let k = 1; k <= gridSize; k++) {
        values[2 * k - 2] = Math.cos(k * x);
        values[2 * k - 1] = Math.sin(k * x);
      }
    },
  };
}

function harmonics(x: Tensor2D, gridSize: number, layout: BasisLayout): Tensor3D {
  const angle = slot(x, layout);
  const axis = functionAxis(layout);
  const pair = (k: number) => {
    const { cosine, sine } = cosAndSin(k === 1 ? angle : (mul(angle, k) as Tensor3D), true);
    return { cosine, both: concat([cosine, sine!], axis) as Tensor3D };
  };
  const first = pair(1);
  const double = mul(first.cosine, 2);
  const pairs: Tensor3D[] = [];
  for (let start = 1; start <= gridSize; start += blockSize) {
    // The harmonic before a block: cos 0 and sin 0 are known.
    let before = start === 1 ? perFunction([1, 0], layout) : pairs[start - 2]!;
    let last = start === 1 ? first.both : pair(start).both;
    pairs.push(last);
    for (let k = start + 1; k < Math.min(start + blockSize, gridSize + 1); k++) {
      const next = sub(mul(last, double), before) as Tensor3D;
      [before, last] = [last, next];
      pairs.push(next);
    }
  }
  return stackSlots(pairs, layout);
}
