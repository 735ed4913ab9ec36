import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';

/*
 * As radial-basis.ts, for KAN's wavelet layer: y[row, o] = Σᵢ weight[o, i] · ψ((x[row, i] − translation[o, i]) / scale[o, i]). A
 * scale of 0 counts as infinitely wide.
 *
 * KanWavelets           x [rows, inputs]; scale, translation, weight [units, inputs] → y [rows, units]
 * KanWaveletsGradient   the same and dy [rows, units] → gradients of x, scale, translation, weight
 */

/** Attributes of both kernels. */
export interface WaveletAttributes {
  form: 'mexicanHat' | 'morlet' | 'derivativeOfGaussian';
}

const FORMS = {
  mexicanHat: 'mexicanHatWavelets',
  morlet: 'morletWavelets',
  derivativeOfGaussian: 'derivativeOfGaussianWavelets',
} as const;

export const waveletsKernel: KernelReplacement = {
  kernelName: 'KanWavelets',
  create: (runtime) => (args) => {
    const { x, scale, translation, weight } = args.inputs as Record<string, TensorInfo>;
    const { form } = args.attrs as unknown as WaveletAttributes;
    const [rows, inputs] = x!.shape as [number, number];
    const units = scale!.shape[0]!;
    const y = runtime.output([rows, units]);
    const inverse = inverseOf(runtime, scale!);
    const [from, moved, factor, to] = addresses(runtime, x!, translation!, weight!, y);
    runtime.kernels[FORMS[form]](from!, moved!, inverse, factor!, to!, rows, inputs, units);
    return y;
  },
};

export const waveletsGradientKernel: KernelReplacement = {
  kernelName: 'KanWaveletsGradient',
  create: (runtime) => (args) => {
    const { x, scale, translation, weight, dy } = args.inputs as Record<string, TensorInfo>;
    const { form } = args.attrs as unknown as WaveletAttributes;
    const [rows, inputs] = x!.shape as [number, number];
    const units = scale!.shape[0]!;
    const results = [x!, scale!, translation!, weight!].map(({ shape }) => runtime.output(shape));
    const inverse = inverseOf(runtime, scale!);
    const [from, moved, factor, received] = addresses(runtime, x!, translation!, weight!, dy!);
    const [dx, dScale, dTranslation, dWeight] = addresses(runtime, ...results);
    runtime.kernels[`${FORMS[form]}Gradient`](
      from!,
      moved!,
      inverse,
      factor!,
      received!,
      dx!,
      dScale!,
      dTranslation!,
      dWeight!,
      rows,
      inputs,
      units,
    );
    return results;
  },
};

function addresses(runtime: KernelRuntime, ...tensors: TensorInfo[]): number[] {
  return tensors.map((tensor) => runtime.address(tensor));
}

/** 1 / scale, and 0 where that is infinite. */
function inverseOf(runtime: KernelRuntime, scale: TensorInfo): number {
  const size = scale.shape[0]! * scale.shape[1]!;
  const address = runtime.scratch('coefficients', size * 4);
  const [from, to] = [runtime.values(scale), runtime.floats(address, size)];
  for (let i = 0; i < size; i++) to[i] = from[i]! / (from[i]! * from[i]! + 1e-30);
  return address;
}
