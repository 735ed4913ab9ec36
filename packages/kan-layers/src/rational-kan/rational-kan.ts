import { expandDims, type serialization, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { addToNumber } from '../add-to-number.js';
import type { OptionNames } from '../check-options.js';
import { checkPositiveInteger } from '../check-positive-integer.js';
import { EdgeLayer } from '../edge-layer.js';
import type { ExpansionLayerArgs, NormWeightName } from '../expansion/expansion-layer.js';
import { layerNormOp } from '../expansion/layer-norm-op.js';
import { FanInInitializer } from '../fan-in-initializer.js';
import { layerArgs, weightArgNames } from '../layer-args.js';
import { makeLayer } from '../make-layer.js';
import type { LayerEdges } from '../reading/layer-edges.js';
import type { SerializableClass } from '../register-classes.js';
import type { TorchWeight } from '../torch-weight.js';
import type { WeightArgs } from '../types.js';
import type { WeightAxes } from '../weight-axes.js';
import { rationalLimit } from './rational.js';
import { rationalKANOp } from './rational-kan-op.js';
import {
  denominatorDegree,
  numeratorDegree,
  RationalInitializer,
  type RationalStart,
  rationalAt,
  rationalStarts,
  varianceGain,
} from './rational-start.js';

type WeightName = 'numerator' | 'denominator' | 'kernel' | 'bias' | NormWeightName;

/** Arguments of {@link rationalKAN}. */
export interface RationalKANArgs extends ExpansionLayerArgs, WeightArgs<WeightName> {
  /**
   * Groups of neighbouring inputs, each with its own function; must divide the inputs. Default: the largest number up to 8 that
   * does.
   */
  groups?: number | null;
  /** Whether all groups have the same numerator, as in the reference. Default true. */
  shareNumerator?: boolean;
  /** The function that the rationals start as: 'swish' (default), 'gelu', 'tanh' or 'identity'. */
  start?: RationalStart;
}

const defaults = {
  shareNumerator: true,
  start: 'swish',
  layerNorm: false,
} satisfies Partial<RationalKANArgs>;

const maximumGroups = 8;

/**
 * The group-rational KAN layer (GR-KAN of the Kolmogorov-Arnold Transformer): y = f(x)·kernel + bias, where
 * f(x[i]) = (a₀ + a₁x + … + a₅x⁵)/(1 + |b₁x + … + b₄x⁴|) has the coefficients of the input's group. The edge (i, o) carries
 * kernel[i,o]·f. Beyond ±10⁴ f is held constant, so that huge inputs give finite numbers.
 *
 * The kernel starts as N(0, g/inputs) with g = 1/E[f(x)²] for x ~ N(0, 1), which keeps the variance; the bias starts at 0.
 *
 * Weights: `numerator` [1 or groups, 6], `denominator` [groups, 4], `kernel` [inputs, units], `bias` [units]; with layerNorm `gamma`
 * and `shift` [inputs]. For PyTorch they are a module's `rational` (weight_numerator, weight_denominator) and `linear`.
 */
export class RationalKAN extends EdgeLayer {
  /** The name under which TensorFlow.js saves it. */
  static className = 'KanLayersRationalKAN';
  static override get companions(): readonly SerializableClass[] {
    return [...EdgeLayer.companions, RationalInitializer];
  }
  static override get argNames(): OptionNames<RationalKANArgs> {
    return {
      ...EdgeLayer.argNames,
      ...defaults,
      groups: 1,
      ...weightArgNames('numerator', 'denominator', 'kernel', 'bias', 'gamma', 'shift'),
    };
  }
  /** As given; null for the default. */
  readonly groups: number | null;
  readonly shareNumerator: boolean;
  readonly start: RationalStart;
  readonly layerNorm: boolean;
  private readonly variables: Partial<Record<WeightName, LayerVariable>> = {};

  constructor(args: RationalKANArgs) {
    const options = layerArgs(RationalKAN, args, defaults);
    const { shareNumerator, start, layerNorm } = options;
    const groups = options.groups ?? null;
    if (groups !== null) checkPositiveInteger('RationalKAN: groups', groups);
    if (!rationalStarts.includes(start)) {
      throw new Error(`RationalKAN: start is wrong; expected one of ${rationalStarts.join(', ')}, got '${start}'`);
    }
    super(
      { ...options, baseActivation: null },
      {
        numerator: () => new RationalInitializer({ start, part: 'numerator' }),
        denominator: () => new RationalInitializer({ start, part: 'denominator' }),
        kernel: (seed) => new FanInInitializer({ distribution: 'normal', scale: varianceGain(start), seed }),
        bias: () => 'zeros',
        ...(layerNorm && { gamma: () => 'ones' as const, shift: () => 'zeros' as const }),
      },
    );
    this.groups = groups;
    this.shareNumerator = shareNumerator;
    this.start = start;
    this.layerNorm = layerNorm;
  }

  protected override addWeights(inputs: number): void {
    const groups = this.groupsOf(inputs);
    const shapes: Partial<Record<WeightName, number[]>> = {
      numerator: [this.shareNumerator ? 1 : groups, numeratorDegree + 1],
      denominator: [groups, denominatorDegree],
      kernel: [inputs, this.units],
      bias: [this.units],
      ...(this.layerNorm && { gamma: [inputs], shift: [inputs] }),
    };
    for (const [name, shape] of Object.entries(shapes)) {
      this.variables[name as WeightName] = this.addNamedWeight(name, shape);
    }
  }

  private groupsOf(inputs: number): number {
    if (this.groups === null) {
      let groups = Math.min(maximumGroups, inputs);
      while (inputs % groups !== 0) groups--;
      return groups;
    }
    if (inputs % this.groups !== 0) {
      throw new Error(`RationalKAN: groups is wrong; expected a divisor of the ${inputs} inputs, got ${this.groups}`);
    }
    return this.groups;
  }

  protected override forward(x: Tensor2D): Tensor2D {
    const read = (name: WeightName) => this.variables[name]!.read();
    const normal = this.layerNorm ? layerNormOp(x, read('gamma') as Tensor1D, read('shift') as Tensor1D) : x;
    return rationalKANOp(normal, {
      numerator: read('numerator') as Tensor2D,
      denominator: read('denominator') as Tensor2D,
      kernel: read('kernel') as Tensor2D,
      bias: read('bias') as Tensor1D,
    });
  }

  override torchWeights(): TorchWeight[] {
    const variable = (name: WeightName) => this.variables[name]!;
    return [
      ...(this.layerNorm
        ? [
            { name: 'layernorm.weight', variable: variable('gamma') },
            { name: 'layernorm.bias', variable: variable('shift') },
          ]
        : []),
      { name: 'rational.weight_numerator', variable: variable('numerator') },
      { name: 'rational.weight_denominator', variable: variable('denominator') },
      { name: 'linear.weight', variable: variable('kernel'), axes: [1, 0] },
      { name: 'linear.bias', variable: variable('bias') },
    ];
  }

  protected override snapshotEdges(): LayerEdges {
    const { units, variables } = this;
    const inputs = this.inputs!;
    const numbers = (name: WeightName) => Float64Array.from(variables[name]!.read().dataSync());
    const rows = (name: WeightName, length: number) => {
      const all = numbers(name);
      return Array.from({ length: all.length / length }, (_, row) => all.subarray(row * length, (row + 1) * length));
    };
    const numerators = rows('numerator', numeratorDegree + 1);
    const denominators = rows('denominator', denominatorDegree);
    const kernel = numbers('kernel');
    const bias = numbers('bias');
    const width = inputs / denominators.length;
    return {
      inputs,
      units,
      range: () => [-3, 3],
      normalizedInput: this.layerNorm,
      evaluate(input, unit, x) {
        const group = Math.floor(input / width);
        const bounded = Math.max(-rationalLimit, Math.min(rationalLimit, x));
        const value = rationalAt(numerators[group % numerators.length]!, denominators[group]!, bounded);
        return kernel[input * units + unit]! * value;
      },
      offset: (unit) => bias[unit]!,
    };
  }

  /** `[1, inputs, units]`: an edge has one function. */
  protected override coefficientsByEdge(): Tensor3D {
    return expandDims(this.variables.kernel!.read(), 0) as Tensor3D;
  }

  override weightAxes(): WeightAxes[] {
    const { numerator, denominator, kernel, bias, gamma, shift } = this.variables;
    const indicesOf = (inputs: readonly number[]) => this.groupsFor(inputs);
    const perInput = [gamma, shift].filter((variable) => variable !== undefined);
    return [
      { variable: kernel!, inputs: 0, units: 1, vanishes: true },
      { variable: bias!, inputs: null, units: 0, vanishes: false },
      { variable: denominator!, inputs: 0, units: null, vanishes: false, indicesOf },
      this.shareNumerator
        ? { variable: numerator!, inputs: null, units: null, vanishes: false }
        : { variable: numerator!, inputs: 0, units: null, vanishes: false, indicesOf },
      ...perInput.map((variable) => ({ variable, inputs: 0, units: null, vanishes: false })),
    ];
  }

  override configForInputs(inputs: readonly number[]): serialization.ConfigDict {
    return { groups: this.groupsFor(inputs).length };
  }

  /**
   * The groups of a layer with only these of the inputs, each as the index of the group that it was: what is left of them where that is of
   * one size, otherwise a group for each input, with the same function as before.
   */
  private groupsFor(inputs: readonly number[]): number[] {
    const width = this.inputs! / this.groupsOf(this.inputs!);
    const groupOf = inputs.map((input) => Math.floor(input / width));
    const left = [...new Set(groupOf)];
    const size = groupOf.length / left.length;
    const even = Number.isInteger(size) && groupOf.every((group, k) => group === left[Math.floor(k / size)]);
    return even ? left : groupOf;
  }

  override shiftUnit(unit: number, amount: number, _inputs: readonly number[]): boolean {
    addToNumber(this.variables.bias!, unit, amount);
    return true;
  }

  override getConfig(): serialization.ConfigDict {
    const { groups, shareNumerator, start, layerNorm } = this;
    return { ...super.getConfig(), groups, shareNumerator, start, layerNorm };
  }
}

/**
 * Makes a {@link RationalKAN} layer, and registers its class for loading.
 *
 * @throws if an argument is wrong, or two copies of TensorFlow.js are loaded
 */
export function rationalKAN(args: RationalKANArgs): RationalKAN {
  return makeLayer('rationalKAN', RationalKAN, args);
}
