import { div, mul, neg, sigmoid, square, sub, type Tensor3D } from '@tensorflow/tfjs-core';
import type { BasisFunctions } from '../expansion/basis-functions.js';
import { perFunction, slot } from '../expansion/layout.js';

// e^m for m ≤ 0 as s/(1 − s) with s = sigmoid(m): exact to rounding, since s ≤ ½. Three passes, 0.27 ms on WASM for 164,000 numbers
// where tf.exp takes 1.0 (its sigmoid is vectorised, its exponential is not). Tried and no faster at 16 rows: all functions from
// two exponentials per input by repeated products, which needs guards against overflow besides.

/** exp(−((x − g_k)/width)²) around equally spaced centres g_k. */
export function gaussianBasis(centres: readonly number[], width: number): BasisFunctions {
  const places = centres.map((g) => g / width);
  return {
    count: centres.length,
    range: [centres[0]! - width, centres[centres.length - 1]! + width],
    evaluate(x, layout, withSlope) {
      const u = sub(mul(slot(x, layout), 1 / width), perFunction(places, layout)) as Tensor3D;
      const s = sigmoid(neg(square(u)));
      const value = div(s, sub(1, s)) as Tensor3D;
      return { value, valueFactor: 1, slope: withSlope ? (mul(u, value) as Tensor3D) : null, slopeFactor: -2 / width };
    },
    at(x, values) {
      centres.forEach((g, k) => {
        values[k] = Math.exp(-(((x - g) / width) ** 2));
      });
    },
  };
}
