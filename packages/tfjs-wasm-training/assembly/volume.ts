/**
 * Shape of a 3-D convolution or pooling, written by the host as consecutive 32-bit integers (src/volume-geometry.ts, which must
 * list the fields in this order). All volumes are NDHWC.
 */
@unmanaged
export class Volume {
  batch: i32;
  inDepth: i32;
  inHeight: i32;
  inWidth: i32;
  inChannels: i32;
  outDepth: i32;
  outHeight: i32;
  outWidth: i32;
  outChannels: i32;
  kernelDepth: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideDepth: i32;
  strideHeight: i32;
  strideWidth: i32;
  padFront: i32;
  padTop: i32;
  padLeft: i32;
  dilationDepth: i32;
  dilationHeight: i32;
  dilationWidth: i32;
}

/** The first output index along one axis at which a tap (at `tap` dilated steps) lies within the input. */
// @ts-ignore: decorator
@inline
export function firstWithin(offset: i32, stride: i32): i32 {
  return offset >= 0 ? 0 : (stride - 1 - offset) / stride;
}

/** The first output index behind those at which it does; `offset` is the tap's input index for output 0. */
// @ts-ignore: decorator
@inline
export function endWithin(offset: i32, stride: i32, inputs: i32, outputs: i32): i32 {
  return offset >= inputs ? 0 : min(outputs, (inputs - 1 - offset) / stride + 1);
}
