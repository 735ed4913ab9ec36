import { tensor1d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backends, useBackend } from '../test/backends.js';
import { cosAndSin } from './cos-and-sin.js';

describe.each(backends)('cosAndSin on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([
    [4, 5e-7],
    [100, 5e-7],
    [1e4, 1e-6],
  ])('equals Math.cos and Math.sin up to ±%d', (bound, tolerance) => {
    const angles = Float32Array.from({ length: 2001 }, (_, k) => bound * (k / 1000 - 1));
    const { cosine, sine } = cosAndSin(tensor1d(angles), true);
    const [c, s] = [cosine.dataSync(), sine!.dataSync()];
    angles.forEach((angle, k) => {
      expect(Math.abs(c[k]! - Math.cos(angle))).toBeLessThan(tolerance);
      expect(Math.abs(s[k]! - Math.sin(angle))).toBeLessThan(tolerance);
    });
  });

  it('is finite for every finite angle, and NaN for NaN', () => {
    const { cosine, sine } = cosAndSin(tensor1d([1e6, -1e9, 1e30, -3e38, Number.NaN]), true);
    for (const values of [cosine.dataSync(), sine!.dataSync()]) {
      for (const value of values.slice(0, 4)) expect(Math.abs(value)).toBeLessThanOrEqual(1.0001);
      expect(values[4]).toBeNaN();
    }
  });
});
