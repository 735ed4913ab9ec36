import { add, div, engine, mul, sqrt, square, sub, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { checkStep } from './check-adam-w-step.js';
import { checkOptions } from './check-options.js';
import { currentRuntime } from './current-runtime.js';
import type { KernelRuntime } from './kernel-runtime.js';

/** One parameter of a network and what AdamW remembers about it. All four have the same shape. */
export interface AdamWParameter {
  parameter: Variable;
  gradient: Tensor;
  /** Running mean of the gradient; zeros before the first step. */
  firstMoment: Variable;
  /** Running mean of the squared gradient; zeros before the first step. */
  secondMoment: Variable;
}

/** Settings of one step. */
export interface AdamWStepOptions {
  /** Number of this step, counted from 1: it corrects the moments for their start at zero. */
  step: number;
  learningRate: number;
  beta1?: number;
  beta2?: number;
  epsilon?: number;
  /** Decoupled weight decay: each step multiplies the parameter by 1 − learningRate · weightDecay. */
  weightDecay?: number;
}

/** PyTorch's defaults. */
export const ADAM_W_DEFAULTS = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01 };

/**
 * One AdamW step (Loshchilov & Hutter 2019, as torch.optim.AdamW) for one parameter. On the WASM backend with
 * enableWasmTraining() it is one pass that changes the three variables in place (clones made before keep their values); on
 * every other backend it is composed of tfjs operations with the same result within rounding.
 *
 * @throws if the four are not of one shape, float32 and three different variables, or a setting is out of its range
 */
export function fusedAdamWStep(
  { parameter, gradient, firstMoment, secondMoment }: AdamWParameter,
  options: AdamWStepOptions,
): void {
  checkOptions('fusedAdamWStep', options, { ...ADAM_W_DEFAULTS, step: 1, learningRate: 1 });
  const { step, learningRate, beta1, beta2, epsilon, weightDecay } = { ...ADAM_W_DEFAULTS, ...options };
  checkStep(
    { parameter, gradient, firstMoment, secondMoment },
    { step, learningRate, beta1, beta2, epsilon, weightDecay },
  );
  const variables = [parameter, firstMoment, secondMoment];
  const runtime = currentRuntime();
  if (runtime) {
    for (const variable of variables) if (runtime.backend.refCount(variable.dataId) > 1) unshare(variable, runtime);
    runtime.kernels.adamW(
      runtime.address(parameter),
      runtime.address(gradient),
      runtime.address(firstMoment),
      runtime.address(secondMoment),
      parameter.size,
      learningRate,
      beta1,
      beta2,
      epsilon,
      weightDecay,
      // With β as the kernel has it, in single precision: rounded it decays a little differently, and Σ weights must be 1.
      1 / (1 - Math.fround(beta1) ** step),
      1 / (1 - Math.fround(beta2) ** step),
    );
    for (const { dataId, size } of variables) {
      // The stock kernels keep prepared weights for each buffer they have met: tell them that this one changed.
      const { id, memoryOffset } = runtime.backend.dataIdMap.get(dataId);
      runtime.backend.wasm.tfjs.disposeData(id);
      runtime.backend.wasm.tfjs.registerTensor(id, size, memoryOffset);
    }
    return;
  }
  const correction1 = 1 / (1 - beta1 ** step);
  const correction2 = 1 / (1 - beta2 ** step);
  tidy(() => {
    firstMoment.assign(add(mul(firstMoment, beta1), mul(gradient, 1 - beta1)));
    secondMoment.assign(add(mul(secondMoment, beta2), mul(square(gradient), 1 - beta2)));
    const change = div(
      mul(firstMoment, learningRate * correction1),
      add(sqrt(mul(secondMoment, correction2)), epsilon),
    );
    parameter.assign(sub(mul(parameter, 1 - learningRate * weightDecay), change));
  });
}

/** Gives a variable a buffer of its own; the clones keep the old one. Always the same kernel, so always the same bits. */
function unshare(variable: Variable, runtime: KernelRuntime): void {
  tidy(() => {
    const copy = engine().makeTensorFromTensorInfo(runtime.output(variable.shape));
    runtime.values(copy).set(runtime.values(variable));
    variable.assign(copy);
  });
}
