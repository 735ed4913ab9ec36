import {
  add,
  customGrad,
  type GradSaveFunc,
  mean,
  mul,
  rsqrt,
  square,
  sub,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { fusedKernel } from '../fused-kernel.js';
import { sumFirstAxis } from '../matrix.js';

/** Added to the variance. */
export const layerNormEpsilon = 1e-5;

/**
 * Layer normalisation of each row, gamma·(x − mean)/√(variance + 1e-5) + shift, the variance divided by n as in PyTorch. The gradient
 * is in closed form; only x is kept. Rows beyond about 1e18, whose variance is no float32, come out as `shift`.
 *
 * @param gamma [inputs]
 * @param shift [inputs]
 */
export function layerNormOp(x: Tensor2D, gamma: Tensor1D, shift: Tensor1D): Tensor2D {
  const forward = (...args: (Tensor | GradSaveFunc)[]) => {
    (args[args.length - 1] as GradSaveFunc)([x]);
    const fused = fusedKernel<Tensor2D>('KanLayerNorm');
    const value = fused
      ? fused({ x, gamma, shift }, { epsilon: layerNormEpsilon })
      : (add(mul(normalize(x).normal, gamma), shift) as Tensor2D);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const fused = fusedKernel<Tensor[]>('KanLayerNormGradient');
      if (fused) return fused({ x: saved[0]!, gamma, dy }, { epsilon: layerNormEpsilon });
      const { normal, inverse } = normalize(saved[0] as Tensor2D);
      const dNormal = mul(dy, gamma);
      const projection = add(mean(dNormal, 1, true), mul(normal, mean(mul(dNormal, normal), 1, true)));
      return [mul(sub(dNormal, projection), inverse), sumFirstAxis(mul(dy, normal)), sumFirstAxis(dy)];
    };
    return { value, gradFunc };
  };
  return customGrad(forward as Parameters<typeof customGrad>[0])(x, gamma, shift) as Tensor2D;
}

function normalize(x: Tensor2D): { normal: Tensor2D; inverse: Tensor2D } {
  const centred = sub(x, mean(x, 1, true));
  const inverse = rsqrt(add(mean(square(centred), 1, true), layerNormEpsilon)) as Tensor2D;
  return { normal: mul(centred, inverse) as Tensor2D, inverse };
}
