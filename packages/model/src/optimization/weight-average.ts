import { add, mul, sub, type Tensor, tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core';

/**
 * The moving average of one variable: a ← a + (1 − d) · (w − a). Kept as a variable on the backend.
 *
 * In the first steps d is less than the decay, min(decay, (1 + t) / (10 + t)) at step t counted from 1, as in TensorFlow's
 * `ExponentialMovingAverage`: the random weights of the beginning would be in the average for long otherwise.
 */
export class WeightAverage {
  private readonly value: Variable;

  /** @param start what it begins with */
  constructor(start: Tensor) {
    // A copy of the numbers: a clone shares them, and fused steps of the optimizer change them where they lie.
    this.value = tidy(() => variable(mul(start, 1), false));
  }

  /** The same from numbers. */
  static of(values: Float32Array, shape: readonly number[]): WeightAverage {
    const start = tensor(values.slice(), [...shape]);
    const average = new WeightAverage(start);
    start.dispose();
    return average;
  }

  /** @param step counted from 1, of which these are the weights after it */
  update(weights: Variable, decay: number, step: number): void {
    const share = 1 - Math.min(decay, (1 + step) / (10 + step));
    tidy(() => this.value.assign(add(this.value, mul(sub(weights, this.value), share))));
  }

  /** The variable becomes the average, and this keeps its value instead; the same again undoes it. */
  swap(weights: Variable): void {
    tidy(() => {
      const average = this.value.clone();
      this.value.assign(weights.clone());
      weights.assign(average);
    });
  }

  /** A copy. */
  async read(): Promise<Float32Array> {
    return Float32Array.from(await this.value.data());
  }

  dispose(): void {
    this.value.dispose();
  }
}
