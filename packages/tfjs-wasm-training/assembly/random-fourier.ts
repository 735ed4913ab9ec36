// Random Fourier features z = [cos p, sin p]·mask and their gradient: with products of matrices and blend-activation.ts they make up
// KAN's layer of that kind (src/kernels/random-fourier.ts). They are few, 2M a row; angles may be of any size.

import { cosine, sine } from './cosine';
import { loadFirst, multiplySubtract, storeFirst } from './simd';
import { wrapAngle } from './wrap-angle';

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
