import { checkOptions } from '@kanrecon/image';
import {
  engine,
  type NamedTensorMap,
  Optimizer,
  type serialization,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core';
import { checkedFactors, checkHyperparameters, checkVariables } from './adamw-checks.js';
import type { AdamWHyperparameters } from './adamw-hyperparameters.js';
import {
  type AdamWFactors,
  type AdamWMoments,
  deviceMoments,
  type FusedAdamWStep,
  hostMoments,
} from './adamw-moments.js';
import { clipGradients } from './clip-gradients.js';
import { WeightAverage } from './weight-average.js';

/**
 * Where the moments are kept and the step is computed: in plain arrays (`host`), with tensor operations on the backend
 * (`device`), or whichever is faster for the backend in use (`auto`: `host` for cpu only).
 */
export type AdamWPlacement = 'auto' | 'host' | 'device';

/** Options of {@link AdamW}. */
export interface AdamWOptions extends Partial<AdamWHyperparameters> {
  readonly placement?: AdamWPlacement;
  /**
   * Each variable's learning rate in multiples of `learningRate`, in the order in which gradients are applied: what groups of parameters
   * are in PyTorch. The decay, which goes with the rate, goes with the variable's. It is part of the state. 1 for all when left out.
   */
  readonly rateFactors?: readonly number[];
  /**
   * Computes each variable's step where the moments are on the device, in one pass: `fusedAdamWStep` of
   * @kanrecon/tfjs-wasm-training, for the WASM backend. The numbers agree with those of the tensor operations within
   * rounding, so a run that is to be repeated bit for bit must be resumed with the same choice. It is no part of the state.
   */
  readonly fusedStep?: FusedAdamWStep;
}

/** PyTorch's defaults, except for the learning rate, which is the study's. */
const defaults: AdamWHyperparameters & { placement: AdamWPlacement } = {
  learningRate: 1e-4,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
  exempt: 'none',
  placement: 'auto',
};

/** The moments of one variable. */
export interface AdamWSlot {
  /** The variable's name when the state was taken; for people, slots are matched by their order. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Its learning rate in multiples of the optimizer's; 1 when left out. */
  readonly rateFactor?: number;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  /** The moving average of the weights; after `swapAverages` the weights that are trained. */
  readonly average?: Float32Array;
}

/** Everything an {@link AdamW} needs to go on exactly where it stopped. */
export interface AdamWState {
  readonly options: AdamWHyperparameters;
  /** Steps taken so far. */
  readonly iterations: number;
  /** In the order in which gradients are applied. */
  readonly slots: readonly AdamWSlot[];
}

/**
 * Adam with decoupled weight decay (arXiv 1711.05101), step for step PyTorch's `torch.optim.AdamW`. A `tf.Optimizer`, so it
 * also serves in `model.compile({ optimizer })`. The hyperparameters but `averageDecay` can be changed between steps (schedules set
 * `learningRate`). To save it use {@link getState}; TensorFlow.js' `getWeights` is not supported.
 *
 * With `averageDecay` it also keeps a moving average of the weights, which is the better network while the learning rate is high
 * (Polyak and Juditsky 1992).
 */
export class AdamW extends Optimizer {
  static readonly className = 'AdamW';
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
  exempt: AdamWHyperparameters['exempt'];
  clipNorm: number | undefined;
  /** Set once: a state has averages of all weights or none. */
  readonly averageDecay: number | undefined;
  private readonly placement: AdamWPlacement;
  private readonly fusedStep: FusedAdamWStep | undefined;
  /** By order of application; 1 where there is none. */
  private rateFactors: readonly number[];
  /** By order of application: variable names differ between two copies of the same model in one process. */
  private moments: AdamWMoments[] = [];
  /** One for each of the moments, or none at all. */
  private averages: WeightAverage[] = [];

  /** @throws if an option is out of range */
  constructor(options: AdamWOptions = {}) {
    super();
    const named = { ...defaults, clipNorm: 1, averageDecay: 1, rateFactors: undefined, fusedStep: undefined };
    checkOptions('AdamW', options, named);
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    const { placement, fusedStep, rateFactors, ...rest } = {
      ...defaults,
      ...(Object.fromEntries(given) as AdamWOptions),
    };
    checkHyperparameters(rest);
    this.rateFactors = checkedFactors(rateFactors ?? []);
    this.placement = placement;
    this.fusedStep = fusedStep;
    ({
      learningRate: this.learningRate,
      beta1: this.beta1,
      beta2: this.beta2,
      epsilon: this.epsilon,
      weightDecay: this.weightDecay,
      exempt: this.exempt,
      clipNorm: this.clipNorm,
      averageDecay: this.averageDecay,
    } = rest);
  }

  /** The hyperparameters as they stand now. */
  get options(): AdamWHyperparameters {
    const { learningRate, beta1, beta2, epsilon, weightDecay, exempt, clipNorm, averageDecay } = this;
    const given = { ...(clipNorm !== undefined && { clipNorm }), ...(averageDecay !== undefined && { averageDecay }) };
    return { learningRate, beta1, beta2, epsilon, weightDecay, exempt, ...given };
  }

  /**
   * One step. Variables keep their place from call to call; one whose gradient is missing is left alone.
   *
   * @throws if the number or the shapes of the variables differ from those of the earlier steps or of a restored state, or there are not
   *   as many factors of the rate as variables
   */
  applyGradients(variableGradients: NamedTensorMap | { name: string; tensor: Tensor }[]): void {
    const gradients: { name: string; tensor?: Tensor }[] = Array.isArray(variableGradients)
      ? variableGradients
      : Object.entries(variableGradients).map(([name, tensor]) => ({ name, tensor }));
    const { registeredVariables } = engine();
    const variables = gradients.map(({ name }) => registeredVariables[name]);
    if (this.moments.length > 0) checkVariables(this.moments, variables);
    else this.moments = this.createAllMoments(variables);
    const { averageDecay, clipNorm } = this;
    if (averageDecay !== undefined && this.averages.length === 0) {
      this.averages = variables.map((variable) => new WeightAverage(variable));
    }
    this.incrementIterations();
    const found = gradients.map(({ tensor }) => tensor);
    const clipped = clipNorm === undefined ? found : clipGradients(found, clipNorm);
    // Of each group of variables that have them in common.
    const groups = new Map<string, AdamWFactors>();
    clipped.forEach((tensor, i) => {
      if (!tensor) return;
      const decay = this.exempt === 'biasAndNorm' && variables[i].rank <= 1 ? 0 : this.weightDecay;
      const rateFactor = this.rateFactors[i] ?? 1;
      const key = `${rateFactor} ${decay}`;
      const factors = groups.get(key) ?? this.factors(decay, rateFactor);
      groups.set(key, factors);
      this.moments[i].update(variables[i], tensor, factors);
      if (clipNorm !== undefined) tensor.dispose();
    });
    if (averageDecay === undefined) return;
    for (const [i, average] of this.averages.entries()) average.update(variables[i], averageDecay, this.iterations);
  }

  /**
   * Puts the moving averages in the place of the weights, and keeps the weights; the same again puts those back, which must be done before
   * the next step. Does nothing before the first step, when both are the same, and where no average is kept.
   *
   * @param variables in the order in which their gradients are applied
   * @throws if their number or shapes are others
   */
  swapAverages(variables: readonly Variable[]): void {
    if (this.averages.length === 0) return;
    checkVariables(this.moments, variables);
    for (const [i, average] of this.averages.entries()) average.swap(variables[i]);
  }

  /** A copy of the moments and counters, from which {@link setState} goes on bit for bit. */
  async getState(): Promise<AdamWState> {
    const { options, iterations, rateFactors } = this;
    const slots = this.moments.map(async ({ name, shape, ...moments }, i) => {
      const [[firstMoment, secondMoment], average] = await Promise.all([moments.read(), this.averages[i]?.read()]);
      const rateFactor = rateFactors[i] ?? 1;
      const own = { ...(rateFactor !== 1 && { rateFactor }), ...(average && { average }) };
      return { name, shape, firstMoment, secondMoment, ...own };
    });
    return { options, iterations, slots: await Promise.all(slots) };
  }

  /**
   * Takes over moments, averages, counters, hyperparameters and, from the first step on, the factors of the rate. The variables may have
   * other names than when the state was taken, but must come in the same order with the same shapes; that is checked at the next step.
   *
   * @throws if there is no state, or a moment's or an average's length does not fit its shape
   */
  setState(state: AdamWState): this {
    if (!state?.slots) {
      throw new Error(
        `AdamW.setState: there is no state; expected what getState gave or loadReconstructor's optimizerState (was the optimizer saved?), got ${state}`,
      );
    }
    const { options, iterations, slots } = state;
    for (const { name, shape, firstMoment, secondMoment, average } of slots) {
      const size = shape.reduce((a, b) => a * b, 1);
      if ((average !== undefined) !== (options.averageDecay !== undefined) || (average?.length ?? size) !== size) {
        throw new Error(
          `AdamW.setState: the average of "${name}" does not fit; expected ${options.averageDecay === undefined ? 'none, as no averageDecay is set' : `${size} numbers for the shape [${shape}]`}, got ${average?.length ?? 'none'}`,
        );
      }
      if (firstMoment.length !== size || secondMoment.length !== size) {
        throw new Error(
          `AdamW.setState: the moments of "${name}" do not fit its shape [${shape}]; expected ${size} numbers, got ${firstMoment.length} and ${secondMoment.length}`,
        );
      }
    }
    for (const { name, firstMoment, secondMoment, average = [] } of slots) {
      if ([firstMoment, secondMoment, average].every((values) => values.every(Number.isFinite))) continue;
      throw new Error(
        `AdamW.setState: the moments or the average of "${name}" are damaged; expected finite numbers, got NaN or infinity`,
      );
    }
    checkHyperparameters(options);
    const factors = checkedFactors(slots.map(({ rateFactor = 1 }) => rateFactor));
    this.dispose();
    Object.assign(this, { clipNorm: undefined, averageDecay: undefined, ...options });
    // A state of before the first step knows of no variables.
    if (slots.length > 0) this.rateFactors = factors;
    this.iterations_ = iterations;
    this.moments = slots.map((slot) => this.createMoments(slot));
    this.averages = slots.flatMap(({ average, shape }) => (average ? [WeightAverage.of(average, shape)] : []));
    return this;
  }

  getConfig(): serialization.ConfigDict {
    const { options, placement, rateFactors } = this;
    return { ...options, placement, ...(rateFactors.length > 0 && { rateFactors: [...rateFactors] }) };
  }

  static override fromConfig<T extends serialization.Serializable>(
    cls: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    return new cls(config);
  }

  /** Frees the moments. The optimizer starts afresh if it is used again. */
  override dispose(): void {
    for (const kept of [...this.moments, ...this.averages]) kept.dispose();
    this.moments = [];
    this.averages = [];
    this.iterations_ = 0;
  }

  private factors(weightDecay: number, rateFactor: number): AdamWFactors {
    const { beta1, beta2, epsilon, iterations } = this;
    const learningRate = this.learningRate * rateFactor;
    const root = Math.sqrt(1 - beta2 ** iterations);
    return {
      settings: { step: iterations, learningRate, beta1, beta2, epsilon, weightDecay },
      beta1,
      beta2,
      epsilon: epsilon * root,
      rate: (learningRate * root) / (1 - beta1 ** iterations),
      keep: 1 - learningRate * weightDecay,
    };
  }

  /** All or none: the backend may have no room for them. */
  private createAllMoments(variables: readonly Variable[]): AdamWMoments[] {
    const moments: AdamWMoments[] = [];
    const { length } = this.rateFactors;
    if (length > 0 && length !== variables.length) {
      throw new Error(
        `AdamW: there are not as many rateFactors as variables; expected ${variables.length}, got ${length}`,
      );
    }
    try {
      for (const { name, shape } of variables) moments.push(this.createMoments({ name, shape }));
      return moments;
    } catch (error) {
      for (const created of moments) created.dispose();
      throw error;
    }
  }

  private createMoments(start: Parameters<typeof hostMoments>[0]): AdamWMoments {
    const host = this.placement === 'auto' ? engine().backendName === 'cpu' : this.placement === 'host';
    return host ? hostMoments(start) : deviceMoments(start, this.fusedStep);
  }
}
