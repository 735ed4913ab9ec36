import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';

/*
 * As radial-basis.ts, for KAN's group-rational layer: f(x) = (a₀ + … + a₅x⁵)/(1 + |b₁x + … + b₄x⁴|) with the coefficients of the
 * input's group, neighbouring inputs being a group. Constant beyond ±limit, where its gradient by x is 0.
 *
 * KanRational           x [rows, inputs]; numerator [groups or 1, 6], denominator [groups, 4] → f(x) [rows, inputs]
 * KanRationalGradient   the same and dy [rows, inputs] → [f(x), gradients of x, numerator, denominator]
 */

/** Attributes of both kernels. */
export interface RationalAttributes {
  limit: number;
}

const NUMERATOR = 6;
const DENOMINATOR = 4;

export const rationalKernel: KernelReplacement = {
  kernelName: 'KanRational',
  create: (runtime) => (args) => {
    const { x, numerator, denominator } = args.inputs as Record<string, TensorInfo>;
    const { limit } = args.attrs as unknown as RationalAttributes;
    const { rows, groups, width, step } = sizes(x!, numerator!, denominator!);
    const y = runtime.output(x!.shape);
    const [from, a, b, to] = addresses(runtime, x!, numerator!, denominator!, y);
    runtime.kernels.rational(from!, a!, step, b!, to!, rows, groups, width, limit);
    return y;
  },
};

export const rationalGradientKernel: KernelReplacement = {
  kernelName: 'KanRationalGradient',
  create: (runtime) => (args) => {
    const { x, numerator, denominator, dy } = args.inputs as Record<string, TensorInfo>;
    const { limit } = args.attrs as unknown as RationalAttributes;
    const { rows, groups, width, step } = sizes(x!, numerator!, denominator!);
    const results = [x!, x!, numerator!, denominator!].map(({ shape }) => runtime.output(shape));
    const count = NUMERATOR + DENOMINATOR;
    const sums = runtime.scratch('partial', groups * count * 8);
    const [from, a, b, received] = addresses(runtime, x!, numerator!, denominator!, dy!);
    const [y, dx] = addresses(runtime, ...results);
    runtime.kernels.rationalGradient(from!, a!, step, b!, received!, y!, dx!, sums, rows, groups, width, limit);
    const totals = new Float64Array(runtime.memory.buffer, sums, groups * count);
    const [dNumerator, dDenominator] = [runtime.values(results[2]!), runtime.values(results[3]!)];
    for (let j = 0; j < NUMERATOR; j++) {
      let shared = 0;
      for (let group = 0; group < groups; group++) {
        shared += totals[group * count + j]!;
        if (step > 0) dNumerator[group * NUMERATOR + j] = totals[group * count + j]!;
      }
      if (step === 0) dNumerator[j] = shared;
    }
    for (let group = 0; group < groups; group++) {
      const first = group * count + NUMERATOR;
      dDenominator.set(totals.subarray(first, first + DENOMINATOR), group * DENOMINATOR);
    }
    return results;
  },
};

/** Rows, groups, inputs of a group, and bytes from a group's numerator to the next (0: one for all). */
function sizes(x: TensorInfo, numerator: TensorInfo, denominator: TensorInfo) {
  const [rows, inputs] = x.shape as [number, number];
  const groups = denominator.shape[0]!;
  return { rows, groups, width: inputs / groups, step: numerator.shape[0] === 1 ? 0 : NUMERATOR * 4 };
}

function addresses(runtime: KernelRuntime, ...tensors: TensorInfo[]): number[] {
  return tensors.map((tensor) => runtime.address(tensor));
}
