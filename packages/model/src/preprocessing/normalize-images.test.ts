import { describe, expect, it } from 'vitest';
import { normalizeImages } from './normalize-images.js';

describe('normalizeImages', () => {
  it('is (x / 255 − mean) / std per channel, in float32', () => {
    const images = Uint8Array.from({ length: 768 }, (_, i) => (i * 7) % 256);
    const one = normalizeImages(images, { mean: 0.485, std: 0.229 });
    const mean = [0.485, 0.456, 0.406] as const;
    const std = [0.229, 0.224, 0.225] as const;
    const three = normalizeImages(images, { mean, std });
    images.forEach((value, i) => {
      expect(one[i]).toBe(Math.fround((value / 255 - 0.485) / 0.229));
      expect(three[i]).toBe(Math.fround((value / 255 - mean[i % 3]) / std[i % 3]));
    });
  });

  it('refuses sizes that do not fit', () => {
    const options = { mean: 0, std: 1 };
    expect(() => normalizeImages(new Uint8Array(4), options)).toThrow('got 4 bytes');
    expect(() => normalizeImages(new Uint8Array(6), { ...options, out: new Float32Array(5) })).toThrow('5 places');
  });
});
