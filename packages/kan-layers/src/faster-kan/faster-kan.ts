import type { serialization } from '@tensorflow/tfjs-core';
import type { OptionNames } from '../check-options.js';
import { type Centres, centrePositions, checkCentres } from '../expansion/centres.js';
import { ExpansionLayer, type ExpansionLayerArgs, type NormWeightName } from '../expansion/expansion-layer.js';
import { FanInInitializer } from '../fan-in-initializer.js';
import { layerArgs, weightArgNames } from '../layer-args.js';
import { makeLayer } from '../make-layer.js';
import type { TorchConstant, TorchWeight } from '../torch-weight.js';
import type { WeightArgs } from '../types.js';
import { switchBasis } from './switch-basis.js';

/** Arguments of {@link fasterKAN}. */
export interface FasterKANArgs
  extends ExpansionLayerArgs,
    WeightArgs<'coefficients' | NormWeightName>,
    Partial<Centres> {
  /** First centre. Default −1.2. */
  gridMin?: number;
  /** Last centre. Default 0.2. */
  gridMax?: number;
  /** Number of functions on every edge. Default 8. */
  numGrids?: number;
  /** 1/h, what the distance from a centre is multiplied with. Default 1: all that the reference's forward pass knows. */
  invDenominator?: number;
  /** Layer norm before the basis. Default true. */
  layerNorm?: boolean;
}

const defaults = {
  gridMin: -1.2,
  gridMax: 0.2,
  numGrids: 8,
  invDenominator: 1,
  layerNorm: true,
} satisfies Partial<FasterKANArgs>;

/**
 * The KAN layer on reflectional switch functions (AthanasiosDelis/faster-kan): with n the layer norm of x,
 * y[o] = Σᵢ Σ_k coefficients[k,i,o]·(1 − tanh²((n[i] − g_k)/h)). No bias.
 *
 * The reference ignores its h forwards and uses it backwards, so that its gradients are not those of its outputs; here both follow the
 * formula, and h = 1 gives the reference's outputs. Its start, Xavier's uniform one, gives outputs near 1 for any number of inputs.
 *
 * Weights: `coefficients` [numGrids, inputs, units]; with layerNorm `gamma` and `shift` [inputs]. The centres are not trained.
 */
export class FasterKAN extends ExpansionLayer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersFasterKAN';
  static override get argNames(): OptionNames<FasterKANArgs> {
    return { ...ExpansionLayer.argNames, ...defaults, ...weightArgNames('coefficients', 'gamma', 'shift') };
  }
  readonly gridMin: number;
  readonly gridMax: number;
  readonly numGrids: number;
  readonly invDenominator: number;

  constructor(args: FasterKANArgs) {
    const options = layerArgs(FasterKAN, args, defaults);
    const { gridMin, gridMax, numGrids, invDenominator } = options;
    checkCentres('FasterKAN', options);
    if (!(invDenominator > 0 && Number.isFinite(invDenominator))) {
      throw new Error(`FasterKAN: invDenominator is wrong; expected a positive number, got ${invDenominator}`);
    }
    super(options, switchBasis(centrePositions(options), invDenominator), {
      coefficients: (seed) => new FanInInitializer({ scale: 6, seed }),
    });
    this.gridMin = gridMin;
    this.gridMax = gridMax;
    this.numGrids = numGrids;
    this.invDenominator = invDenominator;
  }

  /** Xavier's rule counts the units, too: U(±√(6/(fanIn + fanOut))). */
  protected override coefficientFanIn(inputs: number): number {
    return super.coefficientFanIn(inputs) + this.units;
  }

  /** @throws if invDenominator is not 1, which the reference's forward pass does not know */
  override torchWeights(): TorchWeight[] {
    if (this.invDenominator !== 1) {
      throw new Error(
        `FasterKAN: the PyTorch reference has no such layer; expected invDenominator 1, got ${this.invDenominator}`,
      );
    }
    const shape = [this.units, this.inputs! * this.numGrids];
    return [
      ...this.torchNormWeights(),
      this.torchWeight('coefficients', 'spline_linear.weight', { axes: [2, 1, 0], shape }),
    ];
  }

  override torchConstants(): TorchConstant[] {
    return [
      { name: 'rbf.grid', shape: [this.numGrids], data: centrePositions(this), fixed: true },
      // Its own default; the outputs do not depend on it.
      { name: 'rbf.inv_denominator', shape: [], data: [0.5], fixed: false },
    ];
  }

  override getConfig(): serialization.ConfigDict {
    const { gridMin, gridMax, numGrids, invDenominator } = this;
    return { ...super.getConfig(), gridMin, gridMax, numGrids, invDenominator };
  }
}

/**
 * Makes a {@link FasterKAN} layer, and registers its class for loading.
 *
 * @throws if an argument is wrong, or two copies of TensorFlow.js are loaded
 */
export function fasterKAN(args: FasterKANArgs): FasterKAN {
  return makeLayer('fasterKAN', FasterKAN, args);
}
