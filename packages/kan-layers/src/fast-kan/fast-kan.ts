import type { serialization } from '@tensorflow/tfjs-core';
import type { OptionNames } from '../check-options.js';
import { type Centres, centrePositions, checkCentres } from '../expansion/centres.js';
import { ExpansionLayer, type ExpansionLayerArgs, type NormWeightName } from '../expansion/expansion-layer.js';
import { FanInInitializer } from '../fan-in-initializer.js';
import { layerArgs, weightArgNames } from '../layer-args.js';
import { makeLayer } from '../make-layer.js';
import type { TorchConstant, TorchWeight } from '../torch-weight.js';
import type { ActivationName, WeightArgs } from '../types.js';
import { gaussianBasis } from './gaussian-basis.js';

const starts = ['fanIn', 'reference'] as const;

/** Arguments of {@link fastKAN}. */
export interface FastKANArgs
  extends ExpansionLayerArgs,
    WeightArgs<'coefficients' | 'base' | 'bias' | NormWeightName>,
    Partial<Centres> {
  /** First centre. Default −2. */
  gridMin?: number;
  /** Last centre. Default 2. */
  gridMax?: number;
  /** Number of Gaussians on every edge. Default 8. */
  numGrids?: number;
  /** Width h of the Gaussians exp(−((x−g)/h)²). Default: the distance of two centres. */
  denominator?: number | null;
  /** Layer norm before the Gaussians (the base branch sees the plain input). Default true. */
  layerNorm?: boolean;
  /** Whether there is a base branch, act(x)·base + bias. Default true. */
  useBaseUpdate?: boolean;
  /** The function on the base branch. Default 'swish'. */
  baseActivation?: ActivationName;
  /**
   * Start of the coefficients: 'fanIn' (default), N(0, 1/(inputs·numGrids)), whose outputs have the same size for any number of inputs;
   * or 'reference', N(0, splineWeightInitScale²), whose first outputs grow with √inputs (a standard deviation near 4 for 1280 inputs).
   */
  start?: (typeof starts)[number];
  /** Standard deviation of the start 'reference'. Default 0.1. */
  splineWeightInitScale?: number;
}

const defaults = {
  gridMin: -2,
  gridMax: 2,
  numGrids: 8,
  layerNorm: true,
  useBaseUpdate: true,
  baseActivation: 'swish',
  start: 'fanIn',
  splineWeightInitScale: 0.1,
} satisfies Partial<FastKANArgs>;

/**
 * The KAN layer on Gaussians (ZiyaoLi/fast-kan): with n the layer norm of x,
 * y[o] = Σᵢ Σ_k coefficients[k,i,o]·exp(−((n[i] − g_k)/h)²) + Σᵢ base[i,o]·silu(x[i]) + bias[o].
 *
 * Weights: `coefficients` [numGrids, inputs, units]; with useBaseUpdate `base` [inputs, units] and `bias` [units], both U(±1/√inputs);
 * with layerNorm `gamma` and `shift` [inputs]. The centres are not trained.
 */
export class FastKAN extends ExpansionLayer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersFastKAN';
  static override get argNames(): OptionNames<FastKANArgs> {
    return {
      ...ExpansionLayer.argNames,
      ...defaults,
      denominator: 1,
      ...weightArgNames('coefficients', 'base', 'bias', 'gamma', 'shift'),
    };
  }
  readonly gridMin: number;
  readonly gridMax: number;
  readonly numGrids: number;
  readonly denominator: number;
  readonly useBaseUpdate: boolean;
  readonly start: (typeof starts)[number];
  readonly splineWeightInitScale: number;

  constructor(args: FastKANArgs) {
    const options = layerArgs(FastKAN, args, defaults);
    const { gridMin, gridMax, numGrids, useBaseUpdate, start, splineWeightInitScale } = options;
    checkCentres('FastKAN', options);
    const denominator = options.denominator ?? (gridMax - gridMin) / (numGrids - 1);
    if (!(denominator > 0 && Number.isFinite(denominator))) {
      throw new Error(
        `FastKAN: denominator is wrong; expected a positive number (or at least two grids), got ${denominator}`,
      );
    }
    if (!starts.includes(start)) {
      throw new Error(`FastKAN: start is wrong; expected one of ${starts.join(', ')}, got '${start}'`);
    }
    if (!(splineWeightInitScale >= 0)) {
      throw new Error(`FastKAN: splineWeightInitScale is wrong; expected a number ≥ 0, got ${splineWeightInitScale}`);
    }
    const linear = (seed?: number) => new FanInInitializer({ seed });
    super(options, gaussianBasis(centrePositions(options), denominator), {
      coefficients: (seed) =>
        start === 'fanIn'
          ? new FanInInitializer({ distribution: 'normal', seed })
          : new FanInInitializer({ distribution: 'normal', scale: splineWeightInitScale ** 2, power: 0, seed }),
      ...(useBaseUpdate && { base: linear, bias: linear }),
    });
    this.gridMin = gridMin;
    this.gridMax = gridMax;
    this.numGrids = numGrids;
    this.denominator = denominator;
    this.useBaseUpdate = useBaseUpdate;
    this.start = start;
    this.splineWeightInitScale = splineWeightInitScale;
  }

  override torchWeights(): TorchWeight[] {
    const shape = [this.units, this.inputs! * this.numGrids];
    return [
      ...this.torchNormWeights(),
      this.torchWeight('coefficients', 'spline_linear.weight', { axes: [2, 1, 0], shape }),
      ...(this.useBaseUpdate
        ? [
            this.torchWeight('base', 'base_linear.weight', { axes: [1, 0] }),
            this.torchWeight('bias', 'base_linear.bias'),
          ]
        : []),
    ];
  }

  override torchConstants(): TorchConstant[] {
    return [{ name: 'rbf.grid', shape: [this.numGrids], data: centrePositions(this), fixed: true }];
  }

  override getConfig(): serialization.ConfigDict {
    const { gridMin, gridMax, numGrids, denominator, useBaseUpdate, start, splineWeightInitScale } = this;
    return {
      ...super.getConfig(),
      ...{ gridMin, gridMax, numGrids, denominator, useBaseUpdate, start, splineWeightInitScale },
    };
  }
}

/**
 * Makes a {@link FastKAN} layer, and registers its class for loading.
 *
 * @throws if an argument is wrong, or two copies of TensorFlow.js are loaded
 */
export function fastKAN(args: FastKANArgs): FastKAN {
  return makeLayer('fastKAN', FastKAN, args);
}
