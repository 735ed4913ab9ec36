import {
  ClassicFourierKAN,
  type ClassicFourierKANArgs,
  classicFourierKAN,
} from './classic-fourier-kan/classic-fourier-kan.js';
import { EfficientKAN, type EfficientKANArgs, efficientKAN } from './efficient-kan/efficient-kan.js';
import { FastKAN, type FastKANArgs, fastKAN } from './fast-kan/fast-kan.js';
import { FasterKAN, type FasterKANArgs, fasterKAN } from './faster-kan/faster-kan.js';
import { FourierKAN, type FourierKANArgs, fourierKAN } from './fourier-kan/fourier-kan.js';
import type { KANLayer } from './kan-layer.js';
import type { LayerClass } from './make-layer.js';
import { ChebyshevKAN, type ChebyshevKANArgs, chebyshevKAN } from './polynomial-kan/chebyshev-kan.js';
import { JacobiKAN, type JacobiKANArgs, jacobiKAN } from './polynomial-kan/jacobi-kan.js';
import { type LegendreKANArgs, legendreKAN } from './polynomial-kan/legendre-kan.js';
import { RationalKAN, type RationalKANArgs, rationalKAN } from './rational-kan/rational-kan.js';
import { WaveletKAN, type WaveletKANArgs, waveletKAN } from './wavelet-kan/wavelet-kan.js';

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

/** What the package knows of a layer. */
interface LayerRow<Args> {
  /** Makes it. */
  readonly make: (args: Args) => KANLayer;
  /** The class as which it is saved. */
  readonly kind: LayerClass;
}

/**
 * All layers of the package, by the names of their factories: what `kan` stacks, what `registerKanLayers` registers, what the shared tests go
 * through. It pulls in all of them, so nothing that serves a single layer may import it.
 */
export const layerTable: { readonly [Name in LayerName]: LayerRow<KANArgsByLayer[Name]> } = {
  efficientKAN: { make: efficientKAN, kind: EfficientKAN },
  fourierKAN: { make: fourierKAN, kind: FourierKAN },
  classicFourierKAN: { make: classicFourierKAN, kind: ClassicFourierKAN },
  chebyshevKAN: { make: chebyshevKAN, kind: ChebyshevKAN },
  jacobiKAN: { make: jacobiKAN, kind: JacobiKAN },
  legendreKAN: { make: legendreKAN, kind: JacobiKAN },
  fastKAN: { make: fastKAN, kind: FastKAN },
  fasterKAN: { make: fasterKAN, kind: FasterKAN },
  waveletKAN: { make: waveletKAN, kind: WaveletKAN },
  rationalKAN: { make: rationalKAN, kind: RationalKAN },
};
