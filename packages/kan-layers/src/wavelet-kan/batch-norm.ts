import {
  add,
  customGrad,
  type GradSaveFunc,
  mean,
  mul,
  rsqrt,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** What is added to a variance, as in PyTorch. */
export const batchNormEpsilon = 1e-5;

/** Mean and (biased) variance of each column of a batch. */
export function batchStatistics(x: Tensor2D): { mean: Tensor1D; variance: Tensor1D } {
  const average = mean(x, 0) as Tensor1D;
  return { mean: average, variance: mean(square(sub(x, average)), 0) as Tensor1D };
}

/** gamma·(x − mean)/√(variance + 1e-5) + beta with given statistics. */
export function normalizeWith(
  x: Tensor2D,
  statistics: { mean: Tensor; variance: Tensor },
  gamma: Tensor1D,
  beta: Tensor1D,
): Tensor2D {
  const factor = mul(gamma, rsqrt(add(statistics.variance, batchNormEpsilon)));
  return add(mul(sub(x, statistics.mean), factor), beta) as Tensor2D;
}

/** Batch normalisation by the batch's own statistics, with its gradient in closed form; only x is kept. */
export function batchNormOp(x: Tensor2D, gamma: Tensor1D, beta: Tensor1D): Tensor2D {
  const forward = (...args: (Tensor | GradSaveFunc)[]) => {
    (args[args.length - 1] as GradSaveFunc)([x]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const kept = saved[0] as Tensor2D;
      const statistics = batchStatistics(kept);
      const inverse = rsqrt(add(statistics.variance, batchNormEpsilon));
      const normal = mul(sub(kept, statistics.mean), inverse);
      const projection = add(mean(dy, 0), mul(normal, mean(mul(dy, normal), 0)));
      return [mul(sub(dy, projection), mul(inverse, gamma)), sum(mul(dy, normal), 0), sum(dy, 0)];
    };
    return { value: normalizeWith(x, batchStatistics(x), gamma, beta), gradFunc };
  };
  return customGrad(forward as Parameters<typeof customGrad>[0])(x, gamma, beta) as Tensor2D;
}
