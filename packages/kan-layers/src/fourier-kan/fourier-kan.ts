import {
  add,
  div,
  floor,
  randomUniform,
  type serialization,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import type { OptionNames } from '../check-options.js';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { deriveSeed } from '../derive-seed.js';
import { FanInInitializer } from '../fan-in-initializer.js';
import { KANLayer, type KANLayerArgs } from '../kan-layer.js';
import { layerArgs, weightArgNames } from '../layer-args.js';
import { makeLayer } from '../make-layer.js';
import type { SerializableClass } from '../register-classes.js';
import type { TorchWeight } from '../torch-weight.js';
import type { WeightArgs } from '../types.js';
import { UniformInitializer } from '../uniform-initializer.js';
import { fourierKANOp } from './fourier-kan-op.js';

type WeightName =
  | 'frequencies'
  | 'phases'
  | 'combination'
  | 'combinationBias'
  | 'alpha'
  | 'beta'
  | 'kernel'
  | 'bias'
  | 'gamma'
  | 'shift';

/** Arguments of {@link fourierKAN}. */
export interface FourierKANArgs extends KANLayerArgs, WeightArgs<WeightName> {
  /** Random frequencies M; 2M features. Default 8. */
  numFrequencies?: number;
  /** Layer norm before the Fourier branch (the base branch sees the plain input). Default false. */
  layerNorm?: boolean;
  /** Rate of dropout on the Fourier features, in training. Default 0. */
  dropout?: number;
  /** Start of α, the factor of the base branch. Default 1. */
  initialAlpha?: number;
  /** Start of β, the factor of the Fourier branch. Default 0.01. */
  initialBeta?: number;
}

const defaults = {
  numFrequencies: 8,
  layerNorm: false,
  dropout: 0,
  initialAlpha: 1,
  initialBeta: 0.01,
  baseActivation: 'gelu',
} satisfies Partial<FourierKANArgs>;

/**
 * The Fourier KAN layer in random-feature form (KAF's FastKAFLayer): with z = [cos(xW+b), sin(xW+b)],
 * y = (α·gelu(x) + β·(z·C + c))·V + v. All weights train. The inputs are mixed before the sine, so there is no function per edge.
 *
 * Weights: `frequencies` W [inputs, M], `phases` b [M], `combination` C [2M, inputs], `combinationBias` c [inputs], `alpha` α and
 * `beta` β (scalars), `kernel` V [inputs, units], `bias` v [units]; with layerNorm `gamma` and `shift` [inputs].
 */
export class FourierKAN extends KANLayer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersFourierKAN';
  static override get companions(): readonly SerializableClass[] {
    return [...KANLayer.companions, UniformInitializer];
  }
  // Saved configurations name edgeMask, as false.
  static override get argNames(): OptionNames<FourierKANArgs & { edgeMask: boolean }> {
    return {
      ...KANLayer.argNames,
      ...defaults,
      edgeMask: 1,
      ...weightArgNames(
        'frequencies',
        'phases',
        'combination',
        'combinationBias',
        'alpha',
        'beta',
        'kernel',
        'bias',
        'gamma',
        'shift',
      ),
    };
  }
  readonly numFrequencies: number;
  readonly layerNorm: boolean;
  readonly dropout: number;
  readonly initialAlpha: number;
  readonly initialBeta: number;
  /**
   * Number of the next training call, from which (with `seed`) its dropout mask follows. Counts up by itself; set it to resume a
   * run exactly.
   */
  dropoutStep = 0;
  private readonly variables: Partial<Record<WeightName, LayerVariable>> = {};

  constructor(args: FourierKANArgs) {
    const options = layerArgs(FourierKAN, args, defaults);
    const { numFrequencies, layerNorm, dropout, initialAlpha, initialBeta } = options;
    checkPositiveInteger('FourierKAN: numFrequencies', numFrequencies);
    if (!(dropout >= 0 && dropout < 1)) {
      throw new Error(`FourierKAN: dropout is wrong; expected a number in [0, 1), got ${dropout}`);
    }
    // Saved configurations name it, as false.
    if ((args as { edgeMask?: boolean }).edgeMask) {
      throw new Error(
        'FourierKAN: its edges cannot be taken out; expected a layer whose output is a sum of functions of one input each, got edgeMask true',
      );
    }
    const bound = 1 / Math.sqrt(2 * numFrequencies);
    const constant = (value: number) => () => ({ className: 'Constant', config: { value } });
    const xavier = (seed?: number) => ({
      className: 'VarianceScaling',
      config: { scale: 1, mode: 'fanAvg', distribution: 'uniform', seed },
    });
    super(options, {
      frequencies: (seed) => new FanInInitializer({ distribution: 'normal', scale: 1 / 1.64, seed }),
      phases: (seed) => new UniformInitializer({ minimum: 0, maximum: 2 * Math.PI, seed }),
      combination: xavier,
      combinationBias: (seed) => new UniformInitializer({ minimum: -bound, maximum: bound, seed }),
      alpha: constant(initialAlpha),
      beta: constant(initialBeta),
      kernel: xavier,
      bias: constant(0),
      ...(layerNorm && { gamma: constant(1), shift: constant(0) }),
    });
    this.numFrequencies = numFrequencies;
    this.layerNorm = layerNorm;
    this.dropout = dropout;
    this.initialAlpha = initialAlpha;
    this.initialBeta = initialBeta;
  }

  protected override addWeights(inputs: number): void {
    const waves = this.numFrequencies;
    const shapes: Partial<Record<WeightName, number[]>> = {
      frequencies: [inputs, waves],
      phases: [waves],
      combination: [2 * waves, inputs],
      combinationBias: [inputs],
      alpha: [],
      beta: [],
      kernel: [inputs, this.units],
      bias: [this.units],
      ...(this.layerNorm && { gamma: [inputs], shift: [inputs] }),
    };
    for (const [name, shape] of Object.entries(shapes)) {
      this.variables[name as WeightName] = this.addNamedWeight(name, shape);
    }
  }

  protected override forward(x: Tensor2D, training: boolean): Tensor2D {
    const read = (name: WeightName) => this.variables[name]!.read();
    const weights = {
      frequencies: read('frequencies') as Tensor2D,
      phases: read('phases') as Tensor1D,
      combination: read('combination') as Tensor2D,
      combinationBias: read('combinationBias') as Tensor1D,
      alpha: read('alpha'),
      beta: read('beta'),
      kernel: read('kernel') as Tensor2D,
      bias: read('bias') as Tensor1D,
      gamma: this.layerNorm ? (read('gamma') as Tensor1D) : null,
      shift: this.layerNorm ? (read('shift') as Tensor1D) : null,
    };
    const mask = training && this.dropout > 0 ? this.nextMask(x.shape[0]) : null;
    return fourierKANOp(x, weights, mask, this.activation);
  }

  override torchWeights(): TorchWeight[] {
    const { variables } = this;
    return [
      { name: 'base_scale', variable: variables.alpha! },
      { name: 'spline_scale', variable: variables.beta! },
      ...(this.layerNorm
        ? [
            { name: 'layernorm.weight', variable: variables.gamma! },
            { name: 'layernorm.bias', variable: variables.shift! },
          ]
        : []),
      { name: 'feature_transform.weight', variable: variables.frequencies! },
      { name: 'feature_transform.bias', variable: variables.phases! },
      { name: 'feature_transform.combination.weight', variable: variables.combination!, axes: [1, 0] },
      { name: 'feature_transform.combination.bias', variable: variables.combinationBias! },
      { name: 'final_linear.weight', variable: variables.kernel!, axes: [1, 0] },
      { name: 'final_linear.bias', variable: variables.bias! },
    ];
  }

  override getConfig(): serialization.ConfigDict {
    return {
      ...super.getConfig(),
      numFrequencies: this.numFrequencies,
      layerNorm: this.layerNorm,
      dropout: this.dropout,
      initialAlpha: this.initialAlpha,
      initialBeta: this.initialBeta,
    };
  }

  private nextMask(rows: number): Tensor2D {
    const seed = deriveSeed(this.seed, `dropout/${this.dropoutStep++}`);
    const keep = 1 - this.dropout;
    const draw = randomUniform([rows, 2 * this.numFrequencies], 0, 1, 'float32', seed);
    return div(floor(add(draw, keep)), keep) as Tensor2D;
  }
}

/**
 * Makes a {@link FourierKAN} layer, and registers its class for loading.
 *
 * @throws if an argument is wrong, or two copies of TensorFlow.js are loaded
 */
export function fourierKAN(args: FourierKANArgs): FourierKAN {
  return makeLayer('fourierKAN', FourierKAN, args);
}
