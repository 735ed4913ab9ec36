import type { serialization, Tensor, Tensor3D } from '@tensorflow/tfjs-core';
import type { LayerVariable, layers, Shape } from '@tensorflow/tfjs-layers';
import type { OptionNames } from './check-options.js';
import { EdgeMask } from './edge-mask.js';
import { KANLayer, type KANLayerArgs } from './kan-layer.js';
import type { LayerEdges } from './reading/layer-edges.js';
import type { SerializableClass } from './register-classes.js';
import { EdgeRegularizer } from './regularization/edge-regularizer.js';
import { deserializeObject } from './serialized-object.js';
import type { ActivationName, Initializer } from './types.js';
import type { WeightAxes } from './weight-axes.js';
import type { DefaultInitializer } from './weight-rules.js';

/** Arguments that every layer with functions on its edges takes. */
export interface EdgeLayerArgs extends KANLayerArgs {
  /**
   * Whether the layer has a weight `edgeMask` [inputs, units] of ones and zeros, which is not trained: an edge whose number is 0 is 0,
   * whatever training does. Made by `prune`; default false.
   */
  edgeMask?: boolean;
}

/**
 * A KAN layer whose output is a sum of functions of one input each, y[o] = offset[o] + Σᵢ φ_{i,o}(x[i]): its edges can be read,
 * penalised, held at 0 and taken out.
 */
export abstract class EdgeLayer extends KANLayer {
  static override get companions(): readonly SerializableClass[] {
    return [...KANLayer.companions, EdgeRegularizer];
  }
  static override get argNames(): OptionNames<Omit<EdgeLayerArgs, 'baseActivation'>> {
    return { ...KANLayer.argNames, edgeMask: 1 };
  }
  /** See {@link EdgeLayerArgs.edgeMask}. */
  readonly edgeMask: boolean;
  private mask: EdgeMask | null = null;
  /** Whether the last pass was one of training, after which weights may change in place: their data's numbers then say nothing. */
  private inTraining = false;

  /**
   * @param args `baseActivation` is null in a layer without a base branch
   * @param defaults the start of each named weight, in the order in which the configuration lists them
   */
  protected constructor(
    args: Omit<EdgeLayerArgs, 'baseActivation'> & { baseActivation: ActivationName | null },
    defaults: Record<string, DefaultInitializer>,
  ) {
    super(args, defaults);
    this.edgeMask = args.edgeMask ?? false;
  }

  /** What {@link readEdges} gives; the layer is built, and dead edges are 0. */
  protected abstract snapshotEdges(): LayerEdges;

  /** What {@link edgeCoefficients} gives; the layer is built, and dead edges are 0. */
  protected abstract coefficientsByEdge(): Tensor3D;

  /**
   * How each of the layer's weights lies over the edges (all of them but `edgeMask`): what pruning cuts along, and what it sets to 0.
   * The layer must be built.
   */
  abstract weightAxes(): WeightAxes[];

  /**
   * Adds a number to a unit's output by changing one edge's weights, as far as the layer can: a bias does it everywhere, splines within
   * their grid. False, and nothing changed, if it cannot.
   *
   * @param inputs the inputs whose edge may be changed
   */
  abstract shiftUnit(unit: number, amount: number, inputs: readonly number[]): boolean;

  /**
   * What a copy of the layer that has only some of the inputs must have otherwise in its configuration.
   *
   * @param _inputs the inputs that stay, in ascending order
   */
  configForInputs(_inputs: readonly number[]): serialization.ConfigDict {
    return {};
  }

  /**
   * The functions on the layer's edges.
   *
   * @throws if the layer is not built, or its options leave no one function on an edge (a base branch beside a layer norm)
   */
  readEdges(): LayerEdges {
    this.checkBuilt();
    this.applyMask();
    return this.snapshotEdges();
  }

  /**
   * The trained coefficients of the functions on the layer's edges, [basis, inputs, units], as a tensor through which gradients
   * flow; for the regularisation of edges. In a layer with a base branch they are those of the other one.
   *
   * @throws if the layer is not built
   */
  edgeCoefficients(): Tensor3D {
    this.checkBuilt();
    this.applyMask();
    return this.coefficientsByEdge();
  }

  /** The edges' mask [inputs, units], or null if the layer has none. */
  get maskVariable(): LayerVariable | null {
    return this.mask?.variable ?? null;
  }

  /**
   * Sets dead edges to 0 wherever weights may have changed since the last time. Done before every forward pass and every reading of
   * weights, not by a constraint: TensorFlow.js applies constraints when a weight is written, and not after an optimizer's step. Only
   * a reader of variables that it got earlier need call it.
   */
  applyMask(): void {
    this.mask?.apply(this.inTraining);
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
    super.build(inputShape);
    if (!this.edgeMask) return;
    const ones = deserializeObject<Initializer>('initializer', 'ones');
    const variable = this.addWeight('edgeMask', [this.inputs!, this.units], 'float32', ones, undefined, false);
    this.mask = new EdgeMask(variable, () => this.weightAxes());
  }

  override call(inputs: Tensor | Tensor[], kwargs: Parameters<layers.Layer['call']>[1]): Tensor {
    this.applyMask();
    this.inTraining = kwargs?.['training'] === true;
    return super.call(inputs, kwargs);
  }

  override getConfig(): serialization.ConfigDict {
    return { ...super.getConfig(), edgeMask: this.edgeMask };
  }
}
