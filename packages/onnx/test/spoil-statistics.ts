import { tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Gives batch norms statistics, factors and offsets as training leaves them: those that they start with would hide mistakes. */
export function spoilStatistics(model: LayersModel): void {
  for (const layer of model.layers) {
    if (layer.getClassName() !== 'BatchNormalization') continue;
    layer.setWeights(
      layer.weights.map(({ shape }, w) => {
        const spread = (i: number) => Math.sin(3 * i + w);
        // In the order gamma, beta, mean, variance.
        const centre = [1, 0, 0, 1][w]!;
        return tensor(Float32Array.from({ length: shape[0]! }, (_, i) => centre + 0.3 * spread(i)));
      }),
    );
  }
}
