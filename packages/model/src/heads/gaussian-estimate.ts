import {
  add,
  concat,
  customGrad,
  exp,
  type GradSaveFunc,
  mean,
  mul,
  type Scalar,
  slice,
  square,
  sub,
  type Tensor,
  type Tensor2D,
  tanh,
} from '@tensorflow/tfjs-core';
import type { HeadOutputs } from './head-spec.js';

/**
 * Ends of the log variance: a standard deviation of .0009 of a target's range, finer than the pixels tell, and of 1.65. Without them one
 * image far off would blow up 1/σ², and a target that is learned by heart would send σ to 0. Clamped by tanh, as a hard clamp has no
 * gradient outside and so no way back.
 */
const least = -14;
const most = 1;
const middle = (least + most) / 2;
const half = (most - least) / 2;
/** An output of 0 is the variance of a target of which nothing is known, so that training begins with the right doubt. */
const offset = Math.atanh((Math.log(1 / 12) - middle) / half);
/** Of the paper; 0 is the plain likelihood, 1 moves the means as the squared error does. */
const usualBeta = 1;

/**
 * The β-NLL of Seitzer et al. 2022, "On the Pitfalls of Heteroscedastic Uncertainty Estimation with Probabilistic Neural Networks": the
 * negative log-likelihood ½ (error²/σ² + log σ²), each weighted by σ^(2β), through which no gradient goes. The plain likelihood
 * (β = 0) learns least where errors are large, and so never learns what is hard.
 *
 * The likelihood's constant is left to be such that the loss is never below 0, as logarithmic plots want it.
 *
 * @param outputs [n, 2k]: the means, then what becomes the log variances
 * @param targets [n, k]
 */
export function gaussianLoss(outputs: Tensor2D, targets: Tensor2D, beta = usualBeta): Scalar {
  const [n, k] = targets.shape;
  const forward = (all: Tensor, save: GradSaveFunc) => {
    const error = sub(slice(all, [0, 0], [n, k]), targets);
    const turn = tanh(add(mul(slice(all, [0, k], [n, k]), 1 / half), offset));
    const logVariance = add(mul(turn, half), middle);
    const weight = exp(mul(logVariance, beta));
    const precision = exp(mul(logVariance, -1));
    const misfit = mul(square(error), precision);
    const value = mean(mul(weight, mul(add(misfit, sub(logVariance, least)), 0.5)));
    const byMean = mul(weight, mul(error, precision));
    const byLogVariance = mul(weight, mul(sub(1, misfit), mul(sub(1, square(turn)), 0.5)));
    save([mul(concat([byMean, byLogVariance], 1), 1 / (n * k))]);
    return { value, gradFunc: (dy: Tensor, [gradient]: Tensor[]) => mul(gradient!, dy) };
  };
  return customGrad(forward as Parameters<typeof customGrad>[0])(outputs) as Scalar;
}

/** Two outputs a target, mean and log variance of a Gaussian: the head also says how sure it is. */
export const gaussianEstimate: HeadOutputs = {
  outputs: (targets) => 2 * targets,
  loss: (outputs, targets) => gaussianLoss(outputs, targets),
  decode(outputs, k) {
    const count = outputs.length / 2;
    const centre = new Float32Array(count);
    const spread = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      const at = 2 * k * Math.floor(i / k) + (i % k);
      centre[i] = outputs[at];
      spread[i] = Math.exp((half * Math.tanh(outputs[at + k] / half + offset) + middle) / 2);
    }
    return { mean: centre, spread };
  },
};
