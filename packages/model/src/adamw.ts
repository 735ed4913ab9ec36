import {
  add,
  dispose,
  div,
  engine,
  mul,
  type NamedTensorMap,
  Optimizer,
  type serialization,
  sqrt,
  square,
  sub,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';

/** What tfjs-core calls so but does not export. */
interface NamedTensor {
  name: string;
  tensor: Tensor;
}

/** Which weights the decay leaves alone: none (as in PyTorch), or biases and normalisation weights (rank 0 and 1). */
export type WeightDecayExempt = 'none' | 'biasAndNorm';

/** Options of {@link AdamW}. */
export interface AdamWOptions {
  readonly learningRate?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled decay: each step multiplies the weights by 1 − learningRate · weightDecay. */
  readonly weightDecay?: number;
  readonly exempt?: WeightDecayExempt;
}

/** PyTorch's defaults, except for the learning rate, which is the study's. */
const defaults: Required<AdamWOptions> = {
  learningRate: 1e-4,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
  exempt: 'none',
};

/** The moments of one variable. */
export interface AdamWSlot {
  /** The variable's name when the state was taken; for people, slots are matched by their order. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
}

/** Everything an {@link AdamW} needs to go on exactly where it stopped. */
export interface AdamWState {
  readonly options: Required<AdamWOptions>;
  /** Steps taken so far. */
  readonly iterations: number;
  /** In the order in which gradients are applied. */
  readonly slots: readonly AdamWSlot[];
}

interface Moments {
  readonly name: string;
  readonly first: Variable;
  readonly second: Variable;
}

/**
 * Adam with decoupled weight decay (arXiv 1711.05101), step for step PyTorch's `torch.optim.AdamW`. A `tf.Optimizer`, so it
 * also serves in `model.compile({ optimizer })`. The options can be changed between steps (schedules set `learningRate`).
 *
 * The update is 13 tensor operations a variable, the bias corrections folded into two scalars; TensorFlow.js' own Adam has 15
 * and no decay.
 */
export class AdamW extends Optimizer {
  static readonly className = 'AdamW';
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
  exempt: WeightDecayExempt;
  /** By order of application: variable names differ between two copies of the same model in one process. */
  private moments: Moments[] = [];

  /** @throws if an option is out of range */
  constructor(options: AdamWOptions = {}) {
    super();
    const all = { ...defaults, ...options };
    checkOptions(all);
    ({
      learningRate: this.learningRate,
      beta1: this.beta1,
      beta2: this.beta2,
      epsilon: this.epsilon,
      weightDecay: this.weightDecay,
      exempt: this.exempt,
    } = all);
  }

  /** The options as they stand now. */
  get options(): Required<AdamWOptions> {
    const { learningRate, beta1, beta2, epsilon, weightDecay, exempt } = this;
    return { learningRate, beta1, beta2, epsilon, weightDecay, exempt };
  }

  /**
   * One step. Variables keep their place from call to call; one whose gradient is missing is left alone.
   *
   * @throws if the number or the shapes of the variables differ from those of the earlier steps or of a restored state
   */
  applyGradients(variableGradients: NamedTensorMap | NamedTensor[]): void {
    const gradients = Array.isArray(variableGradients)
      ? variableGradients
      : Object.entries(variableGradients).map(([name, tensor]) => ({ name, tensor }));
    if (this.moments.length > 0 && this.moments.length !== gradients.length) {
      throw new Error(
        `AdamW: the number of variables changed; expected ${this.moments.length} (as in earlier steps or the restored state), got ${gradients.length}`,
      );
    }
    this.incrementIterations();
    const { registeredVariables } = engine();
    gradients.forEach(({ name, tensor: gradient }, index) => {
      const value = registeredVariables[name];
      this.moments[index] ??= createMoments(name, value.shape);
      checkShape(this.moments[index], value);
      if (gradient != null) this.update(value, gradient, this.moments[index]);
    });
  }

  /**
   * The update of one variable; the only place that knows the formula. With t = iterations:
   *
   *     m ← β₁m + (1 − β₁)g      v ← β₂v + (1 − β₂)g²
   *     w ← (1 − lr·decay)·w − lr/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε)
   */
  private update(value: Variable, gradient: Tensor, { first, second }: Moments): void {
    const { learningRate, beta1, beta2, epsilon, iterations } = this;
    const root = Math.sqrt(1 - beta2 ** iterations);
    const rate = (learningRate * root) / (1 - beta1 ** iterations);
    const decay = this.exempt === 'biasAndNorm' && value.rank <= 1 ? 0 : this.weightDecay;
    tidy(() => {
      const m = add(mul(first, beta1), mul(gradient, 1 - beta1));
      const v = add(mul(second, beta2), mul(square(gradient), 1 - beta2));
      const change = mul(div(m, add(sqrt(v), epsilon * root)), rate);
      const kept = decay === 0 ? value : mul(value, 1 - learningRate * decay);
      first.assign(m);
      second.assign(v);
      value.assign(sub(kept, change));
    });
  }

  /** A copy of the moments and counters, from which {@link setState} goes on bit for bit. */
  async getState(): Promise<AdamWState> {
    const slots = this.moments.map(async ({ name, first, second }) => ({
      name,
      shape: first.shape,
      firstMoment: Float32Array.from(await first.data()),
      secondMoment: Float32Array.from(await second.data()),
    }));
    return { options: this.options, iterations: this.iterations, slots: await Promise.all(slots) };
  }

  /**
   * Takes over moments, counters and options. The variables may have other names than when the state was taken, but must come
   * in the same order with the same shapes; that is checked at the next step.
   *
   * @throws if a moment's length does not fit its shape
   */
  setState({ options, iterations, slots }: AdamWState): this {
    for (const { name, shape, firstMoment, secondMoment } of slots) {
      const size = shape.reduce((a, b) => a * b, 1);
      if (firstMoment.length !== size || secondMoment.length !== size) {
        throw new Error(
          `AdamW.setState: the moments of "${name}" do not fit its shape [${shape}]; expected ${size} numbers, got ${firstMoment.length} and ${secondMoment.length}`,
        );
      }
    }
    checkOptions(options);
    this.disposeMoments();
    Object.assign(this, options);
    this.iterations_ = iterations;
    this.moments = slots.map(({ name, shape, firstMoment, secondMoment }) => ({
      name,
      first: ownedVariable(firstMoment, [...shape]),
      second: ownedVariable(secondMoment, [...shape]),
    }));
    return this;
  }

  /** TensorFlow.js' own way to save an optimizer: the step counter, then all first and all second moments. */
  override async getWeights(): Promise<NamedTensor[]> {
    return [
      await this.saveIterations(),
      ...this.moments.map(({ name, first }) => ({ name: `${name}/m`, tensor: first as Tensor })),
      ...this.moments.map(({ name, second }) => ({ name: `${name}/v`, tensor: second as Tensor })),
    ];
  }

  /** The inverse of {@link getWeights}. */
  override async setWeights(weightValues: NamedTensor[]): Promise<void> {
    const values = await this.extractIterations(weightValues);
    const count = values.length / 2;
    const copies = values.map(({ tensor: value }) => tidy(() => variable(value.clone(), false)));
    this.disposeMoments();
    this.moments = values.slice(0, count).map(({ name }, index) => ({
      name: name.replace(/\/m$/, ''),
      first: copies[index],
      second: copies[count + index],
    }));
  }

  getConfig(): serialization.ConfigDict {
    return { ...this.options };
  }

  static override fromConfig<T extends serialization.Serializable>(
    cls: serialization.SerializableConstructor<T>,
    config: serialization.ConfigDict,
  ): T {
    return new cls(config);
  }

  /** Frees the moments. The optimizer starts afresh if it is used again. */
  override dispose(): void {
    this.disposeMoments();
    this.iterations_ = 0;
  }

  private disposeMoments(): void {
    dispose(this.moments.flatMap(({ first, second }) => [first, second]));
    this.moments = [];
  }
}

function createMoments(name: string, shape: number[]): Moments {
  return { name, first: zerosVariable(shape), second: zerosVariable(shape) };
}

function zerosVariable(shape: number[]): Variable {
  return tidy(() => variable(zeros(shape), false));
}

function ownedVariable(values: Float32Array, shape: number[]): Variable {
  // The cpu backend keeps the array it is given: copy, so that the state stays the caller's.
  return tidy(() => variable(tensor(values.slice(), shape), false));
}

function checkShape({ name, first }: Moments, value: Variable): void {
  if (first.shape.join() !== value.shape.join()) {
    throw new Error(
      `AdamW: variable "${value.name}" does not fit the moments of "${name}"; expected shape [${first.shape}], got [${value.shape}]`,
    );
  }
}

function checkOptions(options: Required<AdamWOptions>): void {
  const valid: Record<string, [boolean, string]> = {
    learningRate: [options.learningRate >= 0, 'a number of at least 0'],
    beta1: [options.beta1 >= 0 && options.beta1 < 1, 'a number in [0, 1)'],
    beta2: [options.beta2 >= 0 && options.beta2 < 1, 'a number in [0, 1)'],
    epsilon: [options.epsilon >= 0, 'a number of at least 0'],
    weightDecay: [options.weightDecay >= 0, 'a number of at least 0'],
    exempt: [options.exempt === 'none' || options.exempt === 'biasAndNorm', '"none" or "biasAndNorm"'],
  };
  for (const [name, [ok, expected]] of Object.entries(valid)) {
    if (!ok) {
      throw new Error(`AdamW: ${name} is wrong; expected ${expected}, got ${options[name as keyof AdamWOptions]}`);
    }
  }
}
