import {
  batchNorm,
  customGrad,
  engine,
  type GradSaveFunc,
  grads as gradientsOf,
  moments,
  mul,
  relu,
  sigmoid,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import { asFloat } from './as-float.js';
import { batchMoments } from './batch-moments.js';
import { checkOptions } from './check-options.js';
import { currentRuntime } from './current-runtime.js';
import { canReplaceGradient } from './gradients/can-replace-gradient.js';
import type { KernelRuntime } from './kernel-runtime.js';

/** Name of an activation that {@link fusedBatchNorm} knows. */
export type NormActivation = 'linear' | 'relu' | 'swish';

/** Their numbers in assembly/norm-activation.ts. */
const ACTIVATIONS: Record<NormActivation, number> = { linear: 0, relu: 1, swish: 2 };

/** Settings of {@link fusedBatchNorm}. */
export interface FusedBatchNormOptions {
  /** Added to the variance. Default 1e-3, as in tfjs-layers. */
  epsilon?: number;
  /** Default 'linear': none. */
  activation?: NormActivation;
}

/** What {@link fusedBatchNorm} returns. */
export interface FusedBatchNormResult {
  output: Tensor;
  /** Mean of the batch, a channel; no gradient flows through it. */
  mean: Tensor1D;
  /** Biased variance of the batch, a channel; no gradient flows through it. */
  variance: Tensor1D;
}

/**
 * BatchNorm in training mode (statistics of this batch, over all axes but the last) and its activation:
 * activation((x − mean) / √(variance + ε) · gamma + beta). On the WASM backend with enableWasmTraining() it is two passes
 * over memory, and three for the gradient, which keeps nothing but x; elsewhere it is composed of tfjs operations.
 *
 * @param x [..., channels], rank 2 to 4
 * @param gamma [channels]
 * @param beta [channels]
 * @throws if the shapes do not fit, the activation is unknown, epsilon is negative, or a tensor has no numbers (integers count as floats)
 */
export function fusedBatchNorm(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  options: FusedBatchNormOptions = {},
): FusedBatchNormResult {
  checkOptions('fusedBatchNorm', options, { epsilon: 1, activation: 1 });
  const { epsilon = 1e-3, activation = 'linear' } = options;
  const channels = x.shape[x.rank - 1]!;
  if (x.rank < 2 || x.rank > 4 || [gamma, beta].some(({ shape }) => shape.length !== 1 || shape[0] !== channels)) {
    throw new Error(
      `fusedBatchNorm: shapes do not fit; expected [..., c] of rank 2 to 4, [c], [c], got [${x.shape}], [${gamma.shape}], [${beta.shape}]`,
    );
  }
  if (!(epsilon >= 0 && epsilon < Number.POSITIVE_INFINITY)) {
    throw new Error(`fusedBatchNorm: epsilon is added to a variance; expected a number from 0, got ${epsilon}`);
  }
  if (!(activation in ACTIVATIONS)) {
    throw new Error(
      `fusedBatchNorm: unknown activation; expected one of ${Object.keys(ACTIVATIONS).join(', ')}, got ${activation}`,
    );
  }
  const runtime = currentRuntime();
  const [image, scale, shift] = [
    asFloat('fusedBatchNorm', 'x', x),
    asFloat('fusedBatchNorm', 'gamma', gamma),
    asFloat('fusedBatchNorm', 'beta', beta),
  ];
  if (!runtime) return composed(image, scale, shift, epsilon, activation);
  return onePass(runtime, image, scale, shift, epsilon, activation);
}

function composed(
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  epsilon: number,
  activation: NormActivation,
): FusedBatchNormResult {
  const { mean, variance } = moments(x, [...x.shape.keys()].slice(0, -1));
  const z = batchNorm(x, mean as Tensor1D, variance as Tensor1D, beta as Tensor1D, gamma as Tensor1D, epsilon);
  const output = activation === 'relu' ? relu(z) : activation === 'swish' ? mul(sigmoid(z), z) : z;
  return { output, mean: mean as Tensor1D, variance: variance as Tensor1D };
}

function onePass(
  runtime: KernelRuntime,
  x: Tensor,
  gamma: Tensor,
  beta: Tensor,
  epsilon: number,
  activation: NormActivation,
): FusedBatchNormResult {
  const { kernels } = runtime;
  const channels = gamma.size;
  const rows = x.size / channels;
  const create = (shape: number[]) => engine().makeTensorFromTensorInfo(runtime.output(shape));
  const mean = create([channels]);
  const variance = create([channels]);
  batchMoments(runtime, runtime.address(x), runtime.address(mean), runtime.address(variance), rows, channels);
  const operation = customGrad((...inputs) => {
    const [image, scale, shift, save] = inputs as unknown as [Tensor, Tensor, Tensor, GradSaveFunc];
    const output = create(x.shape);
    const at = coefficients(runtime, mean, variance, scale, shift, epsilon);
    kernels.normActivation(
      runtime.address(image),
      runtime.address(output),
      at.scale,
      at.shift,
      rows,
      channels,
      ACTIVATIONS[activation],
    );
    save([image, scale, shift, mean, variance]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) => {
      const [image, scale, shift, mean, variance] = saved as [Tensor, Tensor, Tensor, Tensor, Tensor];
      if (!canReplaceGradient()) {
        const again = (...values: Tensor[]) => {
          const [a, b, c] = values as [Tensor, Tensor, Tensor];
          return composed(a, b, c, epsilon, activation).output;
        };
        return gradientsOf(again)([image, scale, shift], dy);
      }
      const dx = create(image.shape);
      const [dgamma, dbeta] = [create([channels]), create([channels])];
      // After all allocations: they may move the memory's buffer away from under its views.
      const at = coefficients(runtime, mean, variance, scale, shift, epsilon);
      const inner = activation === 'linear' ? dy : dx;
      kernels.normActivationSums(
        runtime.address(image),
        runtime.address(dy),
        runtime.address(inner),
        runtime.address(mean),
        at.scale,
        at.shift,
        runtime.address(dbeta),
        runtime.address(dgamma),
        rows,
        channels,
        ACTIVATIONS[activation],
      );
      // dx = scale/√(v+ε) · (dz − Σdz/n − (x − mean)·Σdz(x − mean) / (n(v+ε))) = a·dz + b·x + c
      const [a, b, c] = at.floats as [Float32Array, Float32Array, Float32Array];
      const [means, variances] = [runtime.values(mean), runtime.values(variance)];
      const [sums, products] = [runtime.values(dbeta), runtime.values(dgamma)];
      for (let i = 0; i < channels; i++) {
        const squared = 1 / (variances[i]! + epsilon);
        const slope = (-a[i]! * squared * products[i]!) / rows;
        b[i] = slope;
        c[i] = (-a[i]! * sums[i]!) / rows - slope * means[i]!;
        products[i] = products[i]! * Math.sqrt(squared);
      }
      const [image0, inner0, dx0] = [image, inner, dx].map((tensor) => runtime.address(tensor));
      kernels.normCombine(image0!, inner0!, dx0!, at.scale, at.second, at.shift, rows, channels);
      return [dx, dgamma, dbeta];
    };
    return { value: output, gradFunc: gradFunc as unknown as (dy: Tensor, saved: Tensor[]) => Tensor };
  });
  return { output: operation(x, gamma, beta), mean: mean as Tensor1D, variance: variance as Tensor1D };
}

/** Scratch memory with three numbers a channel: scale and shift of the norm, and room for one more between them. */
function coefficients(
  runtime: KernelRuntime,
  mean: Tensor,
  variance: Tensor,
  gamma: Tensor,
  beta: Tensor,
  epsilon: number,
): { scale: number; second: number; shift: number; floats: Float32Array[] } {
  const channels = gamma.size;
  const address = runtime.scratch('coefficients', 3 * channels * 4);
  const floats = [0, 1, 2].map((i) => runtime.floats(address + i * channels * 4, channels));
  const [scales, , shifts] = floats as [Float32Array, Float32Array, Float32Array];
  const [means, variances] = [runtime.values(mean), runtime.values(variance)];
  const [gammas, betas] = [runtime.values(gamma), runtime.values(beta)];
  for (let i = 0; i < channels; i++) {
    const scale = gammas[i]! / Math.sqrt(variances[i]! + epsilon);
    scales[i] = scale;
    shifts[i] = betas[i]! - means[i]! * scale;
  }
  return { scale: address, second: address + channels * 4, shift: address + 2 * channels * 4, floats };
}
