import type { serialization } from '@tensorflow/tfjs-core';
import type { OptionNames } from '../check-options.js';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { ExpansionLayer, type ExpansionLayerArgs, type NormWeightName } from '../expansion/expansion-layer.js';
import { layerArgs, weightArgNames } from '../layer-args.js';
import { makeLayer } from '../make-layer.js';
import type { TorchWeight } from '../torch-weight.js';
import type { WeightArgs } from '../types.js';
import { polynomialBasis } from './polynomial-basis.js';
import { type PolynomialStart, polynomialStart } from './polynomial-start.js';
import { chebyshevRecurrence, type Recurrence } from './recurrence.js';

/** Arguments of {@link chebyshevKAN}. */
export interface ChebyshevKANArgs extends ExpansionLayerArgs, WeightArgs<'coefficients' | NormWeightName> {
  /** Highest degree D of the polynomials. Default 4. */
  degree?: number;
  /**
   * Start of the coefficients: 'reference' (default), N(0, std 1/(inputs·(D+1))), or 'fanIn', N(0, std 1/√(inputs·(D+1))). The
   * reference's shrinks with the inputs: its first outputs have a standard deviation near 1/√(inputs·(D+1)), 0.01 for 1280 inputs, and
   * a stack of several such layers starts nearly constant, unless layer norm stands between; 'fanIn' keeps the size near 1.
   */
  start?: PolynomialStart;
}

const defaults = {
  degree: 4,
  start: 'reference',
  layerNorm: false,
} satisfies Partial<ChebyshevKANArgs>;

/**
 * The Chebyshev KAN layer (SynodicMonth/ChebyKAN): y[o] = Σᵢ Σ_{d=0..D} coefficients[d,i,o]·T_d(tanh x[i]). No bias: T_0 = 1.
 *
 * Weights: `coefficients` [D+1, inputs, units]; with layerNorm `gamma` and `shift` [inputs].
 */
export class ChebyshevKAN extends ExpansionLayer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersChebyshevKAN';
  static override get argNames(): OptionNames<ChebyshevKANArgs> {
    return { ...ExpansionLayer.argNames, ...defaults, ...weightArgNames('coefficients', 'gamma', 'shift') };
  }
  readonly degree: number;
  readonly start: PolynomialStart;

  constructor(args: ChebyshevKANArgs) {
    const options = layerArgs(ChebyshevKAN, args, defaults);
    const { degree, start } = options;
    checkPositiveInteger('ChebyshevKAN: degree', degree);
    super(options, polynomialBasis(chebyshevRecurrence(degree)), {
      coefficients: (seed) => polynomialStart('ChebyshevKAN', start, seed),
    });
    this.degree = degree;
    this.start = start;
  }

  /** The polynomials' three-term recurrence. */
  get recurrence(): Recurrence {
    return chebyshevRecurrence(this.degree);
  }

  override torchWeights(): TorchWeight[] {
    return [...this.torchNormWeights(), this.torchWeight('coefficients', 'cheby_coeffs', { axes: [2, 0, 1] })];
  }

  override getConfig(): serialization.ConfigDict {
    const { degree, start } = this;
    return { ...super.getConfig(), degree, start };
  }
}

/**
 * Makes a {@link ChebyshevKAN} layer, and registers its class for loading.
 *
 * @throws if an argument is wrong, or two copies of TensorFlow.js are loaded
 */
export function chebyshevKAN(args: ChebyshevKANArgs): ChebyshevKAN {
  return makeLayer('chebyshevKAN', ChebyshevKAN, args);
}
