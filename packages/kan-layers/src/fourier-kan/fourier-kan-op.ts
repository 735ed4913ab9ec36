import {
  add,
  concat,
  cos,
  customGrad,
  type GradSaveFunc,
  matMul,
  mean,
  mul,
  rsqrt,
  sin,
  slice,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  transpose,
} from '@tensorflow/tfjs-core';
import type { BaseActivation } from '../base-activation.js';
import { layerNormEpsilon } from '../expansion/layer-norm-op.js';
import { longTransposeMatMul, matMulTransposed, withOwnData } from '../matrix.js';
import { fusedFourierBackward, fusedFourierForward } from './fourier-kan-fused.js';
import type { FourierKANWeights } from './fourier-kan-weights.js';

/**
 * y = (α·act(x) + β·(z·C + c))·V + v with z = [cos p, sin p]·mask, p = n·W + b, and n = x or its layer norm. The gradient is in
 * closed form; between forward and backward only x and the mask are kept, and p where a fused kernel computes it.
 *
 * @param mask [rows, 2M] of 0 and 1/(1−rate), or null for no dropout
 */
export function fourierKANOp(
  x: Tensor2D,
  weights: FourierKANWeights,
  mask: Tensor2D | null,
  activation: BaseActivation,
): Tensor2D {
  const { frequencies, phases, combination, combinationBias, alpha, beta, kernel, bias, gamma, shift } = weights;
  const { value, withDerivative } = activation;
  const waves = frequencies.shape[1];

  const features = (p: Tensor2D, mask: Tensor2D | undefined) => {
    const z = concat([cos(p), sin(p)], 1) as Tensor2D;
    return mask ? mul(z, mask) : z;
  };

  const forward = (...args: (Tensor | GradSaveFunc)[]) => {
    const save = args.pop() as GradSaveFunc;
    const gradFunc = (dy: Tensor, saved: Tensor[]) => backward(dy as Tensor2D, saved as Tensor2D[]);
    const fused = fusedFourierForward(x, weights, mask, activation);
    if (fused) {
      save([x, ...(mask ? [mask] : []), fused[1]]);
      return { value: fused[0], gradFunc };
    }
    // An activation without a closed-form derivative comes in as an operand of its own, differentiated by TensorFlow.js.
    const g = withDerivative ? value(x) : (args.pop() as Tensor2D);
    const normal = gamma ? add(mul(normalize(x).normal, gamma), shift!) : x;
    const p = add(matMul(normal, frequencies), phases) as Tensor2D;
    save([x, ...(mask ? [mask] : []), ...(withDerivative ? [] : [g])]);
    const r = add(matMul(features(p, mask ?? undefined), combination), combinationBias);
    const y = add(matMul(add(mul(g, alpha), mul(r, beta)), kernel), bias);
    return { value: y, gradFunc };
  };

  const backward = (dy: Tensor2D, saved: Tensor2D[]): Tensor[] => {
    const x = saved[0]!;
    const savedMask = mask ? saved[1] : undefined;
    const last = saved[saved.length - 1]!;
    const fused = fusedFourierBackward(dy, x, last, weights, savedMask ?? null, activation);
    if (fused) return fused;
    const activated = withDerivative?.(x);
    const g = activated ? activated.value : last;
    const unit = gamma ? normalize(x) : null;
    const normal = unit ? (add(mul(unit.normal, gamma!), shift!) as Tensor2D) : x;
    // Computed anew: a second derivative goes through it.
    const p = add(matMul(normal, frequencies), phases) as Tensor2D;
    const z = features(p, savedMask);
    const r = add(matMul(z, combination), combinationBias) as Tensor2D;
    const u = add(mul(g, alpha), mul(r, beta)) as Tensor2D;
    const du = matMulTransposed(dy, kernel);
    const dr = mul(du, beta) as Tensor2D;
    let dz = matMulTransposed(dr, combination);
    if (savedMask) dz = mul(dz, savedMask);
    const dp = sub(
      mul(cos(p), slice(dz, [0, waves], [-1, waves])),
      mul(sin(p), slice(dz, [0, 0], [-1, waves])),
    ) as Tensor2D;
    let dx = matMulTransposed(dp, frequencies);
    const normGradients: Tensor[] = [];
    if (unit) {
      normGradients.push(sum(mul(dx, unit.normal), 0), sum(dx, 0));
      const dUnit = mul(dx, gamma!);
      const projection = add(mean(dUnit, 1, true), mul(unit.normal, mean(mul(dUnit, unit.normal), 1, true)));
      dx = mul(sub(dUnit, projection), unit.inverse) as Tensor2D;
    }
    const dg = mul(du, alpha) as Tensor2D;
    if (activated) dx = add(dx, mul(dg, activated.derivative));
    return [
      dx,
      longTransposeMatMul(normal === x ? withOwnData(x) : normal, dp),
      sum(dp, 0),
      matMul(transpose(z) as Tensor2D, dr),
      sum(dr, 0),
      sum(mul(du, g)),
      sum(mul(du, r)),
      longTransposeMatMul(u, dy),
      sum(dy, 0),
      ...normGradients,
      ...(withDerivative ? [] : [dg]),
    ];
  };

  const operands: Tensor[] = [
    x,
    frequencies,
    phases,
    combination,
    combinationBias,
    alpha,
    beta,
    kernel,
    bias,
    ...(gamma ? [gamma, shift!] : []),
    ...(withDerivative ? [] : [value(x)]),
  ];
  return customGrad(forward as Parameters<typeof customGrad>[0])(...operands) as Tensor2D;
}

/** (x − mean)/√(variance + 1e-5) over each row, the variance divided by n as in PyTorch. */
function normalize(x: Tensor2D): { normal: Tensor2D; inverse: Tensor2D } {
  const centred = sub(x, mean(x, 1, true));
  const inverse = rsqrt(add(mean(square(centred), 1, true), layerNormEpsilon)) as Tensor2D;
  return { normal: mul(centred, inverse) as Tensor2D, inverse };
}
