import { classicFourierKAN } from './classic-fourier-kan/classic-fourier-kan.js';
import { efficientKAN } from './efficient-kan.js';
import { fastKAN } from './fast-kan/fast-kan.js';
import { fasterKAN } from './faster-kan/faster-kan.js';
import { fourierKAN } from './fourier-kan.js';
import { chebyshevKAN } from './polynomial-kan/chebyshev-kan.js';
import { jacobiKAN } from './polynomial-kan/jacobi-kan.js';
import { legendreKAN } from './polynomial-kan/legendre-kan.js';
import { rationalKAN } from './rational-kan/rational-kan.js';
import { waveletKAN } from './wavelet-kan/wavelet-kan.js';

/** The layers that `kan` stacks, by name. */
export const layerFactories = {
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

/** Name of a layer that `kan` stacks. */
export type LayerName = keyof typeof layerFactories;

/** The arguments of a named layer. */
export type ArgsOf<Name extends LayerName> = Parameters<(typeof layerFactories)[Name]>[0];
