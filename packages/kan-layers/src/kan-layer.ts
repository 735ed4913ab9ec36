import { cast, reshape, type serialization, type Tensor, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { type LayerVariable, layers, type Shape, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type BaseActivation, baseActivation } from './base-activation.js';
import type { OptionNames } from './check-options.js';
import { checkPositiveInteger } from './check-positive-integer.js';
import { checkSameTfjs } from './check-same-tfjs.js';
import { FanInInitializer } from './fan-in-initializer.js';
import { layerArgNames } from './layer-args.js';
import type { SerializableClass } from './register-classes.js';
import type { TorchConstant, TorchWeight } from './torch-weight.js';
import type { ActivationName, LayerArgs } from './types.js';
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
}

/**
 * What all layers of this package share: any input of rank ≥ 2 is a table [rows, inputs], every weight has an initializer, a regularizer
 * and a constraint, one seed serves all draws, and all of it survives saving. Those with functions on their edges are EdgeLayers.
 */
export abstract class KANLayer extends layers.Layer {
  /**
   * The initializers and regularizers of this package that the configuration of a saved layer may name, whatever its options: known once
   * a layer of the class has been made.
   */
  static get companions(): readonly SerializableClass[] {
    return [FanInInitializer];
  }
  /** The layer's arguments, by name. */
  static get argNames(): OptionNames<Omit<KANLayerArgs, 'baseActivation'>> {
    return { ...layerArgNames, units: 1, seed: 1 };
  }
  /** Size of the output's last dimension. */
  readonly units: number;
  /** See {@link KANLayerArgs.seed}. */
  readonly seed: number | null;
  /** Identity in a layer without a base branch. */
  protected readonly activation: BaseActivation;
  protected readonly activationName: ActivationName | null;
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
    return {
      ...super.getConfig(),
      units: this.units,
      seed: this.seed,
      ...(this.activationName && { baseActivation: this.activationName }),
      // An EdgeLayer puts its own in this place. Here for all, so that every layer's saved model stays as it was, byte for byte.
      edgeMask: false,
      ...weightRulesConfig(this.rules),
    };
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
