import { type Tensor, util, Variable } from '@tensorflow/tfjs-core';

/**
 * Refuses what an AdamW step cannot be taken with: it changes memory in place, and would not notice.
 *
 * @throws if the four are not of one shape, float32, alive and three different variables, or a setting is out of its range
 */
export function checkStep(
  {
    parameter,
    gradient,
    firstMoment,
    secondMoment,
  }: Record<'parameter' | 'gradient' | 'firstMoment' | 'secondMoment', Tensor>,
  {
    step,
    learningRate,
    beta1,
    beta2,
    epsilon,
    weightDecay,
  }: Record<'step' | 'learningRate' | 'beta1' | 'beta2' | 'epsilon' | 'weightDecay', number>,
): void {
  const { name } = parameter as Variable;
  for (const [which, tensor] of Object.entries({ parameter, gradient, firstMoment, secondMoment })) {
    if (which !== 'gradient' && !(tensor instanceof Variable)) {
      throw new Error(
        `fusedAdamWStep: ${which} must be a variable, as it is changed; expected one of tf.variable, got a tensor`,
      );
    }
    if (tensor.isDisposed) {
      throw new Error(`fusedAdamWStep: the ${which} of '${name}' was disposed; expected one that is alive`);
    }
    if (!util.arraysEqual(tensor.shape, parameter.shape)) {
      throw new Error(
        `fusedAdamWStep: shapes differ; expected [${parameter.shape}] for the parameter '${name}', got [${tensor.shape}]`,
      );
    }
    if (tensor.dtype !== 'float32') {
      throw new Error(`fusedAdamWStep: the ${which} of '${name}' must be float32, got ${tensor.dtype}`);
    }
  }
  if (new Set([parameter, firstMoment, secondMoment]).size < 3) {
    throw new Error(
      `fusedAdamWStep: the parameter '${name}' and its moments must be three variables; expected no two the same`,
    );
  }
  if (!(Number.isInteger(step) && step >= 1)) {
    throw new Error(`fusedAdamWStep: steps are counted from 1; expected a whole number of at least 1, got ${step}`);
  }
  for (const [setting, value] of Object.entries({ learningRate, epsilon, weightDecay })) {
    if (value >= 0 && value < Number.POSITIVE_INFINITY) continue;
    throw new Error(`fusedAdamWStep: ${setting} is out of range; expected a number from 0, got ${value}`);
  }
  for (const [setting, value] of Object.entries({ beta1, beta2 })) {
    if (value >= 0 && value < 1) continue;
    throw new Error(`fusedAdamWStep: ${setting} is out of range; expected a number from 0 to below 1, got ${value}`);
  }
}
