import { checkOptions } from '@kanrecon/image';
import { dispose, type Tensor, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import type { DecodedTargets } from '../heads/head-spec.js';
import { batchDefaults, type PredictBatchOptions, type Reconstructor } from './reconstructor.js';

/** Numbers of an image that come out of the backbone and go into the head. */
export function featureSize({ backbone }: Reconstructor): number {
  return backbone.outputs[0]!.shape[1]!;
}

/**
 * What a frozen backbone makes of images: the head's input. It stays the same however long the head is trained, so it may be computed once
 * for all epochs, for `trainHeadStep` and {@link predictFromFeatures}.
 *
 * @param images RGB bytes [n, imageSize, imageSize, 3]
 * @returns [n, featureSize]
 * @throws if the backbone is trained, so that its features change; if the images are no bytes or their number is no multiple of an
 *   image's
 */
export async function computeFeatures(
  reconstructor: Reconstructor,
  images: Uint8Array | Uint8ClampedArray,
  options: PredictBatchOptions = {},
): Promise<Float32Array> {
  checkOptions('computeFeatures', options, batchDefaults);
  refuseTrained('computeFeatures', reconstructor);
  const { batchSize = batchDefaults.batchSize, apply = batchDefaults.apply } = options;
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new Error(`computeFeatures: batchSize is wrong; expected a positive whole number, got ${batchSize}`);
  }
  const { backbone, config } = reconstructor;
  const pixels = 3 * config.imageSize ** 2;
  const width = featureSize(reconstructor);
  const features = new Float32Array(Math.ceil(images.length / pixels) * width);
  for (let from = 0; from * pixels < images.length; from += batchSize) {
    const input = reconstructor.imagesToTensor(images.subarray(from * pixels, (from + batchSize) * pixels));
    const output = tidy(() => apply(backbone, input) as Tensor);
    try {
      features.set(await output.data<'float32'>(), from * width);
    } finally {
      dispose([input, output]);
    }
  }
  return features;
}

/**
 * Targets by features, as `predictBatchWithSpread` gives them by images: only the head is computed.
 *
 * @param features [n, featureSize], of this backbone
 * @returns normalised [n, targets] each
 * @throws NonFinitePredictionError as `predictBatchWithSpread`; if the backbone is trained or the features are not whole rows
 */
export async function predictFromFeatures(
  reconstructor: Reconstructor,
  features: Float32Array,
): Promise<DecodedTargets> {
  refuseTrained('predictFromFeatures', reconstructor);
  const input = featuresToTensor('predictFromFeatures', reconstructor, features);
  const output = tidy(() =>
    reconstructor.headLayers.reduce((x, layer) => layer.apply(x, { training: false }) as Tensor, input as Tensor),
  );
  try {
    return reconstructor.decode(await output.data<'float32'>());
  } finally {
    dispose([input, output]);
  }
}

/** Features as the head's input. The caller disposes the tensor. */
export function featuresToTensor(caller: string, reconstructor: Reconstructor, features: Float32Array): Tensor2D {
  const width = featureSize(reconstructor);
  if (!(features instanceof Float32Array) || features.length % width !== 0) {
    const got = features instanceof Float32Array ? `${features.length} numbers` : typeof features;
    throw new Error(
      `${caller}: the features do not fit the network; expected a Float32Array of ${width} numbers an image, got ${got}`,
    );
  }
  return tensor2d(features, [features.length / width, width]);
}

/** @throws if the backbone is trained: its features are others after every step */
export function refuseTrained(caller: string, { config }: Reconstructor): void {
  if (!config.trainBackbone) return;
  throw new Error(
    `${caller}: the backbone is trained, so its features change with every step; expected a configuration with trainBackbone: false`,
  );
}
