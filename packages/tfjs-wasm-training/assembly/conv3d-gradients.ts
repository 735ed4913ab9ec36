// Both gradients of the 3-D convolution, for every stride, dilation and padding.
//
// Loop order: filter taps → images → output planes and rows → tiles of 4 × 4 channels (filter gradient) or 16 channels (input
// gradient) → output pixels of the row (filter gradient) or output channels (input gradient). Plain loops without a table of
// addresses: each row's pixels lie at a fixed distance, and which of them fall outside is known before the loop begins.
//
// Tried: the 2-D kernels slice by slice. They do not add to what is there, and a small volume has many slices of few pixels.

import { loadFirst, multiplyAdd, storeFirst, zeros } from './simd';
import { total } from './total';
import { endWithin, firstWithin, Volume } from './volume';

/** filterGradient[tap][c][d] = Σ input[pixel][c] · outputGradient[pixel][d]; sums are kept for a row, then added in memory. */
export function conv3dFilterGradient(volume: usize, input: usize, outputGradient: usize, filterGradient: usize): void {
  const shape = changetype<Volume>(volume);
  const inChannels = shape.inChannels;
  const outChannels = shape.outChannels;
  const tapBytes = (<usize>inChannels * <usize>outChannels) << 2;
  let tap = filterGradient;
  for (let kd = 0; kd < shape.kernelDepth; kd++) {
    const offsetD = kd * shape.dilationDepth - shape.padFront;
    const endD = endWithin(offsetD, shape.strideDepth, shape.inDepth, shape.outDepth);
    for (let kh = 0; kh < shape.kernelHeight; kh++) {
      const offsetH = kh * shape.dilationHeight - shape.padTop;
      const endH = endWithin(offsetH, shape.strideHeight, shape.inHeight, shape.outHeight);
      for (let kw = 0; kw < shape.kernelWidth; kw++, tap += tapBytes) {
        const offsetW = kw * shape.dilationWidth - shape.padLeft;
        const firstW = firstWithin(offsetW, shape.strideWidth);
        const endW = endWithin(offsetW, shape.strideWidth, shape.inWidth, shape.outWidth);
        memory.fill(tap, 0, tapBytes);
        for (let b = 0; b < shape.batch; b++) {
          for (let d = firstWithin(offsetD, shape.strideDepth); d < endD; d++) {
            const plane = b * shape.inDepth + d * shape.strideDepth + offsetD;
            for (let h = firstWithin(offsetH, shape.strideHeight); h < endH; h++) {
              const row = plane * shape.inHeight + h * shape.strideHeight + offsetH;
              const x = input + ((<usize>(row * shape.inWidth + firstW * shape.strideWidth + offsetW) * <usize>inChannels) << 2);
              const outRow = (b * shape.outDepth + d) * shape.outHeight + h;
              const dy = outputGradient + ((<usize>(outRow * shape.outWidth + firstW) * <usize>outChannels) << 2);
              addRow(x, dy, tap, endW - firstW, shape.strideWidth, inChannels, outChannels);
            }
          }
        }
      }
    }
  }
}

/** Adds one row of `count` pixels to a tap's gradient. */
function addRow(x: usize, dy: usize, to: usize, count: i32, stride: i32, inChannels: i32, outChannels: i32): void {
  const inStep = (<usize>stride * <usize>inChannels) << 2;
  const outStep = <usize>outChannels << 2;
  for (let c = 0; c < inChannels; c += 4, x += 16) {
    const rows = min(inChannels - c, 4);
    for (let d = 0; d < outChannels; d += 4) {
      const left = outChannels - d;
      let a0 = zeros(), a1 = zeros(), a2 = zeros(), a3 = zeros();
      let from = x;
      let gradient = dy + (<usize>d << 2);
      for (let i = 0; i < count; i++, from += inStep, gradient += outStep) {
        const values = loadFirst(from, rows);
        const g = loadFirst(gradient, left);
        a0 = multiplyAdd(a0, i32x4.shuffle(values, values, 0, 0, 0, 0), g);
        a1 = multiplyAdd(a1, i32x4.shuffle(values, values, 1, 1, 1, 1), g);
        a2 = multiplyAdd(a2, i32x4.shuffle(values, values, 2, 2, 2, 2), g);
        a3 = multiplyAdd(a3, i32x4.shuffle(values, values, 3, 3, 3, 3), g);
      }
      const at = to + ((<usize>c * <usize>outChannels + <usize>d) << 2);
      addFirst(at, a0, left);
      if (rows > 1) addFirst(at + outStep, a1, left);
      if (rows > 2) addFirst(at + 2 * outStep, a2, left);
      if (rows > 3) addFirst(at + 3 * outStep, a3, left);
    }
  }
}

// @ts-ignore: decorator
@inline
function addFirst(at: usize, value: v128, count: i32): void {
  storeFirst(at, f32x4.add(loadFirst(at, count), value), count);
}

/**
 * inputGradient[pixel][c] = Σ over taps and d: outputGradient[…][d] · filter[tap][c][d]. From four input channels on, `filter` is
 * transposed to [tap][d][c], so that tiles of input channels lie side by side.
 */
export function conv3dInputGradient(volume: usize, outputGradient: usize, filter: usize, inputGradient: usize): void {
  const shape = changetype<Volume>(volume);
  const inChannels = shape.inChannels;
  const outChannels = shape.outChannels;
  const inPixel = <usize>inChannels << 2;
  const outPixel = <usize>outChannels << 2;
  const tapBytes = (<usize>inChannels * <usize>outChannels) << 2;
  memory.fill(inputGradient, 0, <usize>(shape.batch * shape.inDepth * shape.inHeight * shape.inWidth) * inPixel);
  let tap = filter;
  for (let kd = 0; kd < shape.kernelDepth; kd++) {
    const offsetD = kd * shape.dilationDepth - shape.padFront;
    const endD = endWithin(offsetD, shape.strideDepth, shape.inDepth, shape.outDepth);
    for (let kh = 0; kh < shape.kernelHeight; kh++) {
      const offsetH = kh * shape.dilationHeight - shape.padTop;
      const endH = endWithin(offsetH, shape.strideHeight, shape.inHeight, shape.outHeight);
      for (let kw = 0; kw < shape.kernelWidth; kw++, tap += tapBytes) {
        const offsetW = kw * shape.dilationWidth - shape.padLeft;
        const firstW = firstWithin(offsetW, shape.strideWidth);
        const endW = endWithin(offsetW, shape.strideWidth, shape.inWidth, shape.outWidth);
        for (let b = 0; b < shape.batch; b++) {
          for (let d = firstWithin(offsetD, shape.strideDepth); d < endD; d++) {
            const plane = b * shape.inDepth + d * shape.strideDepth + offsetD;
            for (let h = firstWithin(offsetH, shape.strideHeight); h < endH; h++) {
              const row = plane * shape.inHeight + h * shape.strideHeight + offsetH;
              const outRow = (b * shape.outDepth + d) * shape.outHeight + h;
              let to = inputGradient + <usize>(row * shape.inWidth + firstW * shape.strideWidth + offsetW) * inPixel;
              let from = outputGradient + <usize>(outRow * shape.outWidth + firstW) * outPixel;
              for (let w = firstW; w < endW; w++, to += <usize>shape.strideWidth * inPixel, from += outPixel) {
                if (inChannels < 4) addNarrowPixel(from, tap, to, inChannels, outChannels);
                else addPixel(from, tap, to, inChannels, outChannels, inPixel);
              }
            }
          }
        }
      }
    }
  }
}

/** Fewer than four input channels: for each of them a product of two rows of output channels. */
function addNarrowPixel(from: usize, tap: usize, to: usize, inChannels: i32, outChannels: i32): void {
  for (let c = 0; c < inChannels; c++, to += 4) {
    let sum = zeros();
    for (let d = 0; d < outChannels; d += 4, tap += 16) {
      const left = outChannels - d;
      sum = multiplyAdd(sum, loadFirst(tap, left), loadFirst(from + (<usize>d << 2), left));
      if (left < 4) tap -= <usize>(4 - left) << 2;
    }
    store<f32>(to, load<f32>(to) + total(sum));
  }
}

/** Adds one output pixel's share, through one tap, to an input pixel. */
function addPixel(from: usize, tap: usize, to: usize, inChannels: i32, outChannels: i32, inPixel: usize): void {
  let left = inChannels;
  for (; left >= 16; left -= 16, tap += 64, to += 64) {
    let a0 = v128.load(to), a1 = v128.load(to, 16), a2 = v128.load(to, 32), a3 = v128.load(to, 48);
    let weights = tap;
    for (let d = 0; d < outChannels; d++, weights += inPixel) {
      const g = v128.load32_splat(from + (<usize>d << 2));
      a0 = multiplyAdd(a0, v128.load(weights), g);
      a1 = multiplyAdd(a1, v128.load(weights, 16), g);
      a2 = multiplyAdd(a2, v128.load(weights, 32), g);
      a3 = multiplyAdd(a3, v128.load(weights, 48), g);
    }
    v128.store(to, a0);
    v128.store(to, a1, 16);
    v128.store(to, a2, 32);
    v128.store(to, a3, 48);
  }
  for (; left > 0; left -= 4, tap += 16, to += 16) {
    let a = loadFirst(to, left);
    let weights = tap;
    for (let d = 0; d < outChannels; d++, weights += inPixel) {
      a = multiplyAdd(a, loadFirst(weights, left), v128.load32_splat(from + (<usize>d << 2)));
    }
    storeFirst(to, a, left);
  }
}
