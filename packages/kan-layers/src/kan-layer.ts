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
import { checkPositiveInteger } from './check-positive-integer.js';
import { checkSameTfjs } from './check-same-tfjs.js';
import { EdgeMask } from './edge-mask.js';
import { FanInInitializer } from './fan-in-initializer.js';
import type { LayerEdges } from './reading/layer-edges.js';
import { deserializeObject } from './serialized-object.js';
import type { TorchConstant, TorchWeight } from './torch-weight.js';
import type { ActivationName, Initializer, LayerArgs } from './types.js';
import type { WeightAxes } from './weight-axes.js';
import { type DefaultInitializer, type WeightRule, weightRules, weightRulesConfig } from './weight-rules.js';

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
  /**
   * Whether the layer has a weight `edgeMask` [inputs, units] of ones and zeros, which is not trained: an edge whose number is 0 is 0,
   * whatever training does. Made by `prune`; default false.
   */
  edgeMask?: boolean;
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
  /** See {@link KANLayerArgs.edgeMask}. */
  readonly edgeMask: boolean;
  /** Identity in a layer without a base branch. */
  protected readonly activation: BaseActivation;
  protected readonly activationName: ActivationName | null;
  private mask: EdgeMask | null = null;
  /** Whether the last pass was one of training, after which weights may change in place: their data's numbers then say nothing. */
  private inTraining = false;
  private readonly rules: Readonly<Record<string, WeightRule>>;
  private inputSize: number | undefined;

  /**
   * @param args `baseActivation` is null in a layer without a base branch
   * @param defaults the start of each named weight, in the order in which the configuration lists them
   */
  protected constructor(
    args: Omit<KANLayerArgs, 'baseActivation'> & { baseActivation: ActivationName | null },
    defaults: Record<string, DefaultInitializer>,
  ) {
    super(args);
    checkPositiveInteger(`${this.getClassName()}: units`, args.units);
    this.units = args.units;
    this.seed = args.seed ?? null;
    this.edgeMask = args.edgeMask ?? false;
    this.activationName = args.baseActivation;
    this.activation = baseActivation(args.baseActivation ?? 'linear');
    this.supportsMasking = true;
    this.rules = weightRules(args, defaults, this.seed);
  }

  /** Makes the layer's weights for `inputSize` inputs. */
  protected abstract addWeights(inputSize: number): void;

  /** The layer on a table [rows, inputs]. */
  protected abstract forward(x: Tensor2D, training: boolean): Tensor2D;

  /** The weights as the PyTorch reference names them; the layer must be built. */
  abstract torchWeights(): TorchWeight[];

  /** What else the PyTorch reference's state dict holds. */
  torchConstants(): TorchConstant[] {
    return [];
  }

  /**
   * The functions on the layer's edges.
   *
   * @throws if the layer is not built, or is of a kind that mixes its inputs and so has no function of one variable on an edge
   */
  readEdges(): LayerEdges {
    this.checkBuilt();
    this.applyMask();
    return this.snapshotEdges();
  }

  /** What {@link readEdges} gives; the layer is built, and dead edges are 0. */
  protected snapshotEdges(): LayerEdges {
    throw new Error(
      `${this.getClassName()}: has no functions on its edges to read; expected a layer whose output is a sum of functions of one input each`,
    );
  }

  /**
   * The trained coefficients of the functions on the layer's edges, [basis, inputs, units], as a tensor through which gradients
   * flow; for the regularisation of edges. In a layer with a base branch they are those of the other one.
   *
   * @throws if the layer is not built or has no coefficients that belong to one edge
   */
  edgeCoefficients(): Tensor3D {
    this.checkBuilt();
    this.applyMask();
    return this.coefficientsByEdge();
  }

  /** What {@link edgeCoefficients} gives; the layer is built, and dead edges are 0. */
  protected coefficientsByEdge(): Tensor3D {
    throw new Error(
      `${this.getClassName()}: has no coefficients of single edges; expected a layer in which every pair of input and unit has its own`,
    );
  }

  /**
   * How each of the layer's weights lies over the edges (all of them but `edgeMask`): what pruning cuts along, and what it sets to 0.
   *
   * @throws if the layer's edges cannot be taken out
   */
  weightAxes(): WeightAxes[] {
    throw new Error(
      `${this.getClassName()}: its edges cannot be taken out; expected a layer whose output is a sum of functions of one input each`,
    );
  }

  /**
   * Adds a number to a unit's output by changing one edge's weights, as far as the layer can: a bias does it everywhere, splines within
   * their grid. False, and nothing changed, if it cannot.
   *
   * @param _inputs the inputs whose edge may be changed
   */
  shiftUnit(_unit: number, _amount: number, _inputs: readonly number[]): boolean {
    return false;
  }

  /**
   * What a copy of the layer that has only some of the inputs must have otherwise in its configuration.
   *
   * @param _inputs the inputs that stay, in ascending order
   */
  configForInputs(_inputs: readonly number[]): serialization.ConfigDict {
    return {};
  }

  /** The edges' mask [inputs, units], or null if the layer has none. */
  get maskVariable(): LayerVariable | null {
    return this.mask?.variable ?? null;
  }

  /** Size of the input's last dimension; undefined before the layer is built. */
  get inputs(): number | undefined {
    return this.inputSize;
  }

  /** @throws if the layer has no weights yet */
  protected checkBuilt(): void {
    if (!this.built) {
      throw new Error(
        `${this.getClassName()}: '${this.name}' has no weights yet; expected it built, got it before build`,
      );
    }
  }

  override get trainableWeights(): LayerVariable[] {
    // What is saved and read comes through here.
    this.applyMask();
    return super.trainableWeights;
  }

  override set trainableWeights(weights: LayerVariable[]) {
    super.trainableWeights = weights;
  }

  protected override disposeWeights(): number {
    this.mask = null;
    return super.disposeWeights();
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
    if (this.edgeMask) {
      const ones = deserializeObject<Initializer>('initializer', 'ones');
      const variable = this.addWeight('edgeMask', [inputs, this.units], 'float32', ones, undefined, false);
      this.mask = new EdgeMask(variable, () => this.weightAxes());
    }
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
      this.applyMask();
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      const numbers = x.dtype === 'float32' ? x : cast(x, 'float32');
      const training = kwargs?.['training'] === true;
      this.inTraining = training;
      if (x.rank === 2) return this.forward(numbers as Tensor2D, training);
      const y = this.forward(reshape(numbers, [-1, this.inputSize!]), training);
      return reshape(y, [...x.shape.slice(0, -1), this.units]);
    });
  }

  override getConfig(): serialization.ConfigDict {
    return {
      ...super.getConfig(),
      units: this.units,
      seed: this.seed,
      ...(this.activationName && { baseActivation: this.activationName }),
      edgeMask: this.edgeMask,
      ...weightRulesConfig(this.rules),
    };
  }

  /**
   * Sets dead edges to 0 wherever weights may have changed since the last time. Done before every forward pass and every reading of
   * weights, not by a constraint: TensorFlow.js applies constraints when a weight is written, and not after an optimizer's step. Only
   * a reader of variables that it got earlier need call it.
   */
  applyMask(): void {
    this.mask?.apply(this.inTraining);
  }

  /**
   * Adds a trainable weight under the rule that its name has.
   *
   * @param fanIn what a {@link FanInInitializer} scales by, where that is not the weight's first dimension
   */
  protected addNamedWeight(name: string, shape: number[], fanIn?: number): LayerVariable {
    const { initializer, regularizer, constraint } = this.rules[name]!;
    const start = fanIn && initializer instanceof FanInInitializer ? initializer.withFanIn(fanIn) : initializer;
    // addWeight takes null for "none" though its types do not say so.
    return this.addWeight(name, shape, 'float32', start, regularizer!, true, constraint!);
  }
}

function singleShape(shape: Shape | Shape[]): Shape {
  return Array.isArray(shape[0]) ? shape[0] : (shape as Shape);
}
