import {
  customGrad,
  type GradSaveFunc,
  matMul,
  mul,
  type Tensor,
  type Tensor2D,
  transpose,
} from '@tensorflow/tfjs-core';
import type { BaseActivation } from '../base-activation.js';
import { matMulTransposed, withOwnData } from '../matrix.js';

// The long matrix is transposed for its gradient (0.02 ms on WASM for [16, 1280]): as the right-hand side of a product, XNNPACK would
// pack it anew, 0.08.

/** y = act(x)·base for base [inputs, units], with its gradient in closed form where the activation has one; only x is kept. */
export function baseBranchOp(x: Tensor2D, base: Tensor2D, activation: BaseActivation): Tensor2D {
  const { value, withDerivative } = activation;
  const g = withDerivative ? x : value(x);
  const forward = (...args: (Tensor | GradSaveFunc)[]) => {
    (args[args.length - 1] as GradSaveFunc)([g]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const kept = saved[0] as Tensor2D;
      const dg = matMulTransposed(dy as Tensor2D, base);
      const right = withOwnData(dy as Tensor2D);
      // An activation without a closed-form derivative is left to TensorFlow.js.
      if (!withDerivative) return [dg, matMul(transpose(kept) as Tensor2D, right)];
      const activated = withDerivative(kept);
      return [mul(dg, activated.derivative), matMul(transpose(activated.value) as Tensor2D, right)];
    };
    return { value: matMul(withDerivative ? value(x) : g, base), gradFunc };
  };
  return customGrad(forward as Parameters<typeof customGrad>[0])(g, base) as Tensor2D;
}
