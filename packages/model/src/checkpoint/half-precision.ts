const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/**
 * Numbers in half precision (IEEE 754 binary16): of two that are as near the even one, as hardware rounds. What lies beyond 65,504 becomes
 * infinite, what is nearer to 0 than 2⁻²⁵ becomes 0.
 *
 * `Float16Array` would do it, but Node.js has it from version 24 on only.
 *
 * @returns the halves' bits
 */
export function toHalf(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, halfBits);
}

/** The numbers of halves' bits, exactly. */
export function fromHalf(halves: Uint16Array): Float32Array {
  return Float32Array.from(halves, (half) => {
    const sign = half & 0x8000 ? -1 : 1;
    const exponent = (half >>> 10) & 31;
    const fraction = half & 1023;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
  });
}

function halfBits(value: number): number {
  single[0] = value;
  const all = bits[0];
  const sign = (all >>> 16) & 0x8000;
  const exponent = ((all >>> 23) & 255) - 112;
  const fraction = all & 0x7fffff;
  if (exponent === 143) return sign | (fraction === 0 ? 0x7c00 : 0x7e00);
  if (exponent > 30) return sign | 0x7c00;
  if (exponent < -10) return sign;
  // A half below 2⁻¹⁴ has no leading one of its own.
  const [whole, cut] = exponent > 0 ? [(exponent << 23) | fraction, 13] : [fraction | 0x800000, 14 - exponent];
  const half = whole >>> cut;
  const rest = whole & ((1 << cut) - 1);
  const middle = 1 << (cut - 1);
  // One more may carry into the exponent, as far as infinity: the next number of all.
  return sign | (rest > middle || (rest === middle && half & 1) ? half + 1 : half);
}
