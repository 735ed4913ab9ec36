import type { ConvAttributes } from './conv-geometry.js';

/** @throws for a depthwise convolution in NCHW, which tfjs' own kernels take for NHWC without a word */
export function refuseChannelsFirst({ dataFormat }: ConvAttributes): void {
  if (dataFormat !== 'NCHW') return;
  throw new Error(
    'depthwiseConv2d: data format NCHW is not supported on the WASM backend; expected NHWC: transpose the image first, as tf.transpose(x, [0, 2, 3, 1]).',
  );
}
