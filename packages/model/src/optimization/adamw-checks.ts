import type { Tensor } from '@tensorflow/tfjs-core';
import type { AdamWHyperparameters } from './adamw-hyperparameters.js';
import type { AdamWMoments } from './adamw-moments.js';

/** @throws if the variables are not those that the moments are of, by number and shapes */
export function checkVariables(moments: readonly AdamWMoments[], variables: readonly Tensor[]): void {
  if (moments.length !== variables.length) {
    throw new Error(
      `AdamW: the number of variables changed; expected ${moments.length} (as in earlier steps or the restored state), got ${variables.length}`,
    );
  }
  moments.forEach(({ name, shape }, i) => {
    if (shape.join() !== variables[i].shape.join()) {
      throw new Error(
        `AdamW: variable ${i} does not fit the moments of "${name}"; expected shape [${shape}], got [${variables[i].shape}]`,
      );
    }
  });
}

/** @throws unless all are numbers of at least 0 @returns a copy */
export function checkedFactors(factors: readonly number[]): readonly number[] {
  const wrong = Array.isArray(factors) ? factors.find((factor) => !(Number.isFinite(factor) && factor >= 0)) : factors;
  if (wrong === undefined) return [...factors];
  throw new Error(`AdamW: rateFactors are wrong; expected numbers of at least 0, one for each variable, got ${wrong}`);
}

/** @throws naming the first that is out of range */
export function checkHyperparameters(options: AdamWHyperparameters): void {
  const { clipNorm = 1, averageDecay = 0 } = options;
  const valid: Record<keyof AdamWHyperparameters, [boolean, string]> = {
    learningRate: [options.learningRate >= 0, 'a number of at least 0'],
    beta1: [options.beta1 >= 0 && options.beta1 < 1, 'a number in [0, 1)'],
    beta2: [options.beta2 >= 0 && options.beta2 < 1, 'a number in [0, 1)'],
    epsilon: [options.epsilon >= 0, 'a number of at least 0'],
    weightDecay: [options.weightDecay >= 0, 'a number of at least 0'],
    exempt: [options.exempt === 'none' || options.exempt === 'biasAndNorm', '"none" or "biasAndNorm"'],
    clipNorm: [clipNorm > 0 && Number.isFinite(clipNorm), 'a number above 0, or nothing for gradients of any length'],
    averageDecay: [averageDecay >= 0 && averageDecay < 1, 'a number in [0, 1), or nothing for no average'],
  };
  for (const [name, [ok, expected]] of Object.entries(valid)) {
    if (!ok) {
      throw new Error(
        `AdamW: ${name} is wrong; expected ${expected}, got ${options[name as keyof AdamWHyperparameters]}`,
      );
    }
  }
}
