import { shrinkImage } from '@kanrecon/render';
import { describe, expect, it } from 'vitest';
import { observable, refineCase } from '../../test/refine-cases.js';
import { softenImage } from './soften-image.js';
import { targetLevels } from './target-levels.js';

const { image } = refineCase(observable, 1, 48);
const rest = { outlier: 9, step: 0.5, central: true, iterations: 3, gain: 0 };

describe('targetLevels', () => {
  it('are the image smaller and blurred, as renderings will be', () => {
    const [half, whole] = targetLevels(image, [
      { share: 0.5, blur: 2, ...rest },
      { share: 1, blur: 0, ...rest },
    ]);
    expect(half!.size).toBe(24);
    const small = Float32Array.from(shrinkImage(image, 24).data);
    expect(half!.target).toEqual(softenImage(small, 24, 2, new Float32Array(small.length)));
    expect(whole!.target).toEqual(Float32Array.from(image.data));
    expect(whole).toMatchObject(rest);
  });

  it('trust a smooth pixel to its rounding and one on an edge less, by the contrast around it', () => {
    const [size, edge] = [32, 16];
    const data = Uint8Array.from({ length: 3 * size * size }, (_, i) => (Math.floor(i / 3) % size < edge ? 50 : 150));
    const { weights } = targetLevels({ width: size, height: size, data }, [{ share: 1, blur: 0, ...rest }])[0]!;
    const at = (x: number) => weights[3 * (5 * size + x)];
    expect(at(3)).toBeCloseTo(1 / 0.25, 5);
    expect(at(edge - 1)).toBeCloseTo(1 / (0.25 + 2 ** 2), 5);
    expect(at(edge)).toBeCloseTo(1 / (0.25 + 2 ** 2), 5);
    expect(at(edge + 1)).toBeCloseTo(1 / 0.25, 5);
  });

  it('trust a noisy image less, a blurred level of it more', () => {
    const data = image.data.map((value, i) => Math.min(255, Math.max(0, value + ((i * 7919) % 31) - 15)));
    const mean = (weights: Float32Array) => weights.reduce((sum, value) => sum + value, 0) / weights.length;
    const levels = (own: typeof image) =>
      targetLevels(own, [
        { share: 1, blur: 0, ...rest },
        { share: 1, blur: 2, ...rest },
      ]).map(({ weights }) => mean(weights));
    const [clean, noisy] = [levels(image), levels({ ...image, data })];
    expect(noisy[0]).toBeLessThan(0.1 * clean[0]!);
    expect(noisy[1]).toBeGreaterThan(5 * noisy[0]!);
  });
});
