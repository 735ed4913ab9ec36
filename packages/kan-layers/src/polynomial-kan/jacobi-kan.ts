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
import { jacobiRecurrence, type Recurrence } from './recurrence.js';

/** Arguments of {@link jacobiKAN}. */
export interface JacobiKANArgs extends ExpansionLayerArgs, WeightArgs<'coefficients' | NormWeightName> {
  /** Highest degree D of the polynomials. Default 4. */
  degree?: number;
  /** First parameter of the polynomials, above −1. Default 1; a = b = 0 gives Legendre's. */
  a?: number;
  /** Second parameter of the polynomials, above −1. Default 1. */
  b?: number;
  /**
   * Start of the coefficients: 'reference' (default), N(0, std 1/(inputs·(D+1))), or 'fanIn', N(0, std 1/√(inputs·(D+1))). The
   * reference's shrinks with the inputs: take 'fanIn' for stacks without layer norm between the layers.
   */
  start?: PolynomialStart;
}

const defaults = {
  degree: 4,
  a: 1,
  b: 1,
  start: 'reference',
  layerNorm: false,
} satisfies Partial<JacobiKANArgs>;

/**
 * The Jacobi KAN layer (SpaceLearner/JacobiKAN): y[o] = Σᵢ Σ_{d=0..D} coefficients[d,i,o]·P_d^(a,b)(tanh x[i]). No bias: P_0 = 1.
 *
 * Weights: `coefficients` [D+1, inputs, units]; with layerNorm `gamma` and `shift` [inputs].
 */
export class JacobiKAN extends ExpansionLayer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersJacobiKAN';
  static override get argNames(): OptionNames<JacobiKANArgs> {
    return { ...ExpansionLayer.argNames, ...defaults, ...weightArgNames('coefficients', 'gamma', 'shift') };
  }
  readonly degree: number;
  readonly a: number;
  readonly b: number;
  readonly start: PolynomialStart;

  constructor(args: JacobiKANArgs) {
    const options = layerArgs(JacobiKAN, args, defaults);
    const { degree, a, b, start } = options;
    checkPositiveInteger('JacobiKAN: degree', degree);
    for (const [name, value] of Object.entries({ a, b })) {
      if (!(value > -1 && Number.isFinite(value))) {
        throw new Error(`JacobiKAN: ${name} is wrong; expected a number above -1, got ${value}`);
      }
    }
    super(options, polynomialBasis(jacobiRecurrence(degree, a, b)), {
      coefficients: (seed) => polynomialStart('JacobiKAN', start, seed),
    });
    this.degree = degree;
    this.a = a;
    this.b = b;
    this.start = start;
  }

  /** The polynomials' three-term recurrence. */
  get recurrence(): Recurrence {
    return jacobiRecurrence(this.degree, this.a, this.b);
  }

  override torchWeights(): TorchWeight[] {
    return [...this.torchNormWeights(), this.torchWeight('coefficients', 'jacobi_coeffs', { axes: [2, 0, 1] })];
  }

  override getConfig(): serialization.ConfigDict {
    const { degree, a, b, start } = this;
    return { ...super.getConfig(), degree, a, b, start };
  }
}

/**
 * Makes a {@link JacobiKAN} layer, and registers its class for loading.
 *
 * @throws if an argument is wrong, or two copies of TensorFlow.js are loaded
 */
export function jacobiKAN(args: JacobiKANArgs): JacobiKAN {
  return makeLayer('jacobiKAN', JacobiKAN, args);
}
