// Gradients of max and average pooling. Loop order: output pixels → tiles of 4 channels → the window's pixels.

import { Geometry } from './geometry';
import { loadFirst, storeFirst, zeros } from './simd';

/**
 * The gradient of each window goes to its first maximum in row order (as on tfjs' cpu backend). The maximum is read
 * from the forward output, so windows of negative values, infinities and zeros are all exact.
 */
export function maxPoolGradient(geometry: usize, input: usize, output: usize, outputGradient: usize, inputGradient: usize): void {
  const shape = changetype<Geometry>(geometry);
  const channels = shape.inChannels;
  const pixel = <usize>channels << 2;
  memory.fill(inputGradient, 0, <usize>(shape.batch * shape.inHeight * shape.inWidth) * pixel);
  for (let image = 0; image < shape.batch; image++) {
    for (let outY = 0; outY < shape.outHeight; outY++) {
      const y = outY * shape.strideHeight - shape.padTop;
      const firstY = max(y, 0);
      const endY = min(y + shape.kernelHeight, shape.inHeight);
      for (let outX = 0; outX < shape.outWidth; outX++, output += pixel, outputGradient += pixel) {
        const x = outX * shape.strideWidth - shape.padLeft;
        const firstX = max(x, 0);
        const endX = min(x + shape.kernelWidth, shape.inWidth);
        const whole = channels & ~3;
        for (let c = 0; c < whole; c += 4) {
          const at = <usize>c << 2;
          const maximum = v128.load(output + at);
          let gradient = v128.load(outputGradient + at);
          for (let inY = firstY; inY < endY; inY++) {
            let offset = <usize>((image * shape.inHeight + inY) * shape.inWidth + firstX) * pixel + at;
            for (let inX = firstX; inX < endX; inX++, offset += pixel) {
              const found = f32x4.eq(v128.load(input + offset), maximum);
              const to = inputGradient + offset;
              v128.store(to, f32x4.add(v128.load(to), v128.and(gradient, found)));
              gradient = v128.andnot(gradient, found);
            }
          }
        }
        if (whole < channels) {
          const left = channels - whole;
          const at = <usize>whole << 2;
          const maximum = loadFirst(output + at, left);
          let gradient = loadFirst(outputGradient + at, left);
          for (let inY = firstY; inY < endY; inY++) {
            let offset = <usize>((image * shape.inHeight + inY) * shape.inWidth + firstX) * pixel + at;
            for (let inX = firstX; inX < endX; inX++, offset += pixel) {
              const found = f32x4.eq(loadFirst(input + offset, left), maximum);
              const to = inputGradient + offset;
              storeFirst(to, f32x4.add(loadFirst(to, left), v128.and(gradient, found)), left);
              gradient = v128.andnot(gradient, found);
            }
          }
        }
      }
    }
  }
}

/** Each window spreads its gradient evenly over the pixels that were averaged: those inside the image. */
export function avgPoolGradient(geometry: usize, outputGradient: usize, inputGradient: usize): void {
  const shape = changetype<Geometry>(geometry);
  const channels = shape.inChannels;
  const pixel = <usize>channels << 2;
  memory.fill(inputGradient, 0, <usize>(shape.batch * shape.inHeight * shape.inWidth) * pixel);
  for (let image = 0; image < shape.batch; image++) {
    for (let outY = 0; outY < shape.outHeight; outY++) {
      const y = outY * shape.strideHeight - shape.padTop;
      const firstY = max(y, 0);
      const endY = min(y + shape.kernelHeight, shape.inHeight);
      for (let outX = 0; outX < shape.outWidth; outX++, outputGradient += pixel) {
        const x = outX * shape.strideWidth - shape.padLeft;
        const firstX = max(x, 0);
        const endX = min(x + shape.kernelWidth, shape.inWidth);
        const share = f32x4.splat(1 / <f32>((endY - firstY) * (endX - firstX)));
        for (let c = 0; c < channels; c += 4) {
          const left = channels - c;
          const at = <usize>c << 2;
          const gradient = f32x4.mul(loadFirst(outputGradient + at, left), share);
          for (let inY = firstY; inY < endY; inY++) {
            let to = inputGradient + <usize>((image * shape.inHeight + inY) * shape.inWidth + firstX) * pixel + at;
            for (let inX = firstX; inX < endX; inX++, to += pixel) storeFirst(to, f32x4.add(loadFirst(to, left), gradient), left);
          }
        }
      }
    }
  }
}
