// The two transforms from pixels to positions, four channels a vector:
//   transformWindow    6 × 6 input pixels d → Bᵀ d B, for the forward pass and both gradients;
//   transformGradient  4 × 4 output gradients g → A g Aᵀ, for the filter gradient.
// Each is one-dimensional twice: columns into `temporary` (36 vectors, first-level cache), then rows to their places.
// 36 vectors do not fit into 15 registers, so one pass without `temporary` would spill as much.

import { multiplyAdd, multiplySubtract } from './simd';
import { FAR, NEAR, WINDOW } from './winograd-tiles';

/**
 * Channels 8p … 8p + 7 of position q go to `to + q · positionBytes + p · panelBytes`, so the caller chooses between whole
 * pixels one after the other (panelBytes 32) and panels of 8 channels.
 */
export function transformWindow(
  pointers: usize,
  channels: i32,
  to: usize,
  positionBytes: usize,
  panelBytes: usize,
  temporary: usize,
): void {
  const near = f32x4.splat(NEAR), far = f32x4.splat(FAR);
  const near2 = f32x4.splat(NEAR * NEAR), far2 = f32x4.splat(FAR * FAR);
  const sum = f32x4.splat(NEAR * NEAR + FAR * FAR), product = f32x4.splat(NEAR * NEAR * FAR * FAR);
  const lineBytes = positionBytes * WINDOW;
  for (let c = 0; c < channels; c += 4) {
    const offset = <usize>c << 2;
    for (let column = 0; column < 24; column += 4) {
      const at = pointers + column;
      windowLine(
        v128.load(<usize>load<u32>(at) + offset),
        v128.load(<usize>load<u32>(at, 24) + offset),
        v128.load(<usize>load<u32>(at, 48) + offset),
        v128.load(<usize>load<u32>(at, 72) + offset),
        v128.load(<usize>load<u32>(at, 96) + offset),
        v128.load(<usize>load<u32>(at, 120) + offset),
        temporary + (<usize>column << 2), 96, near, far, near2, far2, sum, product,
      );
    }
    let line = to + <usize>(c >> 3) * panelBytes + (<usize>(c & 4) << 2);
    const end = temporary + 576;
    for (let row = temporary; row < end; row += 96, line += lineBytes) {
      windowLine(
        v128.load(row), v128.load(row, 16), v128.load(row, 32), v128.load(row, 48), v128.load(row, 64), v128.load(row, 80),
        line, positionBytes, near, far, near2, far2, sum, product,
      );
    }
  }
}

/** Bᵀ d for six vectors. */
// @ts-ignore: decorator
@inline
function windowLine(
  d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128,
  to: usize, step: usize,
  near: v128, far: v128, near2: v128, far2: v128, sum: v128, product: v128,
): void {
  v128.store(to, multiplyAdd(multiplySubtract(d4, sum, d2), product, d0));
  let even = multiplySubtract(d4, far2, d2);
  let odd = multiplySubtract(d3, far2, d1);
  let at = to + step;
  v128.store(at, multiplyAdd(even, near, odd));
  at += step;
  v128.store(at, multiplySubtract(even, near, odd));
  even = multiplySubtract(d4, near2, d2);
  odd = multiplySubtract(d3, near2, d1);
  at += step;
  v128.store(at, multiplyAdd(even, far, odd));
  at += step;
  v128.store(at, multiplySubtract(even, far, odd));
  at += step;
  v128.store(at, multiplyAdd(multiplySubtract(d5, sum, d3), product, d1));
}

/** As {@link transformWindow}, from 16 pointers. */
export function transformGradient(
  pointers: usize,
  channels: i32,
  to: usize,
  positionBytes: usize,
  panelBytes: usize,
  temporary: usize,
): void {
  const near = f32x4.splat(NEAR), far = f32x4.splat(FAR);
  const near2 = f32x4.splat(NEAR * NEAR), far2 = f32x4.splat(FAR * FAR);
  const lineBytes = positionBytes * WINDOW;
  for (let c = 0; c < channels; c += 4) {
    const offset = <usize>c << 2;
    for (let column = 0; column < 16; column += 4) {
      const at = pointers + column;
      gradientLine(
        v128.load(<usize>load<u32>(at) + offset),
        v128.load(<usize>load<u32>(at, 16) + offset),
        v128.load(<usize>load<u32>(at, 32) + offset),
        v128.load(<usize>load<u32>(at, 48) + offset),
        temporary + (<usize>column << 2), 64, near, far, near2, far2,
      );
    }
    let line = to + <usize>(c >> 3) * panelBytes + (<usize>(c & 4) << 2);
    const end = temporary + 384;
    for (let row = temporary; row < end; row += 64, line += lineBytes) {
      gradientLine(
        v128.load(row), v128.load(row, 16), v128.load(row, 32), v128.load(row, 48),
        line, positionBytes, near, far, near2, far2,
      );
    }
  }
}

/** A g for four vectors. */
// @ts-ignore: decorator
@inline
function gradientLine(
  g0: v128, g1: v128, g2: v128, g3: v128,
  to: usize, step: usize,
  near: v128, far: v128, near2: v128, far2: v128,
): void {
  v128.store(to, g0);
  let even = multiplyAdd(g0, near2, g2);
  let odd = multiplyAdd(g1, near2, g3);
  let at = to + step;
  v128.store(at, multiplyAdd(even, near, odd));
  at += step;
  v128.store(at, multiplySubtract(even, near, odd));
  even = multiplyAdd(g0, far2, g2);
  odd = multiplyAdd(g1, far2, g3);
  at += step;
  v128.store(at, multiplyAdd(even, far, odd));
  at += step;
  v128.store(at, multiplySubtract(even, far, odd));
  at += step;
  v128.store(at, g3);
}
