import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';
import type { KernelRuntime } from '../kernel-runtime.js';

/*
 * Kernels for Kolmogorov-Arnold layers, under names that @kanrecon/kan-layers asks tfjs for (and anyone may): where they are
 * registered, its layers use them, elsewhere they compose tfjs operations. Neither package imports the other.
 *
 * KanRadialBasis           x [rows, inputs] → basis [rows, functions, inputs]
 * KanRadialBasisGradient   x, dBasis [rows, functions, inputs] → [basis, dx [rows, inputs]]
 */

/** Attributes of both kernels. A function is f(scale · x − place). */
export interface RadialBasisAttributes {
  /** e^(−v²), or 1 − tanh²(v). */
  form: 'gaussian' | 'switch';
  places: readonly number[];
  scale: number;
}

const FORMS = { gaussian: 'gaussianBasis', switch: 'switchBasis' } as const;

export const radialBasisKernel: KernelReplacement = {
  kernelName: 'KanRadialBasis',
  create: (runtime) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const { form, places, scale } = args.attrs as unknown as RadialBasisAttributes;
    const [rows, inputs] = x.shape as [number, number];
    const basis = runtime.output([rows, places.length, inputs]);
    const at = placesAddress(runtime, places);
    const [from, to] = [runtime.address(x), runtime.address(basis)];
    runtime.kernels[FORMS[form]](from, at, scale, to, rows, places.length, inputs);
    return basis;
  },
};

export const radialBasisGradientKernel: KernelReplacement = {
  kernelName: 'KanRadialBasisGradient',
  create: (runtime) => (args) => {
    const { x, dBasis } = args.inputs as { x: TensorInfo; dBasis: TensorInfo };
    const { form, places, scale } = args.attrs as unknown as RadialBasisAttributes;
    const [rows, inputs] = x.shape as [number, number];
    const basis = runtime.output(dBasis.shape);
    const dx = runtime.output(x.shape);
    const at = placesAddress(runtime, places);
    const [from, received, to, gradient] = [x, dBasis, basis, dx].map((tensor) => runtime.address(tensor)) as [
      number,
      number,
      number,
      number,
    ];
    const count = places.length;
    runtime.kernels[`${FORMS[form]}Gradient`](from, at, scale, received, to, gradient, rows, count, inputs);
    return [basis, dx];
  },
};

function placesAddress(runtime: KernelRuntime, places: readonly number[]): number {
  const address = runtime.scratch('coefficients', places.length * 4);
  runtime.floats(address, places.length).set(places);
  return address;
}
