import { ClassicFourierKAN, classicFourierKAN } from './classic-fourier-kan/classic-fourier-kan.js';
import { EfficientKAN, efficientKAN } from './efficient-kan/efficient-kan.js';
import { FastKAN, fastKAN } from './fast-kan/fast-kan.js';
import { FasterKAN, fasterKAN } from './faster-kan/faster-kan.js';
import { FourierKAN, fourierKAN } from './fourier-kan/fourier-kan.js';
import type { KANLayer } from './kan-layer.js';
import type { LayerClass } from './make-layer.js';
import { ChebyshevKAN, chebyshevKAN } from './polynomial-kan/chebyshev-kan.js';
import { JacobiKAN, jacobiKAN } from './polynomial-kan/jacobi-kan.js';
import { legendreKAN } from './polynomial-kan/legendre-kan.js';
import { RationalKAN, rationalKAN } from './rational-kan/rational-kan.js';
import { WaveletKAN, waveletKAN } from './wavelet-kan/wavelet-kan.js';

/** What the package knows of a layer. */
interface LayerRow {
  /** Makes it. */
  readonly make: (args: never) => KANLayer;
  /** The class as which it is saved. */
  readonly kind: LayerClass;
}

/**
 * All layers of the package, by the names of their factories: what `kan` stacks, what `registerKanLayers` registers, what the shared tests go
 * through. It pulls in all of them, so nothing that serves a single layer may import it.
 */
export const layerTable = {
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
} as const satisfies Record<string, LayerRow>;

/** Name of a layer that `kan` stacks. */
export type LayerName = keyof typeof layerTable;

/** The layers that `kan` stacks, by name, with the arguments of each. */
export type KANArgsByLayer = { [Name in LayerName]: Parameters<(typeof layerTable)[Name]['make']>[0] };
