import {
  cast,
  reshape,
  type serialization,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import { type LayerVariable, layers, type Shape, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type BaseActivation, baseActivation } from './base-activation.js';
import { checkSameTfjs } from './check-same-tfjs.js';
import { deriveSeed } from './derive-seed.js';
import type { LayerEdges } from './reading/layer-edges.js';
import { deserializeObject, serializeObject } from './serialized-object.js';
import type { ActivationName, Constraint, Initializer, InitializerLike, LayerArgs, Regularizer } from './types.js';

/** Arguments that every KAN layer takes. */
export interface KANLayerArgs extends LayerArgs {
  /** Size of the output's last dimension. */
  units: number;
  /**
   * One number for every random draw of the layer (each weight gets its own stream of it). Absent: other numbers each time.
   * An initializer that is given as an object keeps its own seed.
   */
  seed?: number | null;
  /** The function on the base branch, by its TensorFlow.js name. */
  baseActivation?: ActivationName;
}

/** The start of one weight, given the stream's seed. */
export type DefaultInitializer = (seed: number | undefined) => InitializerLike;

interface WeightRule {
  readonly initializer: Initializer;
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
}

/** How a weight of the PyTorch reference lies in ours. */
export interface TorchWeight {
  /** The reference's name in its state dict. */
  readonly name: string;
  readonly variable: LayerVariable;
  /** Axis `axes[i]` of the PyTorch weight is axis i of ours; absent: the same order. */
  readonly axes?: readonly number[];
}

/**
 * What the KAN layers share: any input of rank ≥ 2 is a table [rows, inputs], every weight has an initializer, a regularizer and
 * a constraint, one seed serves all draws, and all of it survives saving.
 */
export abstract class KANLayer extends layers.Layer {
  /** Size of the output's last dimension. */
  readonly units: number;
  /** See {@link KANLayerArgs.seed}. */
  readonly seed: number | null;
  protected readonly activation: BaseActivation;
  private readonly activationName: ActivationName;
  private readonly rules: Record<string, WeightRule> = {};
  private inputSize: number | undefined;

  /** @param defaults the start of each named weight, in the order in which the configuration lists them */
  protected constructor(
    args: KANLayerArgs & { baseActivation: ActivationName },
    defaults: Record<string, DefaultInitializer>,
  ) {
    super(args);
    checkPositiveInteger(`${this.getClassName()}: units`, args.units);
    this.units = args.units;
    this.seed = args.seed ?? null;
    this.activationName = args.baseActivation;
    this.activation = baseActivation(args.baseActivation);
    this.supportsMasking = true;
    const given = args as unknown as Record<string, never>;
    for (const [name, start] of Object.entries(defaults)) {
      const seed = deriveSeed(this.seed, name);
      const regularizer = given[`${name}Regularizer`] ?? null;
      const constraint = given[`${name}Constraint`] ?? null;
      this.rules[name] = {
        initializer: deserializeObject<Initializer>('initializer', given[`${name}Initializer`] ?? start(seed), seed),
        regularizer: regularizer && deserializeObject<Regularizer>('regularizer', regularizer),
        constraint: constraint && deserializeObject<Constraint>('constraint', constraint),
      };
    }
  }

  /** Makes the layer's weights for `inputSize` inputs. */
  protected abstract addWeights(inputSize: number): void;

  /** The layer on a table [rows, inputs]. */
  protected abstract forward(x: Tensor2D, training: boolean): Tensor2D;

  /** The weights as the PyTorch reference names them; the layer must be built. */
  abstract torchWeights(): TorchWeight[];

  /**
   * The functions on the layer's edges.
   *
   * @throws if the layer is not built, or is of a kind that mixes its inputs and so has no function of one variable on an edge
   */
  readEdges(): LayerEdges {
    throw new Error(
      `${this.getClassName()}: has no functions on its edges to read; expected a layer whose output is a sum of functions of one input each`,
    );
  }

  /**
   * The trained coefficients of the functions on the layer's edges, [basis, inputs, units], as a tensor through which gradients
   * flow; for the regularisation of edges.
   *
   * @throws if the layer has no coefficients that belong to one edge
   */
  edgeCoefficients(): Tensor3D {
    throw new Error(
      `${this.getClassName()}: has no coefficients of single edges; expected a layer in which every pair of input and unit has its own`,
    );
  }

  /** Size of the input's last dimension; undefined before the layer is built. */
  get inputs(): number | undefined {
    return this.inputSize;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = singleShape(inputShape);
    const inputs = shape[shape.length - 1];
    if (shape.length < 2 || !inputs) {
      throw new Error(
        `${this.getClassName()}: wrong input shape; expected rank ≥ 2 with a known last dimension, got [${shape}]`,
      );
    }
    this.inputSize = inputs;
    this.addWeights(inputs);
    this.inputSpec = [{ minNDim: 2, axes: { [-1]: inputs } }];
    this.built = true;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...singleShape(inputShape).slice(0, -1), this.units];
  }

  override apply(
    inputs: Tensor | Tensor[] | SymbolicTensor | SymbolicTensor[],
    kwargs?: Parameters<layers.Layer['apply']>[1],
  ): Tensor | Tensor[] | SymbolicTensor | SymbolicTensor[] {
    checkSameTfjs(this.getClassName(), inputs);
    return super.apply(inputs, kwargs);
  }

  override call(inputs: Tensor | Tensor[], kwargs: Parameters<layers.Layer['call']>[1]): Tensor {
    return tidy(() => {
      this.invokeCallHook(inputs, kwargs);
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      const numbers = x.dtype === 'float32' ? x : cast(x, 'float32');
      const training = kwargs?.['training'] === true;
      if (x.rank === 2) return this.forward(numbers as Tensor2D, training);
      const y = this.forward(reshape(numbers, [-1, this.inputSize!]), training);
      return reshape(y, [...x.shape.slice(0, -1), this.units]);
    });
  }

  override getConfig(): serialization.ConfigDict {
    const config: serialization.ConfigDict = {
      ...super.getConfig(),
      units: this.units,
      seed: this.seed,
      baseActivation: this.activationName,
    };
    for (const [name, { initializer, regularizer, constraint }] of Object.entries(this.rules)) {
      config[`${name}Initializer`] = serializeObject(initializer);
      config[`${name}Regularizer`] = serializeObject(regularizer);
      config[`${name}Constraint`] = serializeObject(constraint);
    }
    return config;
  }

  /** Adds a trainable weight under the rule that its name has. */
  protected addNamedWeight(name: string, shape: number[]): LayerVariable {
    const { initializer, regularizer, constraint } = this.rules[name]!;
    // addWeight takes null for "none" though its types do not say so.
    return this.addWeight(name, shape, 'float32', initializer, regularizer!, true, constraint!);
  }
}

/** @throws if the value is not a positive integer */
export function checkPositiveInteger(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new Error(`${name} is wrong; expected a positive integer, got ${value}`);
  }
}

function singleShape(shape: Shape | Shape[]): Shape {
  return Array.isArray(shape[0]) ? shape[0] : (shape as Shape);
}
