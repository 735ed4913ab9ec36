import type { RgbImage } from '@kanrecon/render';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawShape } from '../draw-shape.js';
import { drawView } from '../draw-view.js';
import { renderView } from '../render-view.js';
import { sceneWith } from '../scene-with.js';
import { sceneByName } from '../scenes.js';
import { addNoise } from './add-noise.js';
import { blurImage } from './blur-image.js';
import { compressImage } from './compress-image.js';
import { drawOccluders } from './draw-occluders.js';

const study = sceneByName('study');

function picture(size: number): RgbImage {
  return renderView(study, drawShape(study, 1, 4), drawView(study, 1, 4, 0), { size }).image;
}
function copy({ width, height, data }: RgbImage): RgbImage {
  return { width, height, data: data.slice() };
}
function plain(size: number, value: number): RgbImage {
  return { width: size, height: size, data: new Uint8Array(3 * size * size).fill(value) };
}
function meanDifference(a: RgbImage, b: { data: ArrayLike<number> }): number {
  return a.data.reduce((sum, value, i) => sum + Math.abs(value - b.data[i]), 0) / a.data.length;
}

describe('addNoise', () => {
  it('has the standard deviation asked for, mean 0, and no relation between neighbours', () => {
    const image = plain(128, 128);
    addNoise(image, 6, 9);
    const values = [...image.data].map((value) => value - 128);
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
    expect(Math.abs(mean)).toBeLessThan(0.1);
    // Rounding to bytes adds 1/12.
    expect(Math.sqrt(variance - 1 / 12)).toBeCloseTo(6, 1);
    const kurtosis = values.reduce((sum, value) => sum + (value - mean) ** 4, 0) / n / variance ** 2;
    expect(kurtosis).toBeCloseTo(3 - 0.3, 1);
    const lagged = values.reduce((sum, value, i) => sum + value * (values[i + 1] ?? 0), 0) / n / variance;
    expect(Math.abs(lagged)).toBeLessThan(0.02);
  });

  it('hangs on its seed alone', () => {
    const [a, b, c] = [plain(16, 90), plain(16, 90), plain(16, 90)];
    addNoise(a, 4, 1);
    addNoise(b, 4, 1);
    addNoise(c, 4, 2);
    expect(a.data).toEqual(b.data);
    expect(a.data).not.toEqual(c.data);
  });
});

describe('blurImage', () => {
  it('spreads a point by the standard deviation asked for and keeps its light', () => {
    const image = plain(41, 0);
    image.data[3 * (20 * 41 + 20)] = 255;
    const sigma = 1.2;
    blurImage(image, sigma);
    let sum = 0;
    let moment = 0;
    for (let y = 0; y < 41; y++) {
      for (let x = 0; x < 41; x++) {
        const value = image.data[3 * (y * 41 + x)];
        sum += value;
        moment += value * (x - 20) ** 2;
      }
    }
    expect(sum / 255).toBeCloseTo(1, 1);
    expect(Math.sqrt(moment / sum)).toBeCloseTo(sigma, 1);
    expect(image.data[3 * (20 * 41 + 21)]).toBe(image.data[3 * (21 * 41 + 20)]);
  });

  it('leaves an even image as it is, to its edges, and agrees with sharp', async () => {
    const even = plain(20, 77);
    blurImage(even, 2);
    expect(new Set(even.data)).toEqual(new Set([77]));
    const image = picture(96);
    const { data } = await sharp(image.data, { raw: { width: 96, height: 96, channels: 3 } })
      .blur({ sigma: 1.5, precision: 'float', minAmplitude: 0.01 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const unblurred = copy(image);
    blurImage(image, 1.5);
    expect(meanDifference(image, { data })).toBeLessThan(0.6);
    expect(meanDifference(image, unblurred)).toBeGreaterThan(1.5);
  });
});

describe('compressImage', () => {
  it.each([95, 75, 50, 20, 5])('leaves what a JPEG of quality %i leaves', async (quality) => {
    const image = picture(100);
    const original = copy(image);
    const jpeg = await sharp(image.data, { raw: { width: 100, height: 100, channels: 3 } })
      .jpeg({ quality, chromaSubsampling: '4:2:0', mozjpeg: false, trellisQuantisation: false })
      .toBuffer();
    const { data } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
    compressImage(image, quality);
    const loss = meanDifference(original, { data });
    const difference = meanDifference(image, { data });
    expect(difference).toBeLessThan(Math.max(0.7, 0.35 * loss));
    expect(Math.abs(meanDifference(original, image) / loss - 1)).toBeLessThan(0.15);
  });
});

describe('drawOccluders', () => {
  it('covers a few per cent each, the same parts at every size', () => {
    const [small, large] = [plain(64, 0), plain(256, 0)];
    for (const image of [small, large]) drawOccluders(image, 3, 5);
    const covered = ({ data }: RgbImage) => data.filter((value) => value > 0).length / data.length;
    expect(covered(large)).toBeGreaterThan(0.003);
    expect(covered(large)).toBeLessThan(3 * 0.0577);
    const shrunk = plain(64, 0);
    for (let y = 0; y < 64; y++) {
      for (let x = 0; x < 64; x++) {
        for (let c = 0; c < 3; c++) {
          let sum = 0;
          for (let k = 0; k < 16; k++) sum += large.data[3 * ((4 * y + (k >> 2)) * 256 + 4 * x + (k & 3)) + c];
          shrunk.data[3 * (64 * y + x) + c] = sum / 16;
        }
      }
    }
    expect(meanDifference(small, shrunk)).toBeLessThan(0.6);
  });
});

describe('renderView with effects', () => {
  const scene = sceneWith(study, {
    effects: { noise: [4, 8], blur: [0.5, 1], jpeg: [40, 60], occluders: [1, 3] },
  });
  const shape = drawShape(scene, 1, 0);

  it('is repeatable, differs from view to view, and leaves the mask alone', () => {
    const view = drawView(scene, 1, 0, 0);
    const [a, b] = [0, 1].map(() => renderView(scene, shape, view, { size: 48 }));
    expect(a.image).toEqual(b.image);
    const clean = renderView(scene, shape, view, { size: 48, effects: false });
    expect(meanDifference(a.image, clean.image)).toBeGreaterThan(2);
    expect(a.coverage).toEqual(clean.coverage);
    const otherSeed = { ...view, effects: { ...view.effects, seed: view.effects.seed ^ 1 } };
    expect(renderView(scene, shape, otherSeed, { size: 48 }).image).not.toEqual(a.image);
  });
});
