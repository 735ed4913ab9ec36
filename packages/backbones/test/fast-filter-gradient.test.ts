import { conv2d, grad, randomNormal, square, sum, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { useBackend } from './backends.js';
import { useFastFilterGradient } from './fast-filter-gradient.js';

beforeAll(() => useBackend('cpu'));

it.each([
  { kernel: 1, stride: 1, pad: 'valid' },
  { kernel: 3, stride: 2, pad: 'valid' },
  { kernel: 3, stride: 1, pad: 'same' },
  { kernel: 5, stride: 2, pad: 'same' },
] as const)('is the stock gradient: kernel $kernel, stride $stride, $pad', ({ kernel, stride, pad }) => {
  tidy(() => {
    const x = randomNormal([2, 9, 8, 3], 0, 1, 'float32', 1) as Tensor4D;
    const filter = randomNormal([kernel, kernel, 3, 4], 0, 1, 'float32', 2) as Tensor4D;
    const gradient = () => grad((f) => sum(square(conv2d(x, f as Tensor4D, stride, pad))))(filter).dataSync();
    const stock = gradient();
    const restore = useFastFilterGradient();
    const fast = gradient();
    restore();
    expect(fast.length).toBe(stock.length);
    fast.forEach((value, index) => {
      expect(value).toBeCloseTo(stock[index] as number, 2);
    });
  });
});
