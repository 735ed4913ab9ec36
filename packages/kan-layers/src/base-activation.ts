import { add, erf, exp, mul, scalar, sigmoid, square, sub, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { ActivationName } from './types.js';

/** The function on a layer's base branch: with its derivative when we have it in closed form. */
export interface BaseActivation {
  value<T extends Tensor>(x: T): T;
  /** f'(x), elementwise; absent: the caller lets TensorFlow.js differentiate. */
  derivative?<T extends Tensor>(x: T): T;
}

const half = Math.SQRT1_2;
const density = 1 / Math.sqrt(2 * Math.PI);

const closedForms: Record<string, Required<BaseActivation>> = {
  /** SiLU, x·σ(x). */
  swish: {
    value: <T extends Tensor>(x: T) => mul(x, sigmoid(x)) as T,
    derivative<T extends Tensor>(x: T) {
      const s = sigmoid(x);
      // s + x·s·(1 − s): grouped so that a huge negative x meets an s of 0 first.
      return add(s, mul(mul(x, s), sub(1, s))) as T;
    },
  },
  /** The exact (erf) GELU, x·Φ(x). */
  gelu: {
    value: <T extends Tensor>(x: T) => mul(x, normalCdf(x)) as T,
    derivative: <T extends Tensor>(x: T) => add(normalCdf(x), mul(mul(x, density), exp(mul(square(x), -0.5)))) as T,
  },
  linear: {
    value: <T extends Tensor>(x: T) => x,
    derivative: <T extends Tensor>(_x: T) => scalar(1) as Tensor as T,
  },
};

function normalCdf(x: Tensor): Tensor {
  return mul(add(erf(mul(x, half)), 1), 0.5);
}

/**
 * Looks an activation up by its TensorFlow.js name.
 *
 * @throws if TensorFlow.js knows no activation of that name
 */
export function baseActivation(name: ActivationName): BaseActivation {
  const closedForm = closedForms[name];
  if (closedForm) return closedForm;
  // A named layer takes no number from the counter that names the user's layers.
  const layer = layers.activation({ activation: name, name: 'kan_layers_base_activation' });
  return { value: <T extends Tensor>(x: T) => layer.call(x as Tensor as Tensor2D, {}) as T };
}
