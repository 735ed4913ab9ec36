import { add, engine, FusedBatchNorm, mul, neg, rsqrt, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';
import { BatchNormGradSums, ScaleChannels } from '../kernels/batch-norm-grad.js';
import { canReplaceGradient } from './can-replace-gradient.js';

/**
 * FusedBatchNorm's gradient from two channel sums. The stock gradient makes a dozen full-size tensors, one of them with
 * Tile; that is a third of a training step of EfficientNet. With r = 1/√(variance + ε):
 *   dx = dy·scale·r;  dmean = −scale·r·Σdy;  dvariance = −½·scale·r³·Σdy(x−mean);  dscale = r·Σdy(x−mean);  doffset = Σdy
 */
export const fusedBatchNormGradient: GradientReplacement = {
  kernelName: FusedBatchNorm,
  create: (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const [x, mean, variance, scale] = saved as [Tensor, Tensor, Tensor, Tensor | undefined];
      const channels = x.shape[x.rank - 1];
      const plain = [mean, variance, scale ?? mean].every(({ shape }) => shape.length === 1 && shape[0] === channels);
      const floats = [x, mean, variance, scale ?? mean].every(({ dtype }) => dtype === 'float32');
      if (!canReplaceGradient() || !plain || !floats) return stock.gradFunc(dy, saved, attributes);
      const { varianceEpsilon } = attributes as unknown as { varianceEpsilon: number };
      const inverse = tidy(() => rsqrt(add(variance, varianceEpsilon)));
      const factor = scale ? mul(scale, inverse) : inverse;
      const [sums, products] = engine().runKernel(BatchNormGradSums, { x, dy: dy as Tensor, mean }) as unknown as [
        Tensor,
        Tensor,
      ];
      return {
        x: () => engine().runKernel(ScaleChannels, { x: dy as Tensor, scale: factor }) as Tensor,
        mean: () => tidy(() => neg(mul(sums, factor))),
        variance: () => tidy(() => mul(mul(products, factor), mul(mul(inverse, inverse), -0.5))),
        scale: () => mul(products, inverse),
        offset: () => sums.clone(),
      };
    },
  }),
};
