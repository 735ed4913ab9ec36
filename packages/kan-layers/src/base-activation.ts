import { add, erf, exp, mul, scalar, sigmoid, square, sub, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { ActivationName } from './types.js';

/** The function on a layer's base branch: with its derivative when we have it in closed form. */
export interface BaseActivation {
  /** The name under which fused kernels know it; absent: they do not. */
  readonly fusedName?: 'gelu' | 'swish' | 'linear';
  value<T extends Tensor>(x: T): T;
  /** f(x) and f'(x), elementwise, together; absent: the caller lets TensorFlow.js differentiate. */
  withDerivative?<T extends Tensor>(x: T): { value: T; derivative: T };
}

const half = Math.SQRT1_2;
const density = 1 / Math.sqrt(2 * Math.PI);

const closedForms: Record<string, Required<BaseActivation>> = {
  /** SiLU, x·σ(x). */
  swish: {
    fusedName: 'swish',
    value: <T extends Tensor>(x: T) => mul(x, sigmoid(x)) as T,
    withDerivative<T extends Tensor>(x: T) {
      const s = sigmoid(x);
      const value = mul(x, s) as T;
      // s + x·s·(1 − s): grouped so that a huge negative x meets an s of 0 first.
      return { value, derivative: add(s, mul(value, sub(1, s))) as T };
    },
  },
  /** The exact (erf) GELU, x·Φ(x). */
  gelu: {
    fusedName: 'gelu',
    value: <T extends Tensor>(x: T) => mul(x, normalCdf(x)) as T,
    withDerivative<T extends Tensor>(x: T) {
      const cdf = normalCdf(x);
      const slope = mul(mul(x, density), exp(mul(square(x), -0.5)));
      return { value: mul(x, cdf) as T, derivative: add(cdf, slope) as T };
    },
  },
  linear: {
    fusedName: 'linear',
    value: <T extends Tensor>(x: T) => x,
    withDerivative: <T extends Tensor>(x: T) => ({ value: x, derivative: scalar(1) as Tensor as T }),
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
