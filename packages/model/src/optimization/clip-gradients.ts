import { add, addN, div, minimum, mul, type Scalar, sqrt, square, sum, type Tensor, tidy } from '@tensorflow/tfjs-core';

/**
 * Gradients scaled so that their common Euclidean norm is at most `clipNorm`, as PyTorch's `clip_grad_norm_` does: all by the factor
 * min(1, clipNorm / (norm + 1e-6)). Nothing is read back from the device.
 *
 * @returns new tensors in the same order, the caller's to dispose; `undefined` where a gradient is missing
 */
export function clipGradients(gradients: readonly (Tensor | undefined)[], clipNorm: number): (Tensor | undefined)[] {
  return tidy(() => {
    const squares = gradients.flatMap((gradient) => (gradient ? [sum(square(gradient)) as Scalar] : []));
    if (squares.length === 0) return [...gradients];
    const factor = minimum(1, div(clipNorm, add(sqrt(addN(squares)), 1e-6)));
    return gradients.map((gradient) => gradient && mul(gradient, factor));
  });
}
