// Pooling of volumes (images are volumes of one slice) and its gradients. Loop order: runs of windows that have one list of pixels
// (pool-window.ts) → windows → tiles of 4 channels → the list. Three loops around each tile instead, each pixel's place reckoned anew,
// took three to seven times as long for the maximum and twice for its gradient (16 channels); stock XNNPACK, from a table of pointers,
// 1.2 to 1.6 times for 2 × 2 and 3 × 3 maxima, but two thirds for one window over a whole image (7 × 7 × 512).

import { beforeWindows, listOf, nextWindows, PoolWindow, windowStep } from './pool-window';
import { loadFirst, storeFirst } from './simd';
import { Volume } from './volume';

/**
 * The largest value of each window. NaN is passed over, as by tfjs' cpu backend: pmax(a, b) is b if a < b, else a. A window of nothing
 * else gives −∞.
 */
export function maxPool3d(volume: usize, input: usize, output: usize, window: usize): void {
  const shape = changetype<Volume>(volume);
  const at = changetype<PoolWindow>(window);
  const channels = shape.inChannels;
  const first = listOf(window);
  const step = windowStep(shape);
  beforeWindows(shape, at);
  while (nextWindows(shape, at)) {
    const end = at.end;
    let start = at.start;
    for (let windows = at.run; windows > 0; windows--, start += step) {
      let from = input + start;
      let c = channels;
      // pmax waits for the one before: four at a time.
      for (; c >= 16; c -= 16, from += 64, output += 64) {
        let most0 = lowest();
        let most1 = most0;
        let most2 = most0;
        let most3 = most0;
        for (let tap = first; tap < end; tap += 4) {
          const pixel = from + load<u32>(tap);
          most0 = f32x4.pmax(most0, v128.load(pixel));
          most1 = f32x4.pmax(most1, v128.load(pixel, 16));
          most2 = f32x4.pmax(most2, v128.load(pixel, 32));
          most3 = f32x4.pmax(most3, v128.load(pixel, 48));
        }
        v128.store(output, most0);
        v128.store(output, most1, 16);
        v128.store(output, most2, 32);
        v128.store(output, most3, 48);
      }
      for (; c >= 4; c -= 4, from += 16, output += 16) v128.store(output, maximum(from, first, end, 4));
      if (c === 0) continue;
      storeFirst(output, maximum(from, first, end, c), c);
      output += <usize>c << 2;
    }
  }
}

/** The gradient of each window goes to its first maximum in the order of the memory. */
export function maxPool3dGradient(volume: usize, input: usize, outputGradient: usize, inputGradient: usize, window: usize): void {
  const shape = changetype<Volume>(volume);
  const at = changetype<PoolWindow>(window);
  const channels = shape.inChannels;
  const first = listOf(window);
  const step = windowStep(shape);
  memory.fill(inputGradient, 0, inputBytes(shape));
  beforeWindows(shape, at);
  while (nextWindows(shape, at)) {
    const end = at.end;
    let start = at.start;
    for (let windows = at.run; windows > 0; windows--, start += step) {
      for (let c = 0; c < channels; c += 4) {
        const left = min(channels - c, 4);
        const tile = start + (<usize>c << 2);
        const most = maximum(input + tile, first, end, left);
        let gradient = loadFirst(outputGradient, left);
        for (let tap = first; tap < end; tap += 4) {
          const offset = tile + load<u32>(tap);
          const found = f32x4.eq(loadFirst(input + offset, left), most);
          const to = inputGradient + offset;
          storeFirst(to, f32x4.add(loadFirst(to, left), v128.and(gradient, found)), left);
          gradient = v128.andnot(gradient, found);
        }
        outputGradient += <usize>left << 2;
      }
    }
  }
}

/** The mean of each window's pixels inside the volume; NaN for a window that lies outside. */
export function avgPool3d(volume: usize, input: usize, output: usize, window: usize): void {
  const shape = changetype<Volume>(volume);
  const at = changetype<PoolWindow>(window);
  const channels = shape.inChannels;
  const first = listOf(window);
  const step = windowStep(shape);
  beforeWindows(shape, at);
  while (nextWindows(shape, at)) {
    const end = at.end;
    const count = f32x4.splat(<f32>((end - first) >> 2));
    let start = at.start;
    for (let windows = at.run; windows > 0; windows--, start += step) {
      for (let c = 0; c < channels; c += 4) {
        const left = min(channels - c, 4);
        const from = input + start + (<usize>c << 2);
        let sum = f32x4.splat(0);
        for (let tap = first; tap < end; tap += 4) sum = f32x4.add(sum, loadFirst(from + load<u32>(tap), left));
        storeFirst(output, f32x4.div(sum, count), left);
        output += <usize>left << 2;
      }
    }
  }
}

/** Each window spreads its gradient evenly over the pixels that were averaged: those inside the volume. */
export function avgPool3dGradient(volume: usize, outputGradient: usize, inputGradient: usize, window: usize): void {
  const shape = changetype<Volume>(volume);
  const at = changetype<PoolWindow>(window);
  const channels = shape.inChannels;
  const first = listOf(window);
  const step = windowStep(shape);
  memory.fill(inputGradient, 0, inputBytes(shape));
  beforeWindows(shape, at);
  while (nextWindows(shape, at)) {
    const end = at.end;
    const share = f32x4.splat(1 / <f32>max((end - first) >> 2, 1));
    let start = at.start;
    for (let windows = at.run; windows > 0; windows--, start += step) {
      for (let c = 0; c < channels; c += 4) {
        const left = min(channels - c, 4);
        const gradient = f32x4.mul(loadFirst(outputGradient, left), share);
        const tile = inputGradient + start + (<usize>c << 2);
        for (let tap = first; tap < end; tap += 4) {
          const to = tile + load<u32>(tap);
          storeFirst(to, f32x4.add(loadFirst(to, left), gradient), left);
        }
        outputGradient += <usize>left << 2;
      }
    }
  }
}

/** The maximum over one window for the first `left` (1 to 4) channels from `from` on. */
// @ts-ignore: decorator
@inline
function maximum(from: usize, first: usize, end: usize, left: i32): v128 {
  let most = lowest();
  for (let tap = first; tap < end; tap += 4) most = f32x4.pmax(most, loadFirst(from + load<u32>(tap), left));
  return most;
}

// @ts-ignore: decorator
@inline
function lowest(): v128 {
  return f32x4.splat(<f32>-Infinity);
}

// @ts-ignore: decorator
@inline
function inputBytes(shape: Volume): usize {
  return <usize>(shape.batch * shape.inDepth * shape.inHeight * shape.inWidth * shape.inChannels) << 2;
}
