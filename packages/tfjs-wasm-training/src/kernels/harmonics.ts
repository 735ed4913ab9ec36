import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelReplacement } from '../kernel-replacement.js';

/*
 * As radial-basis.ts, for KAN's Fourier series: cos x, sin x, cos 2x, sin 2x, …, cos kx, sin kx. Errors below 3·10⁻⁷·k for |x| up to
 * 10⁸ (within ±1 for every finite x).
 *
 * KanHarmonics           x [rows, inputs] → basis [rows, 2·harmonics, inputs]
 * KanHarmonicsGradient   x, dBasis [rows, 2·harmonics, inputs] → [basis, dx [rows, inputs]]
 */

/** Attributes of both kernels. */
export interface HarmonicsAttributes {
  harmonics: number;
}

export const harmonicsKernel: KernelReplacement = {
  kernelName: 'KanHarmonics',
  create: (runtime) => (args) => {
    const { x } = args.inputs as { x: TensorInfo };
    const { harmonics } = args.attrs as unknown as HarmonicsAttributes;
    const [rows, inputs] = x.shape as [number, number];
    const basis = runtime.output([rows, 2 * harmonics, inputs]);
    runtime.kernels.harmonics(runtime.address(x), runtime.address(basis), rows, harmonics, inputs);
    return basis;
  },
};

export const harmonicsGradientKernel: KernelReplacement = {
  kernelName: 'KanHarmonicsGradient',
  create: (runtime) => (args) => {
    const { x, dBasis } = args.inputs as { x: TensorInfo; dBasis: TensorInfo };
    const { harmonics } = args.attrs as unknown as HarmonicsAttributes;
    const [rows, inputs] = x.shape as [number, number];
    const basis = runtime.output(dBasis.shape);
    const dx = runtime.output(x.shape);
    const [from, received] = [runtime.address(x), runtime.address(dBasis)];
    const [to, gradient] = [runtime.address(basis), runtime.address(dx)];
    runtime.kernels.harmonicsGradient(from, received, to, gradient, rows, harmonics, inputs);
    return [basis, dx];
  },
};
