import { add, mul, square, sub, type Tensor3D, tidy } from '@tensorflow/tfjs-core';
import { cosAndSin } from '../cos-and-sin.js';
import { expOfNegative } from '../exp-of-negative.js';

/** ψ(u) = 2/(√3·π^¼)·(u²−1)·e^(−u²/2), cos(5u)·e^(−u²/2) or −u·e^(−u²/2). */
export type WaveletType = 'mexicanHat' | 'morlet' | 'derivativeOfGaussian';
/** Names of the wavelets. */
export const waveletTypes: readonly WaveletType[] = ['mexicanHat', 'morlet', 'derivativeOfGaussian'];

const mexicanHatFactor = 2 / (Math.sqrt(3) * Math.PI ** 0.25);

/** A wavelet at every u. The factors are for the caller to apply where the numbers are few. */
export interface WaveletValues {
  /** ψ is `valueFactor · value`. */
  readonly value: Tensor3D;
  readonly valueFactor: number;
  /** ψ' is `slopeFactor · slope`; null unless asked for. */
  readonly slope: Tensor3D | null;
  readonly slopeFactor: number;
}

/**
 * ψ and ψ' elementwise. What a fused kernel of a backend could stand in for. Powers of u are built on u·e^(−u²/2), which is 0 before a power
 * could overflow, so that no huge u gives ∞·0. (tf.maximum, to bound u, takes 4 ns a number on WASM, as much as all of this;
 * clipByValue takes NaN for a bound.)
 */
export function wavelet(u: Tensor3D, type: WaveletType, withSlope: boolean): WaveletValues {
  const e = tidy(() => expOfNegative(mul(square(u), -0.5) as Tensor3D));
  if (type === 'morlet') {
    const { cosine, sine } = cosAndSin(mul(u, 5) as Tensor3D, withSlope);
    const value = mul(cosine, e) as Tensor3D;
    const slope = sine && add(mul(mul(sine, 5), e), mul(value, u));
    return { value, valueFactor: 1, slope: slope as Tensor3D | null, slopeFactor: -1 };
  }
  const first = mul(u, e) as Tensor3D;
  if (type === 'derivativeOfGaussian') {
    const slope = withSlope ? (sub(mul(first, u), e) as Tensor3D) : null;
    return { value: first, valueFactor: -1, slope, slopeFactor: 1 };
  }
  const second = mul(first, u) as Tensor3D;
  const slope = withSlope ? (sub(mul(first, 3), mul(second, u)) as Tensor3D) : null;
  return { value: sub(second, e), valueFactor: mexicanHatFactor, slope, slopeFactor: mexicanHatFactor };
}

/** The wavelet of one number, in double precision. */
export function waveletAt(u: number, type: WaveletType): number {
  // Where the square is infinite the exponential is 0, and so is the wavelet.
  const square = Math.min(u * u, 1e4);
  const e = Math.exp(-square / 2);
  switch (type) {
    case 'mexicanHat':
      return mexicanHatFactor * (square - 1) * e;
    case 'derivativeOfGaussian':
      return -u * e;
    case 'morlet':
      return Math.cos(5 * u) * e;
  }
}
