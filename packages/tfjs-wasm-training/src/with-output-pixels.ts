import type { backend_util, TensorInfo } from '@tensorflow/tfjs-core';
import type { KernelRuntime } from './kernel-runtime.js';

/**
 * What `use` makes of the gradient of a convolution's output, which may have more pixels than that output: `tf.conv2dTranspose` takes
 * any input together with any output shape, and of a larger input the pixels at the top left count. Those are copied then.
 *
 * @param dy [batch, height, width, channels]
 * @throws if it has fewer pixels, or another number of images
 */
export function withOutputPixels<Result>(
  runtime: KernelRuntime,
  info: backend_util.Conv2DInfo,
  dy: TensorInfo,
  use: (dy: TensorInfo) => Result,
): Result {
  const { batchSize, outHeight, outWidth, outChannels } = info;
  const [images, height, width] = dy.shape as [number, number, number];
  if (images !== batchSize || height < outHeight || width < outWidth) {
    throw new Error(
      `conv2dTranspose: the input does not fit the output [${info.inShape}]; expected a batch of ${batchSize} with at least ${outHeight} × ${outWidth} pixels, got ${images} with ${height} × ${width}`,
    );
  }
  if (height === outHeight && width === outWidth) return use(dy);
  const cut = runtime.output([batchSize, outHeight, outWidth, outChannels]);
  const [from, to] = [runtime.address(dy), runtime.address(cut)];
  const [fullRow, row] = [width * outChannels * 4, outWidth * outChannels * 4];
  for (let image = 0; image < batchSize; image++) {
    const [start, target] = [from + image * height * fullRow, to + image * outHeight * row];
    runtime.kernels.copyRows(start, fullRow, target, row, row, outHeight);
  }
  try {
    return use(cut);
  } finally {
    runtime.backend.disposeData(cut.dataId);
  }
}
