import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import {
  ADD_FLAG,
  multiplyPacked,
  multiplyTransposedLeft,
  packRight,
  packTransposedRight,
} from '../matrix-products.js';
import { paddedBias } from '../padded-bias.js';

/*
 * As radial-basis.ts, for KAN's random-feature Fourier layer, all of it in one kernel: with p = n·frequencies + phases and
 * z = [cos p, sin p]·mask, y = (alpha·act(x) + beta·(z·combination + combinationBias))·kernel + bias.
 *
 * KanRandomFourier           x [rows, inputs]; normal [rows, inputs] where n is not x; frequencies [inputs, M], phases [M],
 *                            combination [2M, inputs], combinationBias [inputs], alpha, beta (scalars), kernel [inputs, units], bias [units];
 *                            mask [rows, 2M] where there is one → [y [rows, units], p [rows, M]]
 * KanRandomFourierGradient   the same, p, and dy → gradients of x, frequencies, phases, combination, combinationBias, alpha, beta, kernel,
 *                            bias, and of normal where it is given
 *
 * The branch of the features is never spread over the inputs: it is z·(combination·kernel), whose right side is [2M, units], and its
 * gradients pass through zᵀ·dy, of the same size. That spares four products of rows · inputs · 2M multiplications.
 */

/** Attributes of both kernels. */
export interface RandomFourierAttributes {
  /** act; gelu is the exact one. */
  activation: 'gelu' | 'swish' | 'linear';
}

const ACTIVATIONS = { gelu: 'scaledGelu', swish: 'scaledSwish', linear: 'scaledLinear' } as const;
/** What a product may read behind a matrix, in bytes. */
const OVERHANG = 16;
/** So many rows of act(x) stay in the second-level cache until they are multiplied: 80 KB for 1280 inputs. A multiple of 4. */
const ROWS_AT_ONCE = 16;

type Operands = Record<
  | 'x'
  | 'frequencies'
  | 'phases'
  | 'combination'
  | 'combinationBias'
  | 'alpha'
  | 'beta'
  | 'kernel'
  | 'bias'
  | 'phase'
  | 'dy',
  TensorInfo
> &
  Partial<Record<'normal' | 'mask', TensorInfo>>;

export const randomFourierKernel: KernelReplacement = {
  kernelName: 'KanRandomFourier',
  create: (runtime) => (args) => {
    const operands = args.inputs as unknown as Operands;
    const { x, normal, frequencies, phases, kernel, bias } = operands;
    const { activation } = args.attrs as unknown as RandomFourierAttributes;
    const { rows, inputs, units, waves } = sizes(operands);
    const [y, phase] = [runtime.output([rows, units]), runtime.output([rows, waves])];
    const [to, p] = [runtime.address(y), runtime.address(phase)];
    const [alpha, beta] = factors(runtime, operands);
    const right = packRight(runtime, runtime.address(frequencies), inputs, waves);
    const start = paddedBias(runtime, phases, waves);
    multiplyPacked(runtime, runtime.address(normal ?? x), right, p, [rows, inputs, waves], { bias: start });
    const packedKernel = packRight(runtime, runtime.address(kernel), inputs, units);
    const folded = fold(runtime, operands, packedKernel);
    const activate = runtime.kernels[ACTIVATIONS[activation]];
    runtime.borrow(4 * ROWS_AT_ONCE * inputs, (hidden) => {
      for (let row = 0; row < rows; row += ROWS_AT_ONCE) {
        const count = Math.min(ROWS_AT_ONCE, rows - row);
        activate(runtime.address(x) + 4 * row * inputs, hidden, alpha, count * inputs);
        multiplyPacked(runtime, hidden, packedKernel, to + 4 * row * units, [count, inputs, units]);
      }
    });
    const table = runtime.floats(folded, (2 * waves + 1) * units);
    for (let i = 0; i < table.length; i++) table[i]! *= beta;
    const last = paddedBias(runtime, bias, units);
    const offset = runtime.floats(last, units);
    for (let o = 0; o < units; o++) offset[o]! += table[2 * waves * units + o]!;
    runtime.borrow(4 * rows * 2 * waves, (z) => {
      runtime.kernels.waves(p, maskAddress(runtime, operands), z, rows, waves);
      const right = packRight(runtime, folded, 2 * waves, units);
      multiplyPacked(runtime, z, right, to, [rows, 2 * waves, units], { bias: last, flags: ADD_FLAG });
    });
    return [y, phase];
  },
};

export const randomFourierGradientKernel: KernelReplacement = {
  kernelName: 'KanRandomFourierGradient',
  create: (runtime) => (args) => {
    const operands = args.inputs as unknown as Operands;
    const { x, normal, frequencies, phases, combination, combinationBias, alpha, beta, kernel, bias } = operands;
    const parameters = [frequencies, phases, combination, combinationBias, alpha, beta, kernel, bias];
    const results = [x, ...parameters, ...(normal ? [normal] : [])].map(({ shape }) => runtime.output(shape));
    const { rows, inputs, waves, units } = sizes(operands);
    const features = 2 * waves;
    const bytes = 4 * ((rows + features + 1) * (inputs + units) + rows * (2 * features + waves)) + OVERHANG;
    runtime.borrow(bytes, (memory) => gradients(runtime, operands, args.attrs as never, results, memory));
    return results;
  },
};

function gradients(
  runtime: KernelRuntime,
  operands: Operands,
  { activation }: RandomFourierAttributes,
  results: TensorInfo[],
  memory: number,
): void {
  const { x, normal, frequencies, combination, combinationBias, kernel, phase, dy } = operands;
  const [dx, dFrequencies, dPhases, dCombination, dCombinationBias, dAlpha, dBeta, dKernel, dBias, dNormal] =
    results.map((result) => runtime.address(result)) as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number?,
    ];
  const { rows, inputs, units, waves } = sizes(operands);
  const features = 2 * waves;
  const { kernels } = runtime;
  const [alpha, beta] = factors(runtime, operands);
  const [p, received] = [runtime.address(phase), runtime.address(dy)];
  const mask = maskAddress(runtime, operands);
  // One below the other, so that one product adds up the gradient of the kernel: [act(x); combination; combinationBias] and what they are
  // weighed with, [alpha·dy; beta·zᵀ·dy; beta·Σ dy].
  const left = memory;
  const right = left + 4 * (rows + features + 1) * inputs;
  const onFeatures = right + 4 * rows * units;
  const onBias = onFeatures + 4 * features * units;
  const z = onBias + 4 * units;
  const dz = z + 4 * rows * features;
  const dp = dz + 4 * rows * features;

  kernels.waves(p, mask, z, rows, waves);
  multiplyTransposedLeft(runtime, z, received, onFeatures, [features, rows, units]);
  kernels.columnSums(received, onBias, 1, rows, units, 1);
  runtime.floats(dBias, units).set(runtime.floats(onBias, units));

  const folded = fold(runtime, operands, packRight(runtime, runtime.address(kernel), inputs, units));
  const [table, weights] = [folded, onFeatures].map((at) => runtime.floats(at, (features + 1) * units));
  let sum = 0;
  for (let i = 0; i < table!.length; i++) {
    sum += table![i]! * weights![i]!;
    weights![i]! *= beta;
  }
  runtime.floats(dBeta, 1)[0] = sum;

  multiplyPacked(runtime, received, packTransposedRight(runtime, folded, units, features), dz, [rows, units, features]);
  kernels.wavesGradient(p, mask, dz, dp, rows, waves, beta);
  kernels.columnSums(dp, dPhases, 1, rows, waves, 1);
  multiplyTransposedLeft(runtime, runtime.address(normal ?? x), dp, dFrequencies, [inputs, rows, waves]);
  const across = packTransposedRight(runtime, runtime.address(frequencies), waves, inputs);
  multiplyPacked(runtime, dp, across, dNormal ?? dx, [rows, waves, inputs]);
  if (dNormal !== undefined) runtime.floats(dx, rows * inputs).fill(0);

  const back = packTransposedRight(runtime, runtime.address(kernel), units, inputs);
  multiplyPacked(runtime, received, back, left, [rows, units, inputs]);
  multiplyPacked(runtime, onFeatures, back, dCombination, [features, units, inputs]);
  multiplyPacked(runtime, onBias, back, dCombinationBias, [1, units, inputs]);
  const activate = kernels[`${ACTIVATIONS[activation]}Gradient`];
  runtime.floats(dAlpha, 1)[0] = activate(runtime.address(x), left, dx, alpha, rows, inputs);
  runtime.floats(left + 4 * rows * inputs, features * inputs).set(runtime.values(combination));
  runtime.floats(left + 4 * (rows + features) * inputs, inputs).set(runtime.values(combinationBias));
  const [from, scaled] = [runtime.values(dy), runtime.floats(right, rows * units)];
  for (let i = 0; i < scaled.length; i++) scaled[i] = alpha * from[i]!;
  multiplyTransposedLeft(runtime, left, right, dKernel, [inputs, rows + features + 1, units]);
}

/** [combination; combinationBias]·kernel, [2M + 1, units], in scratch memory. */
function fold(runtime: KernelRuntime, operands: Operands, packedKernel: number): number {
  const { combination, combinationBias } = operands;
  const { inputs, units, waves } = sizes(operands);
  const features = 2 * waves;
  const folded = runtime.scratch('coefficients', 4 * (features + 1) * units);
  multiplyPacked(runtime, runtime.address(combination), packedKernel, folded, [features, inputs, units]);
  const last = folded + 4 * features * units;
  multiplyPacked(runtime, runtime.address(combinationBias), packedKernel, last, [1, inputs, units]);
  return folded;
}

function maskAddress(runtime: KernelRuntime, { mask }: Operands): number {
  return mask ? runtime.address(mask) : 0;
}

function sizes({ x, frequencies, kernel }: Operands) {
  const [rows, inputs] = x.shape as [number, number];
  return { rows, inputs, units: kernel.shape[1]!, waves: frequencies.shape[1]! };
}

function factors(runtime: KernelRuntime, { alpha, beta }: Operands): [alpha: number, beta: number] {
  return [runtime.values(alpha)[0]!, runtime.values(beta)[0]!];
}
