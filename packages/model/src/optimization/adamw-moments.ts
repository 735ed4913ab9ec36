import {
  add,
  div,
  mul,
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

/*
 * How AdamW changes one variable. With g the gradient and m, v the moments, both kept between steps:
 *
 *     m ← β₁·m + (1 − β₁)·g      v ← β₂·v + (1 − β₂)·g²      w ← keep·w − rate·m / (√v + epsilon)
 *
 * Three ways; milliseconds a step for SqueezeNet's 0.74 M weights / EfficientNet-B0's 4.05 M (best of 15, Node 20, shared 2-core
 * machine):
 *
 *                                        WASM backend      cpu backend
 *     tensor operations (device)           12 / 71          594 / 3315
 *     the same with a fused step          1.5 / 6.5 (CPU time; in the same run the tensor operations took 15 / 57)
 *     plain arrays, one pass (host)        18 / 99           39 / 143
 *     TensorFlow.js' own Adam, no decay    14 / 104         587 / 2812
 *
 * So arrays are for the cpu backend. On WASM they lose by copying gradients and weights out and weights in.
 */

/** The numbers of one step as they were set, for a {@link FusedAdamWStep}. */
export interface AdamWStepSettings {
  /** Counted from 1. */
  readonly step: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Decoupled: the weights are multiplied by 1 − learningRate · weightDecay. */
  readonly weightDecay: number;
}

/**
 * One step of AdamW for one variable in a single pass, in place of five or more tensor operations: it changes the variable
 * and both moments. `fusedAdamWStep` of @kanrecon/tfjs-wasm-training is one.
 */
export type FusedAdamWStep = (
  parts: { parameter: Variable; gradient: Tensor; firstMoment: Variable; secondMoment: Variable },
  settings: AdamWStepSettings,
) => void;

/** The numbers of one step, the bias corrections folded in. */
export interface AdamWFactors {
  readonly settings: AdamWStepSettings;
  readonly beta1: number;
  readonly beta2: number;
  /** ε · √(1 − β₂ᵗ) */
  readonly epsilon: number;
  /** learning rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) */
  readonly rate: number;
  /** 1 − learning rate · weight decay */
  readonly keep: number;
}

/** The two moments of a variable, wherever they are kept. */
export interface AdamWMoments {
  readonly name: string;
  readonly shape: readonly number[];
  /** One step of `value`. */
  update(value: Variable, gradient: Tensor, factors: AdamWFactors): void;
  /** Copies of both. */
  read(): Promise<[first: Float32Array, second: Float32Array]>;
  dispose(): void;
}

/** Where moments start: at zero, or from a saved state (copied). */
export interface AdamWMomentsStart {
  readonly name: string;
  readonly shape: readonly number[];
  readonly firstMoment?: Float32Array;
  readonly secondMoment?: Float32Array;
}

/** Plain arrays and one loop: for the cpu backend, whose tensors are plain arrays too. */
export function hostMoments({ name, shape, firstMoment, secondMoment }: AdamWMomentsStart): AdamWMoments {
  const size = shape.reduce((a, b) => a * b, 1);
  const first = firstMoment?.slice() ?? new Float32Array(size);
  const second = secondMoment?.slice() ?? new Float32Array(size);
  return {
    name,
    shape,
    update(value, gradient, { beta1, beta2, epsilon, rate, keep }) {
      const g = gradient.dataSync<'float32'>();
      const w = value.dataSync<'float32'>().slice(); // the cpu backend gives the array itself, which clones may share
      for (let i = 0; i < size; i++) {
        first[i] = beta1 * first[i] + (1 - beta1) * g[i];
        second[i] = beta2 * second[i] + (1 - beta2) * g[i] * g[i];
        w[i] = keep * w[i] - (rate * first[i]) / (Math.sqrt(second[i]) + epsilon);
      }
      tidy(() => value.assign(tensor(w, value.shape)));
    },
    read: async () => [first.slice(), second.slice()],
    dispose: () => {},
  };
}

/**
 * Tensor operations, or one fused step: for all other backends; on a graphics processor reading numbers back is slow or not
 * possible at once.
 */
export function deviceMoments(
  { name, shape, firstMoment, secondMoment }: AdamWMomentsStart,
  fusedStep?: FusedAdamWStep,
): AdamWMoments {
  const create = (values?: Float32Array) =>
    tidy(() => variable(values ? tensor(values.slice(), [...shape]) : zeros([...shape]), false));
  const first = create(firstMoment);
  let second: Variable;
  try {
    second = create(secondMoment);
  } catch (error) {
    first.dispose();
    throw error;
  }
  return {
    name,
    shape,
    update(value, gradient, { beta1, beta2, epsilon, rate, keep, settings }) {
      if (fusedStep) {
        fusedStep({ parameter: value, gradient, firstMoment: first, secondMoment: second }, settings);
        return;
      }
      tidy(() => {
        const m = add(mul(first, beta1), mul(gradient, 1 - beta1));
        const v = add(mul(second, beta2), mul(square(gradient), 1 - beta2));
        const change = mul(div(m, add(sqrt(v), epsilon)), rate);
        value.assign(sub(keep === 1 ? value : mul(value, keep), change));
        first.assign(m);
        second.assign(v);
      });
    },
    read: async () => [Float32Array.from(await first.data()), Float32Array.from(await second.data())],
    dispose() {
      first.dispose();
      second.dispose();
    },
  };
}
