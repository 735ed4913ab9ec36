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
