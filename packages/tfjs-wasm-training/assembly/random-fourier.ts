// The parts of KAN's random-feature Fourier layer that are no matrix products, y = (α·act(x) + β·(z·C + c))·V + v with
// z = [cos p, sin p]·mask and p = n·W + b: see src/kernels/random-fourier.ts for the whole.

import { cosine, sine } from './cosine';
import { bell, normalDistribution } from './gelu';
import { sigmoid } from './sigmoid';
import { loadFirst, multiplyAdd, multiplySubtract, storeFirst, zeros } from './simd';
import { addTotal } from './total';
import { wrapAngle } from './wrap-angle';

const SWISH: i32 = 1;
const LINEAR: i32 = 2;
/** 1/√(2π) */
const DENSITY: f32 = 0.3989422804014327;

/** z[row] = [cos p, sin p], times mask where there is one (0: none). */
export function waves(p: usize, mask: usize, z: usize, rows: i32, count: i32): void {
  const bytes = <usize>count << 2;
  for (let row = 0; row < rows; row++, p += bytes, z += bytes << 1) {
    for (let k = 0; k < count; k += 4) {
      const at = <usize>k << 2;
      const left = count - k;
      const angle = wrapAngle(loadFirst(p + at, left));
      let c = cosine(angle), s = sine(angle);
      if (mask) {
        c = f32x4.mul(c, loadFirst(mask + at, left));
        s = f32x4.mul(s, loadFirst(mask + bytes + at, left));
      }
      storeFirst(z + at, c, left);
      storeFirst(z + bytes + at, s, left);
    }
    if (mask) mask += bytes << 1;
  }
}

/** dp = factor · (dz of the sine · cos p − dz of the cosine · sin p), each dz times its mask. */
export function wavesGradient(p: usize, mask: usize, dz: usize, dp: usize, rows: i32, count: i32, factor: f32): void {
  const bytes = <usize>count << 2;
  for (let row = 0; row < rows; row++, p += bytes, dp += bytes, dz += bytes << 1) {
    for (let k = 0; k < count; k += 4) {
      const at = <usize>k << 2;
      const left = count - k;
      const angle = wrapAngle(loadFirst(p + at, left));
      let onCosine = loadFirst(dz + at, left), onSine = loadFirst(dz + bytes + at, left);
      if (mask) {
        onCosine = f32x4.mul(onCosine, loadFirst(mask + at, left));
        onSine = f32x4.mul(onSine, loadFirst(mask + bytes + at, left));
      }
      const step = multiplySubtract(f32x4.mul(onSine, cosine(angle)), onCosine, sine(angle));
      storeFirst(dp + at, f32x4.mul(step, f32x4.splat(factor)), left);
    }
    if (mask) mask += bytes << 1;
  }
}

/** r ← alpha·act(x) + beta·r, in place. */
export function blendActivation(x: usize, r: usize, alpha: f32, beta: f32, size: i32, form: i32): void {
  if (form == SWISH) blend(x, r, alpha, beta, size, SWISH);
  else if (form == LINEAR) blend(x, r, alpha, beta, size, LINEAR);
  else blend(x, r, alpha, beta, size, 0);
}

// @ts-ignore: decorator
@inline
function blend(x: usize, r: usize, alpha: f32, beta: f32, size: i32, form: i32): void {
  const whole = <usize>(size & ~3) << 2;
  for (let at: usize = 0; at < whole; at += 16) blendTile(x + at, r + at, alpha, beta, 4, form);
  if (size & 3) blendTile(x + whole, r + whole, alpha, beta, size & 3, form);
}

// @ts-ignore: decorator
@inline
function blendTile(x: usize, r: usize, alpha: f32, beta: f32, count: i32, form: i32): void {
  const v = loadFirst(x, count);
  let g = v;
  if (form == SWISH) g = f32x4.mul(v, sigmoid(v));
  else if (form != LINEAR) g = f32x4.mul(v, normalDistribution(v, bell(v)));
  const scaled = f32x4.mul(loadFirst(r, count), f32x4.splat(beta));
  storeFirst(r, multiplyAdd(scaled, g, f32x4.splat(alpha)), count);
}

/**
 * r ← u = alpha·act(x) + beta·r and dx ← dx + alpha·du·act′(x), in place; sums[0] = Σ du·act(x) and sums[1] = Σ du·r over all rows, row by
 * row in float32 and from row to row in double precision.
 */
export function blendActivationGradient(
  x: usize,
  r: usize,
  du: usize,
  dx: usize,
  sums: usize,
  alpha: f32,
  beta: f32,
  rows: i32,
  inputs: i32,
  form: i32,
): void {
  memory.fill(sums, 0, 16);
  const rowBytes = <usize>inputs << 2;
  for (let row = 0; row < rows; row++, x += rowBytes, r += rowBytes, du += rowBytes, dx += rowBytes) {
    if (form == SWISH) gradientRow(x, r, du, dx, sums, alpha, beta, inputs, SWISH);
    else if (form == LINEAR) gradientRow(x, r, du, dx, sums, alpha, beta, inputs, LINEAR);
    else gradientRow(x, r, du, dx, sums, alpha, beta, inputs, 0);
  }
}

// @ts-ignore: decorator
@inline
function gradientRow(
  x: usize,
  r: usize,
  du: usize,
  dx: usize,
  sums: usize,
  alpha: f32,
  beta: f32,
  inputs: i32,
  form: i32,
): void {
  const one = f32x4.splat(1);
  const factor = f32x4.splat(alpha);
  let onAlpha = zeros(), onBeta = zeros();
  for (let left = inputs; left > 0; left -= 4, x += 16, r += 16, du += 16, dx += 16) {
    const v = loadFirst(x, left);
    let g = v, slope = one;
    if (form == SWISH) {
      const s = sigmoid(v);
      g = f32x4.mul(v, s);
      // s + x·s·(1 − s): grouped so that a huge negative x meets an s of 0 first.
      slope = multiplyAdd(s, g, f32x4.sub(one, s));
    } else if (form != LINEAR) {
      const e = bell(v);
      const distribution = normalDistribution(v, e);
      g = f32x4.mul(v, distribution);
      slope = multiplyAdd(distribution, f32x4.mul(v, f32x4.splat(DENSITY)), e);
    }
    const received = loadFirst(du, left);
    const branch = loadFirst(r, left);
    onAlpha = multiplyAdd(onAlpha, received, g);
    onBeta = multiplyAdd(onBeta, received, branch);
    storeFirst(r, multiplyAdd(f32x4.mul(branch, f32x4.splat(beta)), g, factor), left);
    storeFirst(dx, multiplyAdd(loadFirst(dx, left), f32x4.mul(received, factor), slope), left);
  }
  addTotal(sums, onAlpha);
  addTotal(sums + 8, onBeta);
}
