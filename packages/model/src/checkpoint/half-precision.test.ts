import '@tensorflow/tfjs-backend-cpu';
import { io } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fromHalf, toHalf } from './half-precision.js';

const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
const isNumber = (half: number) => (half & 0x7fff) <= 0x7c00;

describe('halves', () => {
  it('are the numbers that TensorFlow.js reads of them, all 65,536', () => {
    const spec = [
      { name: 'x', shape: [65536], dtype: 'float32' as const, quantization: { dtype: 'float16' as const } },
    ];
    const { x } = io.decodeWeights(all.buffer, spec);
    expect(fromHalf(all)).toEqual(x.dataSync());
    x.dispose();
  });

  it('survive the way there and back, bit for bit', () => {
    expect(toHalf(fromHalf(all)).filter((half, bits) => half !== bits && isNumber(bits))).toHaveLength(0);
    expect(fromHalf(toHalf(Float32Array.of(Number.NaN)))[0]).toBeNaN();
  });

  it('are the nearest, and the even one of two', () => {
    const positive = all.filter((half) => half < 0x7c00);
    const numbers = fromHalf(positive);
    const middles = Float32Array.from(numbers.subarray(1), (value, i) => (value + numbers[i]) / 2);
    const even = positive.subarray(1).map((half) => half & ~1);
    // The even one of i and i + 1.
    expect(toHalf(middles)).toEqual(even.map((half, i) => (i % 2 === 0 ? i : half)));
    const below = middles.map((value, i) => value - (value - numbers[i]) * 2 ** -10);
    expect(toHalf(below)).toEqual(positive.subarray(0, -1));
    const above = middles.map((value, i) => value + (value - numbers[i]) * 2 ** -10);
    expect(toHalf(above)).toEqual(positive.subarray(1));
  });

  it('end at 65,504', () => {
    expect(fromHalf(toHalf(Float32Array.of(65504, 65519, 65520, -1e9, 2 ** -25, 2 ** -24)))).toEqual(
      Float32Array.of(65504, 65504, Infinity, -Infinity, 0, 2 ** -24),
    );
  });
});
