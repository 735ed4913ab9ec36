import { concat, cos, mul, reshape, sin, slice, sub, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import type { BasisLayout } from '../bspline-basis.js';
import type { BasisFunctions } from '../expansion/basis-functions.js';
import { functionAxis, perFunction, slot, stackSlots } from '../expansion/layout.js';

// A sine or cosine costs 28 ns a number on WASM, a product 0.3. So only the first of every eight harmonics is a sine and a cosine; the
// others come from z_{k+1} = 2·cos(x)·z_k − z_{k−1}, whose error grows with k² (8² roundings), which is why the blocks start anew.
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
  const cosine = cos(angle);
  const double = mul(cosine, 2);
  const axis = functionAxis(layout);
  const pair = (k: number) => (k === 1 ? [cosine, sin(angle)] : [cos(mul(angle, k)), sin(mul(angle, k))]);
  const pairs: Tensor3D[] = [];
  for (let start = 1; start <= gridSize; start += blockSize) {
    let [before, last] = [null as Tensor3D | null, concat(pair(start), axis) as Tensor3D];
    pairs.push(last);
    for (let k = start + 1; k < Math.min(start + blockSize, gridSize + 1); k++) {
      const ahead = mul(last, double);
      const next = sub(ahead, before ?? previousPair(x, start - 1, layout)) as Tensor3D;
      [before, last] = [last, next];
      pairs.push(next);
    }
  }
  return stackSlots(pairs, layout);
}

/** cos(kx) and sin(kx) for the harmonic before a block. */
function previousPair(x: Tensor2D, k: number, layout: BasisLayout): Tensor3D {
  if (k === 0) return perFunction([1, 0], layout);
  const angle = mul(slot(x, layout), k);
  return concat([cos(angle), sin(angle)], functionAxis(layout)) as Tensor3D;
}
