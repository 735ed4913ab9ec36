import { type NamedTensorMap, Optimizer, type serialization, type Tensor, type Variable } from '@tensorflow/tfjs-core';

/** An optimizer that changes nothing and keeps the gradients: what `trainStep` found, before anything is done with it. */
export class GradientCatcher extends Optimizer {
  static readonly className = 'GradientCatcher';
  private caught: ReadonlyMap<string, Tensor> = new Map();

  applyGradients(gradients: NamedTensorMap | { name: string; tensor: Tensor }[]): void {
    const named = Array.isArray(gradients)
      ? gradients.map(({ name, tensor }) => [name, tensor] as const)
      : Object.entries(gradients);
    // trainStep disposes its own.
    this.caught = new Map(named.map(([name, tensor]) => [name, tensor.clone()]));
  }

  /**
   * The gradients of the last step. The caller disposes them.
   *
   * @throws if one of the variables had none
   */
  take(variables: readonly Variable[]): Tensor[] {
    return variables.map(({ name }) => {
      const gradient = this.caught.get(name);
      if (!gradient)
        throw new Error(`GradientCatcher: the loss does not depend on "${name}"; expected a gradient of it`);
      return gradient;
    });
  }

  getConfig(): serialization.ConfigDict {
    return {};
  }
}
