import { mul, sigmoid, square, sub, type Tensor3D } from '@tensorflow/tfjs-core';
import type { BasisFunctions } from '../expansion/basis-functions.js';
import { perFunction, slot } from '../expansion/layout.js';

// 1 − tanh²(v) = 4·s·(1 − s) with s = sigmoid(2v): 0.26 ms on WASM for 164,000 numbers, where tf.tanh alone takes 2.9.

/** The reflectional switch 1 − tanh²((x − g_k)·inverse) around the centres g_k. */
export function switchBasis(centres: readonly number[], inverse: number): BasisFunctions {
  const places = centres.map((g) => 2 * inverse * g);
  return {
    count: centres.length,
    range: [centres[0]! - 1 / inverse, centres[centres.length - 1]! + 1 / inverse],
    fused: {
      kernel: 'KanRadialBasis',
      attributes: { form: 'switch', places: centres.map((g) => g * inverse), scale: inverse },
    },
    evaluate(x, layout, withSlope) {
      const s = sigmoid(sub(mul(slot(x, layout), 2 * inverse), perFunction(places, layout))) as Tensor3D;
      const value = sub(s, square(s)) as Tensor3D;
      const slope = withSlope ? (mul(value, sub(0.5, s)) as Tensor3D) : null;
      return { value, valueFactor: 4, slope, slopeFactor: 16 * inverse };
    },
    at(x, values) {
      centres.forEach((g, k) => {
        values[k] = 1 - Math.tanh((x - g) * inverse) ** 2;
      });
    },
  };
}
