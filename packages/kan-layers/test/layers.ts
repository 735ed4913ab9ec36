import { type EfficientKANArgs, efficientKAN, type FourierKANArgs, fourierKAN, type KANLayer } from '../src/index.js';

/** One setting of every kind that the shared tests go through. */
export interface LayerCase {
  readonly name: string;
  /** Makes the layer; `extra` overrides. */
  make(units: number, extra?: Partial<EfficientKANArgs & FourierKANArgs>): KANLayer;
}

const efficient = (name: string, options: Partial<EfficientKANArgs>): LayerCase => ({
  name: `efficientKAN ${name}`,
  make: (units, extra = {}) => efficientKAN({ units, seed: 7, ...options, ...extra }),
});
const fourier = (name: string, options: Partial<FourierKANArgs>): LayerCase => ({
  name: `fourierKAN ${name}`,
  // β at its start of 0.01 would hide the Fourier branch's gradients in rounding.
  make: (units, extra = {}) => fourierKAN({ units, seed: 7, initialBeta: 0.7, ...options, ...extra }),
});

export const cases: LayerCase[] = [
  efficient('default', { scaleNoise: 3 }),
  efficient('no scale, quadratic, tanh', {
    standaloneScale: false,
    splineOrder: 2,
    baseActivation: 'tanh',
    scaleNoise: 3,
  }),
  efficient('linear splines, wide grid', { splineOrder: 1, gridRange: [-3, 2], gridSize: 4, scaleNoise: 3 }),
  efficient('clamped', { scaleNoise: 3, extrapolation: 'clamp' }),
  efficient('linear beyond the grid', { scaleNoise: 3, extrapolation: 'linear' }),
  efficient('linear beyond the grid, quadratic', { scaleNoise: 3, extrapolation: 'linear', splineOrder: 2 }),
  fourier('default', {}),
  fourier('layer norm', { layerNorm: true }),
  fourier('tanh, 3 frequencies', { numFrequencies: 3, baseActivation: 'tanh', layerNorm: true }),
];
