// A depthwise convolution with a channel multiplier above 1, and both its gradients (output channel o belongs to input
// channel o / multiplier). Rare in practice, so plain loops: output pixels → taps → output channels, one float at a
// time. geometry.outChannels is inChannels · multiplier here.

import { Geometry } from './geometry';

export function depthwiseMultiplierConv2d(geometry: usize, input: usize, filter: usize, output: usize): void {
  const shape = changetype<Geometry>(geometry);
  const multiplier = shape.outChannels / shape.inChannels;
  for (let image = 0; image < shape.batch; image++) {
    for (let outY = 0; outY < shape.outHeight; outY++) {
      for (let outX = 0; outX < shape.outWidth; outX++, output += <usize>shape.outChannels << 2) {
        memory.fill(output, 0, <usize>shape.outChannels << 2);
        for (let tap = 0; tap < shape.kernelHeight * shape.kernelWidth; tap++) {
          const at = inputPixel(shape, image, outY, outX, tap);
          if (at < 0) continue;
          const weights = filter + (<usize>(tap * shape.outChannels) << 2);
          for (let o = 0; o < shape.outChannels; o++) {
            const to = output + (<usize>o << 2);
            const x = load<f32>(input + (<usize>(at * shape.inChannels + o / multiplier) << 2));
            store<f32>(to, load<f32>(to) + x * load<f32>(weights + (<usize>o << 2)));
          }
        }
      }
    }
  }
}

export function depthwiseMultiplierInputGradient(
  geometry: usize,
  outputGradient: usize,
  filter: usize,
  inputGradient: usize,
): void {
  const shape = changetype<Geometry>(geometry);
  const multiplier = shape.outChannels / shape.inChannels;
  memory.fill(inputGradient, 0, <usize>(shape.batch * shape.inHeight * shape.inWidth * shape.inChannels) << 2);
  let gradient = outputGradient;
  for (let image = 0; image < shape.batch; image++) {
    for (let outY = 0; outY < shape.outHeight; outY++) {
      for (let outX = 0; outX < shape.outWidth; outX++, gradient += <usize>shape.outChannels << 2) {
        for (let tap = 0; tap < shape.kernelHeight * shape.kernelWidth; tap++) {
          const at = inputPixel(shape, image, outY, outX, tap);
          if (at < 0) continue;
          const weights = filter + (<usize>(tap * shape.outChannels) << 2);
          for (let o = 0; o < shape.outChannels; o++) {
            const to = inputGradient + (<usize>(at * shape.inChannels + o / multiplier) << 2);
            store<f32>(to, load<f32>(to) + load<f32>(gradient + (<usize>o << 2)) * load<f32>(weights + (<usize>o << 2)));
          }
        }
      }
    }
  }
}

export function depthwiseMultiplierFilterGradient(
  geometry: usize,
  input: usize,
  outputGradient: usize,
  filterGradient: usize,
): void {
  const shape = changetype<Geometry>(geometry);
  const multiplier = shape.outChannels / shape.inChannels;
  const taps = shape.kernelHeight * shape.kernelWidth;
  memory.fill(filterGradient, 0, <usize>(taps * shape.outChannels) << 2);
  let gradient = outputGradient;
  for (let image = 0; image < shape.batch; image++) {
    for (let outY = 0; outY < shape.outHeight; outY++) {
      for (let outX = 0; outX < shape.outWidth; outX++, gradient += <usize>shape.outChannels << 2) {
        for (let tap = 0; tap < taps; tap++) {
          const at = inputPixel(shape, image, outY, outX, tap);
          if (at < 0) continue;
          const sums = filterGradient + (<usize>(tap * shape.outChannels) << 2);
          for (let o = 0; o < shape.outChannels; o++) {
            const to = sums + (<usize>o << 2);
            const x = load<f32>(input + (<usize>(at * shape.inChannels + o / multiplier) << 2));
            store<f32>(to, load<f32>(to) + x * load<f32>(gradient + (<usize>o << 2)));
          }
        }
      }
    }
  }
}

/** Index of the input pixel under a tap, or −1 outside the image. */
function inputPixel(shape: Geometry, image: i32, outY: i32, outX: i32, tap: i32): i32 {
  const tapY = tap / shape.kernelWidth;
  const inY = outY * shape.strideHeight + tapY * shape.dilationHeight - shape.padTop;
  const inX = outX * shape.strideWidth + (tap - tapY * shape.kernelWidth) * shape.dilationWidth - shape.padLeft;
  if (<u32>inY >= <u32>shape.inHeight || <u32>inX >= <u32>shape.inWidth) return -1;
  return (image * shape.inHeight + inY) * shape.inWidth + inX;
}
