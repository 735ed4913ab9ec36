// Max pooling of volumes, its gradient, and average pooling's. Loop order: output pixels → tiles of 4 channels → the window.

import { loadFirst, storeFirst } from './simd';
import { Volume } from './volume';

/** The largest value of each window; NaN is passed over, as by tfjs' other backends. */
export function maxPool3d(volume: usize, input: usize, output: usize): void {
  const shape = changetype<Volume>(volume);
  const channels = shape.inChannels;
  const pixel = <usize>channels << 2;
  for (let b = 0; b < shape.batch; b++) {
    for (let d = 0; d < shape.outDepth; d++) {
      for (let h = 0; h < shape.outHeight; h++) {
        for (let w = 0; w < shape.outWidth; w++, output += pixel) {
          for (let c = 0; c < channels; c += 4) {
            const left = channels - c;
            storeFirst(output + (<usize>c << 2), maximum(shape, input, b, d, h, w, c, left), left);
          }
        }
      }
    }
  }
}

/** The gradient of each window goes to its first maximum in the order of the memory. */
export function maxPool3dGradient(volume: usize, input: usize, outputGradient: usize, inputGradient: usize): void {
  const shape = changetype<Volume>(volume);
  const channels = shape.inChannels;
  const pixel = <usize>channels << 2;
  memory.fill(inputGradient, 0, <usize>(shape.batch * shape.inDepth * shape.inHeight * shape.inWidth) * pixel);
  for (let b = 0; b < shape.batch; b++) {
    for (let d = 0; d < shape.outDepth; d++) {
      for (let h = 0; h < shape.outHeight; h++) {
        for (let w = 0; w < shape.outWidth; w++, outputGradient += pixel) {
          for (let c = 0; c < channels; c += 4) {
            const left = channels - c;
            const most = maximum(shape, input, b, d, h, w, c, left);
            let gradient = loadFirst(outputGradient + (<usize>c << 2), left);
            const startD = d * shape.strideDepth - shape.padFront;
            const startH = h * shape.strideHeight - shape.padTop;
            const startW = w * shape.strideWidth - shape.padLeft;
            for (let z = startD; z < startD + shape.kernelDepth * shape.dilationDepth; z += shape.dilationDepth) {
              if (<u32>z >= <u32>shape.inDepth) continue;
              for (let y = startH; y < startH + shape.kernelHeight * shape.dilationHeight; y += shape.dilationHeight) {
                if (<u32>y >= <u32>shape.inHeight) continue;
                for (let x = startW; x < startW + shape.kernelWidth * shape.dilationWidth; x += shape.dilationWidth) {
                  if (<u32>x >= <u32>shape.inWidth) continue;
                  const at = offset(shape, b, z, y, x) + (<usize>c << 2);
                  const value = loadFirst(input + at, left);
                  const found = f32x4.eq(value, most);
                  const to = inputGradient + at;
                  storeFirst(to, f32x4.add(loadFirst(to, left), v128.and(gradient, found)), left);
                  gradient = v128.andnot(gradient, found);
                }
              }
            }
          }
        }
      }
    }
  }
}

/** The mean of each window's pixels inside the volume; NaN for a window that lies outside. */
export function avgPool3d(volume: usize, input: usize, output: usize): void {
  const shape = changetype<Volume>(volume);
  const channels = shape.inChannels;
  const pixel = <usize>channels << 2;
  for (let b = 0; b < shape.batch; b++) {
    for (let d = 0; d < shape.outDepth; d++) {
      const startD = d * shape.strideDepth - shape.padFront;
      const countD = within(startD, shape.kernelDepth, shape.dilationDepth, shape.inDepth);
      for (let h = 0; h < shape.outHeight; h++) {
        const startH = h * shape.strideHeight - shape.padTop;
        const countH = within(startH, shape.kernelHeight, shape.dilationHeight, shape.inHeight);
        for (let w = 0; w < shape.outWidth; w++, output += pixel) {
          const startW = w * shape.strideWidth - shape.padLeft;
          const countW = within(startW, shape.kernelWidth, shape.dilationWidth, shape.inWidth);
          const count = f32x4.splat(<f32>(countD * countH * countW));
          for (let c = 0; c < channels; c += 4) {
            const left = channels - c;
            let sum = f32x4.splat(0);
            for (let z = startD; z < startD + shape.kernelDepth * shape.dilationDepth; z += shape.dilationDepth) {
              if (<u32>z >= <u32>shape.inDepth) continue;
              for (let y = startH; y < startH + shape.kernelHeight * shape.dilationHeight; y += shape.dilationHeight) {
                if (<u32>y >= <u32>shape.inHeight) continue;
                for (let x = startW; x < startW + shape.kernelWidth * shape.dilationWidth; x += shape.dilationWidth) {
                  if (<u32>x >= <u32>shape.inWidth) continue;
                  sum = f32x4.add(sum, loadFirst(input + offset(shape, b, z, y, x) + (<usize>c << 2), left));
                }
              }
            }
            storeFirst(output + (<usize>c << 2), f32x4.div(sum, count), left);
          }
        }
      }
    }
  }
}

/** Each window spreads its gradient evenly over the pixels that were averaged: those inside the volume. */
export function avgPool3dGradient(volume: usize, outputGradient: usize, inputGradient: usize): void {
  const shape = changetype<Volume>(volume);
  const channels = shape.inChannels;
  const pixel = <usize>channels << 2;
  memory.fill(inputGradient, 0, <usize>(shape.batch * shape.inDepth * shape.inHeight * shape.inWidth) * pixel);
  for (let b = 0; b < shape.batch; b++) {
    for (let d = 0; d < shape.outDepth; d++) {
      const startD = d * shape.strideDepth - shape.padFront;
      const countD = within(startD, shape.kernelDepth, shape.dilationDepth, shape.inDepth);
      for (let h = 0; h < shape.outHeight; h++) {
        const startH = h * shape.strideHeight - shape.padTop;
        const countH = within(startH, shape.kernelHeight, shape.dilationHeight, shape.inHeight);
        for (let w = 0; w < shape.outWidth; w++, outputGradient += pixel) {
          const startW = w * shape.strideWidth - shape.padLeft;
          const countW = within(startW, shape.kernelWidth, shape.dilationWidth, shape.inWidth);
          const share = f32x4.splat(1 / <f32>max(countD * countH * countW, 1));
          for (let c = 0; c < channels; c += 4) {
            const left = channels - c;
            const gradient = f32x4.mul(loadFirst(outputGradient + (<usize>c << 2), left), share);
            for (let z = startD; z < startD + shape.kernelDepth * shape.dilationDepth; z += shape.dilationDepth) {
              if (<u32>z >= <u32>shape.inDepth) continue;
              for (let y = startH; y < startH + shape.kernelHeight * shape.dilationHeight; y += shape.dilationHeight) {
                if (<u32>y >= <u32>shape.inHeight) continue;
                for (let x = startW; x < startW + shape.kernelWidth * shape.dilationWidth; x += shape.dilationWidth) {
                  if (<u32>x >= <u32>shape.inWidth) continue;
                  const to = inputGradient + offset(shape, b, z, y, x) + (<usize>c << 2);
                  storeFirst(to, f32x4.add(loadFirst(to, left), gradient), left);
                }
              }
            }
          }
        }
      }
    }
  }
}

/** The maximum over one window for up to four channels. */
function maximum(shape: Volume, input: usize, b: i32, d: i32, h: i32, w: i32, c: i32, left: i32): v128 {
  let most = f32x4.splat(-f32.MAX_VALUE);
  most = f32x4.sub(most, f32x4.splat(f32.MAX_VALUE)); // −∞
  const startD = d * shape.strideDepth - shape.padFront;
  const startH = h * shape.strideHeight - shape.padTop;
  const startW = w * shape.strideWidth - shape.padLeft;
  for (let z = startD; z < startD + shape.kernelDepth * shape.dilationDepth; z += shape.dilationDepth) {
    if (<u32>z >= <u32>shape.inDepth) continue;
    for (let y = startH; y < startH + shape.kernelHeight * shape.dilationHeight; y += shape.dilationHeight) {
      if (<u32>y >= <u32>shape.inHeight) continue;
      for (let x = startW; x < startW + shape.kernelWidth * shape.dilationWidth; x += shape.dilationWidth) {
        if (<u32>x >= <u32>shape.inWidth) continue;
        most = f32x4.pmax(most, loadFirst(input + offset(shape, b, z, y, x) + (<usize>c << 2), left));
      }
    }
  }
  return most;
}

/** Bytes from the beginning of the input to a pixel. */
// @ts-ignore: decorator
@inline
function offset(shape: Volume, b: i32, z: i32, y: i32, x: i32): usize {
  return <usize>(((b * shape.inDepth + z) * shape.inHeight + y) * shape.inWidth + x) * (<usize>shape.inChannels << 2);
}

/** How many of a window's steps along one axis lie within the input. */
// @ts-ignore: decorator
@inline
function within(start: i32, steps: i32, step: i32, size: i32): i32 {
  let count = 0;
  for (let i = 0; i < steps; i++) if (<u32>(start + i * step) < <u32>size) count++;
  return count;
}
