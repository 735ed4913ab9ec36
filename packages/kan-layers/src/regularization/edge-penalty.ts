import {
  abs,
  add,
  clipByValue,
  customGrad,
  div,
  type GradSaveFunc,
  log,
  maximum,
  mean,
  mul,
  neg,
  reshape,
  type Scalar,
  sum,
  type Tensor,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';

/** How strongly edges are penalised. */
export interface EdgePenaltyOptions {
  /** Weight of the sum of the edges' sizes: makes functions small. Default 1. */
  readonly l1?: number;
  /** Weight of the entropy of the edges' sizes: makes few edges large rather than all a little. Default 1. */
  readonly entropy?: number;
}

export const edgePenaltyDefaults: Required<EdgePenaltyOptions> = { l1: 1, entropy: 1 };

/** Sizes and shares below this count as 0 where something is divided by them or their logarithm is taken. */
const tiny = 1e-12;

/**
 * KAN's regularisation on coefficients: with a = mean over the basis of |c| for each edge, A = Σ a and p = a/A,
 * l1·A − entropy·Σ p·log p. 0·log 0 is 0 here, and so is the entropy of a layer whose coefficients are all 0.
 *
 * The gradient is in closed form, −(log p + H)/A on a; at a coefficient of 0 it is 0, so an edge that is off stays off. (Left to
 * TensorFlow.js, the derivative of |c| at 0 is −1, and that of p·log p is NaN.)
 *
 * @param coefficients [basis, inputs, units]
 */
export function edgePenalty(coefficients: Tensor3D, { l1, entropy }: Required<EdgePenaltyOptions>): Scalar {
  const [count, inputs, units] = coefficients.shape;
  const forward = (c: Tensor | GradSaveFunc, save?: GradSaveFunc) => {
    const { total, logShare, shareEntropy } = parts(c as Tensor3D);
    const value = add(mul(total, l1), mul(shareEntropy, entropy)) as Scalar;
    save!([c as Tensor, total, logShare, shareEntropy]);
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => backward(dy, saved) };
  };
  const backward = (dy: Tensor, [c, total, logShare, shareEntropy]: Tensor[]) => {
    const ofEntropy = div(neg(add(logShare!, shareEntropy!)), maximum(total!, tiny));
    const ofSize = mul(add(mul(ofEntropy, entropy), l1), div(dy, count));
    // The sign, which tf.sign gives slowly on WASM.
    const sign = clipByValue(mul(c!, 1e30), -1, 1);
    return [mul(sign, reshape(ofSize, [1, inputs, units]))];
  };
  return tidy(() => customGrad(forward as Parameters<typeof customGrad>[0])(coefficients) as Scalar);
}

function parts(c: Tensor3D) {
  const sizes = mean(abs(c), 0);
  const total = sum(sizes);
  const share = div(sizes, maximum(total, tiny));
  const logShare = log(maximum(share, tiny));
  return { total, logShare, shareEntropy: neg(sum(mul(share, logShare))) };
}

/** @throws if a weight is not a finite number ≥ 0 */
export function checkEdgePenalty(who: string, options: Required<EdgePenaltyOptions>): void {
  for (const name of ['l1', 'entropy'] as const) {
    if (!(options[name] >= 0 && options[name] < Number.POSITIVE_INFINITY)) {
      throw new Error(`${who}: ${name} is wrong; expected a finite number ≥ 0, got ${options[name]}`);
    }
  }
}
