import { type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { maskWeight } from './mask-weight.js';
import type { WeightAxes } from './weight-axes.js';

/** Holds a layer's dead edges at 0. */
export class EdgeMask {
  private edgeWeights: WeightAxes[] | undefined;
  private maskedAt: object[] | undefined;

  /**
   * @param variable [inputs, units] of ones and zeros
   * @param weightAxes how the layer's weights lie over its edges; asked once, when they are first needed
   */
  constructor(
    readonly variable: LayerVariable,
    private readonly weightAxes: () => WeightAxes[],
  ) {}

  /**
   * Sets dead edges to 0 wherever weights may have changed since the last time.
   *
   * @param inTraining whether weights may have changed in place: their data's identity then says nothing
   */
  apply(inTraining: boolean): void {
    const { variable } = this;
    this.edgeWeights ??= this.weightAxes().filter(({ vanishes }) => vanishes);
    const { edgeWeights, maskedAt } = this;
    const variables = [variable, ...edgeWeights.map((axes) => axes.variable)];
    const now = () => variables.map((each) => each.read().dataId);
    if (!inTraining && maskedAt && now().every((id, w) => id === maskedAt[w])) return;
    tidy(() => {
      for (const axes of edgeWeights) {
        axes.variable.write(maskWeight(axes.variable.read(), axes, variable.read() as Tensor2D));
      }
    });
    this.maskedAt = now();
  }
}
