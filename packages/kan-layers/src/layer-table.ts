import { type ClassicFourierKANArgs, classicFourierKAN } from './classic-fourier-kan/classic-fourier-kan.js';
import { type EfficientKANArgs, efficientKAN } from './efficient-kan/efficient-kan.js';
import { type FastKANArgs, fastKAN } from './fast-kan/fast-kan.js';
import { type FasterKANArgs, fasterKAN } from './faster-kan/faster-kan.js';
import { type FourierKANArgs, fourierKAN } from './fourier-kan/fourier-kan.js';
import type { KANLayer } from './kan-layer.js';
import { type ChebyshevKANArgs, chebyshevKAN } from './polynomial-kan/chebyshev-kan.js';
import { type JacobiKANArgs, jacobiKAN } from './polynomial-kan/jacobi-kan.js';
import { type LegendreKANArgs, legendreKAN } from './polynomial-kan/legendre-kan.js';
import { type RationalKANArgs, rationalKAN } from './rational-kan/rational-kan.js';
import { type WaveletKANArgs, waveletKAN } from './wavelet-kan/wavelet-kan.js';

/** The layers that `kan` stacks, by name, with the arguments of each. */
export interface KANArgsByLayer {
  efficientKAN: EfficientKANArgs;
  fourierKAN: FourierKANArgs;
  classicFourierKAN: ClassicFourierKANArgs;
  chebyshevKAN: ChebyshevKANArgs;
  jacobiKAN: JacobiKANArgs;
  legendreKAN: LegendreKANArgs;
  fastKAN: FastKANArgs;
  fasterKAN: FasterKANArgs;
  waveletKAN: WaveletKANArgs;
  rationalKAN: RationalKANArgs;
}

/** Name of a layer that `kan` stacks. */
export type LayerName = keyof KANArgsByLayer;

/** What makes each of them. */
export const layerFactories: { readonly [Name in LayerName]: (args: KANArgsByLayer[Name]) => KANLayer } = {
  efficientKAN,
  fourierKAN,
  classicFourierKAN,
  chebyshevKAN,
  jacobiKAN,
  legendreKAN,
  fastKAN,
  fasterKAN,
  waveletKAN,
  rationalKAN,
};
