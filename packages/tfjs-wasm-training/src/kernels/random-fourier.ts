import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';
import { multiply, multiplyTransposedLeft } from '../matrix-products.js';
import { paddedBias } from '../padded-bias.js';

/*
 * As radial-basis.ts, for KAN's random-feature Fourier layer, all of it in one kernel, since its parts are small (the products have 6 to 16
 * columns or summands): with p = n·frequencies + phases and z = [cos p, sin p]·mask,
 * y = (alpha·act(x) + beta·(z·combination + combinationBias))·kernel + bias.
 *
 * KanRandomFourier           x [rows, inputs]; normal [rows, inputs] where n is not x; frequencies [inputs, M], phases [M],
 *                            combination [2M, inputs], combinationBias [inputs], alpha, beta (scalars), kernel [inputs, units], bias [units];
 *                            mask [rows, 2M] where there is one → [y [rows, units], p [rows, M]]
 * KanRandomFourierGradient   the same without bias, p, and dy → gradients of x, frequencies, phases, combination, combinationBias, alpha,
 *                            beta, kernel, bias, and of normal where it is given
 */

/** Attributes of both kernels. */
export interface RandomFourierAttributes {
  /** act; gelu is the exact one. */
  activation: 'gelu' | 'swish' | 'linear';
}

const ACTIVATIONS = { gelu: 0, swish: 1, linear: 2 } as const;
/** What a product may read behind a matrix. */
const OVERHANG = 16;

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
    const y = runtime.output([rows, units]);
    const phase = runtime.output([rows, waves]);
    multiply(
      runtime,
      runtime.address(normal ?? x),
      runtime.address(frequencies),
      runtime.address(phase),
      [rows, inputs, waves],
      { bias: paddedBias(runtime, phases, waves) },
    );
    const [alpha, beta] = factors(runtime, operands);
    runtime.borrow(rows * (2 * waves + inputs) * 4, (z) => {
      const hidden = z + rows * 2 * waves * 4;
      branch(runtime, operands, runtime.address(phase), z, hidden);
      runtime.kernels.blendActivation(runtime.address(x), hidden, alpha, beta, rows * inputs, ACTIVATIONS[activation]);
      multiply(runtime, hidden, runtime.address(kernel), runtime.address(y), [rows, inputs, units], {
        bias: paddedBias(runtime, bias, units),
      });
    });
    return [y, phase];
  },
};

export const randomFourierGradientKernel: KernelReplacement = {
  kernelName: 'KanRandomFourierGradient',
  create: (runtime) => (args) => {
    const operands = args.inputs as unknown as Operands;
    const { x, normal, frequencies, combination, kernel, phase, mask, dy } = operands;
    const { activation } = args.attrs as unknown as RandomFourierAttributes;
    const { rows, inputs, units, waves } = sizes(operands);
    const shapes = [
      x.shape,
      frequencies.shape,
      [waves],
      combination.shape,
      [inputs],
      [],
      [],
      kernel.shape,
      [units],
      ...(normal ? [x.shape] : []),
    ];
    const results = shapes.map((shape) => runtime.output(shape));
    const at = results.map((result) => runtime.address(result));
    const [dx, dFrequencies, dPhases, dCombination, dCombinationBias] = at as [number, number, number, number, number];
    const [, , , , , dAlpha, dBeta] = results;
    const [dKernel, dBias, dNormal] = at.slice(7) as [number, number, number | undefined];
    const [alpha, beta] = factors(runtime, operands);
    const { kernels } = runtime;
    const [from, p, received] = [runtime.address(x), runtime.address(phase), runtime.address(dy)];
    const maskAt = mask ? runtime.address(mask) : 0;
    const floats = { wide: rows * inputs, features: rows * 2 * waves, phases: rows * waves };
    const bytes = 4 * (2 * floats.wide + 2 * floats.features + floats.phases) + OVERHANG;
    runtime.borrow(bytes, (dHidden) => {
      const hidden = dHidden + 4 * floats.wide;
      const z = hidden + 4 * floats.wide;
      const dz = z + 4 * floats.features;
      const dp = dz + 4 * floats.features;
      multiply(runtime, received, runtime.address(kernel), dHidden, [rows, units, inputs], { transposeRight: true });
      multiply(runtime, dHidden, runtime.address(combination), dz, [rows, inputs, 2 * waves], { transposeRight: true });
      kernels.wavesGradient(p, maskAt, dz, dp, rows, waves, beta);
      multiply(runtime, dp, runtime.address(frequencies), dNormal ?? dx, [rows, waves, inputs], {
        transposeRight: true,
      });
      if (dNormal !== undefined) runtime.floats(dx, floats.wide).fill(0);
      branch(runtime, operands, p, z, hidden);
      const sums = runtime.scratch('partial', 16);
      kernels.blendActivationGradient(
        from,
        hidden,
        dHidden,
        dx,
        sums,
        alpha,
        beta,
        rows,
        inputs,
        ACTIVATIONS[activation],
      );
      const totals = new Float64Array(runtime.memory.buffer, sums, 2);
      runtime.values(dAlpha!)[0] = totals[0]!;
      runtime.values(dBeta!)[0] = totals[1]!;
      multiplyTransposedLeft(runtime, runtime.address(normal ?? x), dp, dFrequencies, [inputs, rows, waves]);
      kernels.columnSums(dp, dPhases, 1, rows, waves, 1);
      const features = runtime.floats(z, floats.features);
      for (let i = 0; i < features.length; i++) features[i]! *= beta;
      multiplyTransposedLeft(runtime, z, dHidden, dCombination, [2 * waves, rows, inputs]);
      kernels.columnSums(dHidden, dCombinationBias, 1, rows, inputs, beta);
      multiplyTransposedLeft(runtime, hidden, received, dKernel, [inputs, rows, units]);
      kernels.columnSums(received, dBias, 1, rows, units, 1);
    });
    return results;
  },
};

/** hidden [rows, inputs] = z·combination + combinationBias, with z [rows, 2M] computed on the way. */
function branch(runtime: KernelRuntime, operands: Operands, phase: number, z: number, hidden: number): void {
  const { combination, combinationBias, mask } = operands;
  const { rows, inputs, waves } = sizes(operands);
  runtime.kernels.waves(phase, mask ? runtime.address(mask) : 0, z, rows, waves);
  multiply(runtime, z, runtime.address(combination), hidden, [rows, 2 * waves, inputs], {
    bias: paddedBias(runtime, combinationBias, inputs),
  });
}

function sizes({ x, frequencies, kernel }: Operands) {
  const [rows, inputs] = x.shape as [number, number];
  return { rows, inputs, units: kernel.shape[1]!, waves: frequencies.shape[1]! };
}

function factors(runtime: KernelRuntime, { alpha, beta }: Operands): [alpha: number, beta: number] {
  return [runtime.values(alpha)[0]!, runtime.values(beta)[0]!];
}
