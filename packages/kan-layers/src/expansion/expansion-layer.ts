import { add, type serialization, type Tensor1D, type Tensor2D, type Tensor3D } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { addToNumber } from '../add-to-number.js';
import type { OptionNames } from '../check-options.js';
import { EdgeLayer, type EdgeLayerArgs } from '../edge-layer.js';
import type { LayerEdges } from '../reading/layer-edges.js';
import { scalarActivation } from '../reading/scalar-activation.js';
import type { TorchWeight } from '../torch-weight.js';
import type { ActivationName } from '../types.js';
import type { WeightAxes } from '../weight-axes.js';
import type { DefaultInitializer } from '../weight-rules.js';
import { baseBranchOp } from './base-branch-op.js';
import type { BasisFunctions } from './basis-functions.js';
import { expansionOp } from './expansion-op.js';
import { layerNormOp } from './layer-norm-op.js';

/** Arguments that all layers on a fixed basis take. */
export interface ExpansionLayerArgs extends Omit<EdgeLayerArgs, 'baseActivation'> {
  /** Layer norm in front of the basis, with weights `gamma` and `shift` (a base branch sees the plain input). */
  layerNorm?: boolean;
}

/** Which weights a layer has besides its coefficients, and how all of them start. */
export interface ExpansionStarts {
  readonly coefficients: DefaultInitializer;
  /** Absent: no bias. */
  readonly bias?: DefaultInitializer;
  /** Absent: no base branch. */
  readonly base?: DefaultInitializer;
}

type WeightName = keyof ExpansionStarts | 'gamma' | 'shift';

/** Names of the weights that layer norm adds. */
export type NormWeightName = 'gamma' | 'shift';

const constant = (value: number) => () => ({ className: 'Constant', config: { value } });

/**
 * What the layers on a fixed basis share: y[o] = bias[o] + Σᵢ Σ_k coefficients[k,i,o]·f_k(n[i]) + Σᵢ base[i,o]·act(x[i]), with n = x or its
 * layer norm.
 *
 * Weights: `coefficients` [count, inputs, units]; where the layer has them `bias` [units], `base` [inputs, units]; with layerNorm
 * `gamma` and `shift` [inputs].
 */
export abstract class ExpansionLayer extends EdgeLayer {
  static override get argNames(): OptionNames<ExpansionLayerArgs> {
    return { ...EdgeLayer.argNames, layerNorm: 1 };
  }
  readonly layerNorm: boolean;
  /** The functions f_k. */
  protected readonly basis: BasisFunctions;
  private readonly has: Record<'bias' | 'base', boolean>;
  private readonly variables: Partial<Record<WeightName, LayerVariable>> = {};

  protected constructor(
    args: ExpansionLayerArgs & { layerNorm: boolean; baseActivation?: ActivationName },
    basis: BasisFunctions,
    starts: ExpansionStarts,
  ) {
    super(
      { ...args, baseActivation: starts.base ? args.baseActivation! : null },
      { ...starts, ...(args.layerNorm && { gamma: constant(1), shift: constant(0) }) },
    );
    this.layerNorm = args.layerNorm;
    this.basis = basis;
    this.has = { bias: starts.bias !== undefined, base: starts.base !== undefined };
  }

  /** What a FanInInitializer of the coefficients scales by. */
  protected coefficientFanIn(inputs: number): number {
    return this.basis.count * inputs;
  }

  protected override addWeights(inputs: number): void {
    const { variables, units } = this;
    const shape = [this.basis.count, inputs, units];
    variables.coefficients = this.addNamedWeight('coefficients', shape, this.coefficientFanIn(inputs));
    if (this.has.base) variables.base = this.addNamedWeight('base', [inputs, units]);
    if (this.has.bias) variables.bias = this.addNamedWeight('bias', [units], inputs);
    if (this.layerNorm) {
      variables.gamma = this.addNamedWeight('gamma', [inputs]);
      variables.shift = this.addNamedWeight('shift', [inputs]);
    }
  }

  protected override forward(x: Tensor2D): Tensor2D {
    const { coefficients, bias, base, gamma, shift } = this.variables;
    const normal = gamma ? layerNormOp(x, gamma.read() as Tensor1D, shift!.read() as Tensor1D) : x;
    const y = expansionOp(
      normal,
      coefficients!.read() as Tensor3D,
      bias ? (bias.read() as Tensor1D) : null,
      this.basis,
    );
    return base ? add(y, baseBranchOp(x, base.read() as Tensor2D, this.activation)) : y;
  }

  /** A weight as a torch layout: for the subclasses' `torchWeights`. */
  protected torchWeight(weight: WeightName, name: string, layout: Partial<TorchWeight> = {}): TorchWeight {
    return { name, variable: this.variables[weight]!, ...layout };
  }

  /** Layer norm's weights under PyTorch's names; none without it. */
  protected torchNormWeights(): TorchWeight[] {
    if (!this.layerNorm) return [];
    return [this.torchWeight('gamma', 'layernorm.weight'), this.torchWeight('shift', 'layernorm.bias')];
  }

  /** @throws if the layer has layer norm and a base branch: the two see different inputs */
  protected override snapshotEdges(): LayerEdges {
    if (this.layerNorm && this.has.base) {
      throw new Error(
        `${this.getClassName()}: '${this.name}' has no one function on an edge, since its base branch sees the input and its other ` +
          'branch what layer norm makes of all inputs; expected a layer made and trained with layerNorm: false (to read, prune and plot ' +
          'it) or useBaseUpdate: false (to read functions of the normalised input), got one with both',
      );
    }
    const { basis, units, activationName } = this;
    const inputs = this.inputs!;
    const numbers = (name: WeightName) =>
      this.variables[name] ? Float64Array.from(this.variables[name].read().dataSync()) : null;
    const coefficients = numbers('coefficients')!;
    const base = numbers('base');
    const bias = numbers('bias');
    const activation = activationName && scalarActivation(activationName);
    const values = new Float64Array(basis.count);
    return {
      inputs,
      units,
      range: () => basis.range,
      normalizedInput: this.layerNorm,
      evaluate(input, unit, x) {
        const edge = input * units + unit;
        basis.at(x, values);
        let value = base && activation ? base[edge]! * activation(x) : 0;
        for (let k = 0; k < values.length; k++) value += values[k]! * coefficients[k * inputs * units + edge]!;
        return value;
      },
      offset: (unit) => bias?.[unit] ?? 0,
    };
  }

  protected override coefficientsByEdge(): Tensor3D {
    return this.variables.coefficients!.read() as Tensor3D;
  }

  override weightAxes(): WeightAxes[] {
    const { coefficients, base, bias, gamma, shift } = this.variables;
    const perInput = [gamma, shift].filter((variable) => variable !== undefined);
    return [
      { variable: coefficients!, inputs: 1, units: 2, vanishes: true },
      ...(base ? [{ variable: base, inputs: 0, units: 1, vanishes: true }] : []),
      ...(bias ? [{ variable: bias, inputs: null, units: 0, vanishes: false }] : []),
      ...perInput.map((variable) => ({ variable, inputs: 0, units: null, vanishes: false })),
    ];
  }

  /** By the bias, or by the basis' constant function on one edge. */
  override shiftUnit(unit: number, amount: number, inputs: readonly number[]): boolean {
    const { coefficients, bias } = this.variables;
    if (bias) {
      addToNumber(bias, unit, amount);
      return true;
    }
    const { constant } = this.basis;
    if (constant === undefined || inputs[0] === undefined) return false;
    addToNumber(coefficients!, (constant * this.inputs! + inputs[0]) * this.units + unit, amount);
    return true;
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), layerNorm: this.layerNorm };
  }
}
