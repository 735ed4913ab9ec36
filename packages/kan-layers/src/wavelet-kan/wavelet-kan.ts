import {
  add,
  expandDims,
  mul,
  type serialization,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { addToNumber } from '../add-to-number.js';
import type { OptionNames } from '../check-options.js';
import { EdgeLayer } from '../edge-layer.js';
import type { ExpansionLayerArgs, NormWeightName } from '../expansion/expansion-layer.js';
import { layerNormOp } from '../expansion/layer-norm-op.js';
import { FanInInitializer } from '../fan-in-initializer.js';
import { layerArgs, weightArgNames } from '../layer-args.js';
import { makeLayer } from '../make-layer.js';
import type { LayerEdges } from '../reading/layer-edges.js';
import { deserializeObject } from '../serialized-object.js';
import type { TorchConstant, TorchWeight } from '../torch-weight.js';
import type { Initializer, WeightArgs } from '../types.js';
import type { WeightAxes } from '../weight-axes.js';
import { batchNormEpsilon, batchNormOp, batchStatistics, normalizeWith } from './batch-norm.js';
import { type WaveletType, waveletAt, waveletTypes } from './wavelet.js';
import { waveletKANOp } from './wavelet-kan-op.js';

type EdgeWeightName = 'scale' | 'translation' | 'coefficients';
type BatchNormWeightName = 'batchNormGamma' | 'batchNormBeta';
type WeightName = EdgeWeightName | BatchNormWeightName | NormWeightName;

/** Arguments of {@link waveletKAN}. */
export interface WaveletKANArgs extends ExpansionLayerArgs, WeightArgs<WeightName> {
  /** The wavelet ψ. Default 'mexicanHat'. */
  waveletType?: WaveletType;
  /**
   * Batch norm behind the sum: by the batch's statistics in training, whose moving averages it then goes by. Default true.
   */
  batchNorm?: boolean;
  /** Share of each training batch in the moving averages. Default 0.1. */
  batchNormMomentum?: number;
}

const defaults = {
  waveletType: 'mexicanHat',
  batchNorm: true,
  batchNormMomentum: 0.1,
  layerNorm: false,
} satisfies Partial<WaveletKANArgs>;

const edgeWeights = ['scale', 'translation', 'coefficients'] as const;
const batchNormWeights = ['batchNormGamma', 'batchNormBeta'] as const;

/**
 * The wavelet KAN layer (zavareh1/Wav-KAN): y[o] = BN(Σᵢ coefficients[o,i]·ψ((x[i] − translation[o,i])/scale[o,i])).
 *
 * The reference's start (scales 1, translations 0, coefficients U(±1/√inputs)) is sound: batch norm gives outputs of size 1 anyhow.
 * Without batch norm the morlet wavelet's sum is small (most of cos(5u) cancels).
 *
 * Weights, in the reference's layout: `scale`, `translation`, `coefficients` [units, inputs]; with batchNorm `batchNormGamma`,
 * `batchNormBeta` [units] and, not trained, `movingMean`, `movingVariance` [units]; with layerNorm `gamma`, `shift` [inputs].
 */
export class WaveletKAN extends EdgeLayer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersWaveletKAN';
  static override get argNames(): OptionNames<WaveletKANArgs> {
    return {
      ...EdgeLayer.argNames,
      ...defaults,
      ...weightArgNames(...edgeWeights, ...batchNormWeights, 'gamma', 'shift'),
    };
  }
  readonly waveletType: WaveletType;
  readonly batchNorm: boolean;
  readonly batchNormMomentum: number;
  readonly layerNorm: boolean;
  private readonly variables: Partial<Record<WeightName | 'movingMean' | 'movingVariance', LayerVariable>> = {};

  constructor(args: WaveletKANArgs) {
    const options = layerArgs(WaveletKAN, args, defaults);
    const { waveletType, batchNorm, batchNormMomentum, layerNorm } = options;
    if (!waveletTypes.includes(waveletType)) {
      throw new Error(
        `WaveletKAN: waveletType is wrong; expected one of ${waveletTypes.join(', ')}, got '${waveletType}'`,
      );
    }
    if (!(batchNormMomentum >= 0 && batchNormMomentum <= 1)) {
      throw new Error(`WaveletKAN: batchNormMomentum is wrong; expected a number in [0, 1], got ${batchNormMomentum}`);
    }
    super(
      { ...options, baseActivation: null },
      {
        scale: () => 'ones',
        translation: () => 'zeros',
        coefficients: (seed) => new FanInInitializer({ seed }),
        ...(batchNorm && { batchNormGamma: () => 'ones' as const, batchNormBeta: () => 'zeros' as const }),
        ...(layerNorm && { gamma: () => 'ones' as const, shift: () => 'zeros' as const }),
      },
    );
    this.waveletType = waveletType;
    this.batchNorm = batchNorm;
    this.batchNormMomentum = batchNormMomentum;
    this.layerNorm = layerNorm;
  }

  protected override addWeights(inputs: number): void {
    const { variables, units } = this;
    for (const name of edgeWeights) variables[name] = this.addNamedWeight(name, [units, inputs], inputs);
    if (this.batchNorm) {
      for (const name of batchNormWeights) variables[name] = this.addNamedWeight(name, [units]);
      const start = (name: string) => deserializeObject<Initializer>('initializer', name);
      variables.movingMean = this.addWeight('movingMean', [units], 'float32', start('zeros'), undefined, false);
      variables.movingVariance = this.addWeight('movingVariance', [units], 'float32', start('ones'), undefined, false);
    }
    if (this.layerNorm) {
      variables.gamma = this.addNamedWeight('gamma', [inputs]);
      variables.shift = this.addNamedWeight('shift', [inputs]);
    }
  }

  protected override forward(x: Tensor2D, training: boolean): Tensor2D {
    const read = (name: keyof typeof this.variables) => this.variables[name]!.read();
    const normal = this.layerNorm ? layerNormOp(x, read('gamma') as Tensor1D, read('shift') as Tensor1D) : x;
    const weights = {
      scale: read('scale') as Tensor2D,
      translation: read('translation') as Tensor2D,
      coefficients: read('coefficients') as Tensor2D,
    };
    const y = waveletKANOp(normal, weights, this.waveletType);
    if (!this.batchNorm) return y;
    const [gamma, beta] = batchNormWeights.map((name) => read(name) as Tensor1D) as [Tensor1D, Tensor1D];
    if (!training) {
      const statistics = { mean: read('movingMean'), variance: read('movingVariance') };
      return normalizeWith(y, statistics, gamma, beta);
    }
    this.updateMovingStatistics(y);
    return batchNormOp(y, gamma, beta);
  }

  private updateMovingStatistics(y: Tensor2D): void {
    tidy(() => {
      const rows = y.shape[0];
      const share = this.batchNormMomentum;
      const { mean, variance } = batchStatistics(y);
      const mix = (variable: LayerVariable, value: Tensor1D, factor: number) =>
        variable.write(add(mul(variable.read(), 1 - share), mul(value, share * factor)));
      mix(this.variables.movingMean!, mean, 1);
      // The moving variance is that of a sample, n − 1 below the line, as in PyTorch.
      mix(this.variables.movingVariance!, variance, rows / Math.max(rows - 1, 1));
    });
  }

  override torchWeights(): TorchWeight[] {
    const weight = (name: keyof typeof this.variables, torch: string) => ({
      name: torch,
      variable: this.variables[name]!,
    });
    return [
      weight('scale', 'scale'),
      weight('translation', 'translation'),
      weight('coefficients', 'wavelet_weights'),
      ...(this.layerNorm ? [weight('gamma', 'layernorm.weight'), weight('shift', 'layernorm.bias')] : []),
      ...(this.batchNorm
        ? [
            weight('batchNormGamma', 'bn.weight'),
            weight('batchNormBeta', 'bn.bias'),
            weight('movingMean', 'bn.running_mean'),
            weight('movingVariance', 'bn.running_var'),
          ]
        : []),
    ];
  }

  override torchConstants(): TorchConstant[] {
    const shape = [this.units, this.inputs!];
    const zeros = new Array<number>(shape[0]! * shape[1]!).fill(0);
    return [
      // The reference has it and does not use it.
      { name: 'weight1', shape, data: zeros, fixed: false },
      ...(this.batchNorm ? [{ name: 'bn.num_batches_tracked', shape: [], data: [0], fixed: false }] : []),
    ];
  }

  protected override snapshotEdges(): LayerEdges {
    const { units, waveletType, variables } = this;
    const inputs = this.inputs!;
    const numbers = (name: keyof typeof variables) => Float64Array.from(variables[name]!.read().dataSync());
    const [scale, translation, coefficients] = edgeWeights.map(numbers) as [Float64Array, Float64Array, Float64Array];
    const factors = this.batchNormFactors();
    const offsets = new Float64Array(units);
    if (this.batchNorm) {
      const [beta, mean] = (['batchNormBeta', 'movingMean'] as const).map(numbers);
      for (let unit = 0; unit < units; unit++) offsets[unit] = beta![unit]! - mean![unit]! * factors[unit]!;
    }
    return {
      inputs,
      units,
      range: () => [-4, 4],
      normalizedInput: this.layerNorm,
      evaluate(input, unit, x) {
        const edge = unit * inputs + input;
        const s = scale[edge]!;
        const u = ((x - translation[edge]!) * s) / (s * s + 1e-30);
        return factors[unit]! * coefficients[edge]! * waveletAt(u, waveletType);
      },
      offset: (unit) => offsets[unit]!,
    };
  }

  /** What each unit's sum is multiplied by outside training; 1 without batch norm. */
  private batchNormFactors(): Float64Array {
    const factors = new Float64Array(this.units).fill(1);
    if (!this.batchNorm) return factors;
    const gamma = this.variables.batchNormGamma!.read().dataSync();
    const variance = this.variables.movingVariance!.read().dataSync();
    return factors.map((_, unit) => gamma[unit]! / Math.sqrt(variance[unit]! + batchNormEpsilon));
  }

  /** `[1, inputs, units]`: an edge has one wavelet. */
  protected override coefficientsByEdge(): Tensor3D {
    return expandDims(transpose(this.variables.coefficients!.read()), 0) as Tensor3D;
  }

  override weightAxes(): WeightAxes[] {
    const { variables } = this;
    const perUnit = [...batchNormWeights, 'movingMean', 'movingVariance'] as const;
    const axes = (names: readonly (keyof typeof variables)[], rest: Omit<WeightAxes, 'variable'>) =>
      names.flatMap((name) => (variables[name] ? [{ variable: variables[name], ...rest }] : []));
    return [
      ...axes(['coefficients'], { inputs: 1, units: 0, vanishes: true }),
      ...axes(['scale', 'translation'], { inputs: 1, units: 0, vanishes: false }),
      ...axes(perUnit, { inputs: null, units: 0, vanishes: false }),
      ...axes(['gamma', 'shift'], { inputs: 0, units: null, vanishes: false }),
    ];
  }

  /**
   * By the moving mean, not by the bias of batch norm: in training the statistics of a batch take the place of the mean, and those know
   * by themselves which edges are gone. False without batch norm.
   */
  override shiftUnit(unit: number, amount: number, _inputs: readonly number[]): boolean {
    const factor = this.batchNormFactors()[unit]!;
    if (!this.batchNorm || factor === 0) return false;
    addToNumber(this.variables.movingMean!, unit, -amount / factor);
    return true;
  }

  override getConfig(): serialization.ConfigDict {
    const { waveletType, batchNorm, batchNormMomentum, layerNorm } = this;
    return { ...super.getConfig(), waveletType, batchNorm, batchNormMomentum, layerNorm };
  }
}

/**
 * Makes a {@link WaveletKAN} layer, and registers its class for loading.
 *
 * @throws if an argument is wrong, or two copies of TensorFlow.js are loaded
 */
export function waveletKAN(args: WaveletKANArgs): WaveletKAN {
  return makeLayer('waveletKAN', WaveletKAN, args);
}
