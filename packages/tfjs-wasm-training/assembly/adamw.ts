// One AdamW step (Loshchilov & Hutter 2019, decoupled weight decay) for one parameter, in place and in one pass:
//   m ← β₁ m + (1−β₁) g;  v ← β₂ v + (1−β₂) g²;  p ← p·(1 − rate·decay) − rate·c₁·m / (√(v·c₂) + ε)
// with the bias corrections c₁ = 1/(1−β₁ᵗ) and c₂ = 1/(1−β₂ᵗ) computed by the caller.

import { loadFirst, multiplyAdd, storeFirst } from './simd';

export function adamW(
  parameter: usize,
  gradient: usize,
  first: usize,
  second: usize,
  size: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  decay: f32,
  correction1: f32,
  correction2: f32,
): void {
  const b1 = f32x4.splat(beta1);
  const b2 = f32x4.splat(beta2);
  const rest1 = f32x4.splat(1 - beta1);
  const rest2 = f32x4.splat(1 - beta2);
  const step = f32x4.splat(rate * correction1);
  const keep = f32x4.splat(1 - rate * decay);
  const tiny = f32x4.splat(epsilon);
  const scale = f32x4.splat(correction2);
  for (; size > 0; size -= 4, parameter += 16, gradient += 16, first += 16, second += 16) {
    const g = loadFirst(gradient, size);
    const m = multiplyAdd(f32x4.mul(rest1, g), b1, loadFirst(first, size));
    const v = multiplyAdd(f32x4.mul(rest2, f32x4.mul(g, g)), b2, loadFirst(second, size));
    storeFirst(first, m, size);
    storeFirst(second, v, size);
    const change = f32x4.div(f32x4.mul(step, m), f32x4.add(f32x4.sqrt(f32x4.mul(v, scale)), tiny));
    storeFirst(parameter, f32x4.sub(f32x4.mul(loadFirst(parameter, size), keep), change), size);
  }
}
