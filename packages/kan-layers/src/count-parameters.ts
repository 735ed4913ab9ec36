import type { LayersModel, layers } from '@tensorflow/tfjs-layers';

/** What {@link countParameters} gives. */
export interface ParameterCount {
  /** Numbers that training changes. */
  readonly trainable: number;
  /** All numbers that are saved, with the grid and whatever else is not trained. */
  readonly total: number;
}

/**
 * Counts the parameters of a built layer or model. (`countParams()` of TensorFlow.js counts a spline grid as if it were trained.)
 *
 * @throws if the layer or model is not built
 */
export function countParameters(layerOrModel: layers.Layer | LayersModel): ParameterCount {
  if (!layerOrModel.built && layerOrModel.weights.length === 0) {
    throw new Error(
      `countParameters: '${layerOrModel.name}' has no weights yet; expected it built, got it before build`,
    );
  }
  const size = (weights: layers.Layer['weights']) =>
    weights.reduce((total, { shape }) => total + shape.reduce<number>((n, side) => n * (side ?? 1), 1), 0);
  return { trainable: size(layerOrModel.trainableWeights), total: size(layerOrModel.weights) };
}
