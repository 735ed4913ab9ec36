import {
  add,
  engine,
  FusedBatchNorm,
  getBackend,
  mul,
  neg,
  reshape,
  rsqrt,
  sub,
  sum,
  type Tensor,
  tidy,
  util,
} from '@tensorflow/tfjs-core';
import type { GradientReplacement } from '../kernel-replacement.js';
import { BatchNormGradSums, ScaleChannels } from '../kernels/batch-norm-grad.js';
import { oneAxisOf } from '../one-axis.js';
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
      const { varianceEpsilon } = attributes as unknown as { varianceEpsilon: number };
      const shapes = [mean, variance, scale ?? mean].map(({ shape }) => shape);
      const along = getBackend() === 'wasm' && floats ? oneAxisOf(x.shape, shapes) : undefined;
      if (along && shapes.every((shape) => util.arraysEqual(shape, mean.shape))) {
        return gradientsAlong(along.axis, dy as Tensor, saved as Tensor[], varianceEpsilon);
      }
      if (!canReplaceGradient() || !plain || !floats) return stock.gradFunc(dy, saved, attributes);
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

/** The same with statistics along any axis, of operations that have gradients themselves; tfjs' own has a wrong shape. */
function gradientsAlong(axis: number, dy: Tensor, saved: Tensor[], varianceEpsilon: number) {
  const [x, mean, variance, scale] = saved as [Tensor, Tensor, Tensor, Tensor | undefined];
  const others = x.shape.map((_, i) => i).filter((i) => i !== axis);
  const inverse = tidy(() => rsqrt(add(variance, varianceEpsilon)));
  const factor = scale ? mul(scale, inverse) : inverse;
  const sums = reshape(sum(dy, others), mean.shape);
  const products = tidy(() => reshape(sum(mul(dy, sub(x, mean)), others), mean.shape));
  return {
    x: () => mul(dy, factor),
    mean: () => tidy(() => neg(mul(sums, factor))),
    variance: () => tidy(() => mul(mul(products, factor), mul(mul(inverse, inverse), -0.5))),
    scale: () => mul(products, inverse),
    offset: () => sums.clone(),
  };
}
