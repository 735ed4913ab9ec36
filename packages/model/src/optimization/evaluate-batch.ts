import { checkOptions } from '@kanrecon/image';
import { batchDefaults, type PredictBatchOptions, type Reconstructor } from '../network/reconstructor.js';

/** What {@link evaluateBatch} returns. */
export interface BatchEvaluation {
  /** Mean squared error over all images and parameters, on the normalised values. */
  readonly loss: number;
  /** Normalised predictions [n, parameters]. */
  readonly predictions: Float32Array;
}

/**
 * Predictions for a batch and their mean squared error, in inference mode.
 *
 * @param images RGB bytes [n, imageSize, imageSize, 3], n at least 1
 * @param targets normalised parameters [n, parameters]
 */
export async function evaluateBatch(
  reconstructor: Reconstructor,
  images: Uint8Array | Uint8ClampedArray,
  targets: Float32Array,
  options: PredictBatchOptions = {},
): Promise<BatchEvaluation> {
  checkOptions('evaluateBatch', options, batchDefaults);
  const predictions = await reconstructor.predictBatch(images, options);
  if (predictions.length === 0 || targets.length !== predictions.length) {
    throw new Error(
      `evaluateBatch: images and targets do not fit; expected ${predictions.length} targets for at least one image, got ${targets.length}`,
    );
  }
  const sum = predictions.reduce((total, value, i) => total + (value - targets[i]) ** 2, 0);
  return { loss: sum / predictions.length, predictions };
}
