// Activations in place, over rows that were computed just before: what does not go into the register tile of a product (relu and relu6
// do, see gemm-tile.ts), and what is behind a depthwise convolution. One loop for each, as in norm-activation.ts.

import { clip, RELU, RELU6 } from './gemm-tile';
import { sigmoid } from './sigmoid';
import { loadFirst, storeFirst } from './simd';

/** More bits of the `flags` argument, beside those of gemm-tile.ts. Must equal INFERENCE_FLAGS in src/run-conv2d.ts. */
const SWISH: i32 = 8;
const SIGMOID: i32 = 16;
const HARD_SWISH: i32 = 32;
const HARD_SIGMOID: i32 = 64;
/** Those that the register tile does not know. */
export const LATE: i32 = SWISH | SIGMOID | HARD_SWISH | HARD_SIGMOID;

/** Rows of `channels` floats, `rowBytes` apart. No flag: nothing happens. */
export function activateRows(at: usize, rowBytes: usize, rows: i32, channels: i32, flags: i32): void {
  if (flags & SWISH) loop(at, rowBytes, rows, channels, SWISH);
  else if (flags & SIGMOID) loop(at, rowBytes, rows, channels, SIGMOID);
  else if (flags & HARD_SWISH) loop(at, rowBytes, rows, channels, HARD_SWISH);
  else if (flags & HARD_SIGMOID) loop(at, rowBytes, rows, channels, HARD_SIGMOID);
  else if (flags & RELU6) loop(at, rowBytes, rows, channels, RELU6);
  else if (flags & RELU) loop(at, rowBytes, rows, channels, RELU);
}

// @ts-ignore: decorator
@inline
function loop(at: usize, rowBytes: usize, rows: i32, channels: i32, form: i32): void {
  const whole = <usize>(channels & ~3) << 2;
  const left = channels & 3;
  for (let row = 0; row < rows; row++, at += rowBytes) {
    let to = at;
    for (const end = at + whole; to != end; to += 16) v128.store(to, activate(v128.load(to), form));
    if (left > 0) storeFirst(to, activate(loadFirst(to, left), form), left);
  }
}

// @ts-ignore: decorator
@inline
function activate(x: v128, form: i32): v128 {
  if (form == SWISH) return f32x4.mul(x, sigmoid(x));
  if (form == SIGMOID) return sigmoid(x);
  if (form == HARD_SWISH) return f32x4.mul(x, hardSigmoid(x));
  if (form == HARD_SIGMOID) return hardSigmoid(x);
  return clip(x, form);
}

/** torch's: min(max(x + 3, 0), 6) / 6. */
// @ts-ignore: decorator
@inline
function hardSigmoid(x: v128): v128 {
  return f32x4.mul(clip(f32x4.add(x, f32x4.splat(3)), RELU6), f32x4.splat(1 / 6));
}
