/**
 * Shape of a convolution or pooling, written by the host as consecutive 32-bit integers (see src/write-geometry.ts,
 * which must list the fields in this order). All images are NHWC; a stride is the distance of two pixels in floats,
 * so that a kernel can read or write some channels of a wider tensor.
 */
@unmanaged
export class Geometry {
  batch: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  inStride: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  outStride: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideHeight: i32;
  strideWidth: i32;
  padTop: i32;
  padLeft: i32;
  dilationHeight: i32;
  dilationWidth: i32;
}

/** 1×1, stride 1, no padding: pixel i of the input belongs to pixel i of the output. */
export function isPointwise(shape: Geometry): bool {
  return (
    shape.kernelHeight * shape.kernelWidth * shape.strideHeight * shape.strideWidth == 1 &&
    shape.padTop == 0 &&
    shape.padLeft == 0 &&
    shape.inHeight == shape.outHeight &&
    shape.inWidth == shape.outWidth
  );
}
