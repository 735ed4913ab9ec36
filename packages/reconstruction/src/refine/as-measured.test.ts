import { sceneByName } from '@kanrecon/scene';
import { describe, expect, it } from 'vitest';
import { asMeasured, type FittedImage } from './as-measured.js';
import { imageBackdrop } from './backdrop.js';
import { withoutPixels } from './outliers.js';
import { robustLevels, squaredLevels } from './refine-levels.js';
import { targetLevels } from './target-levels.js';

const scene = sceneByName('observable');
const size = 48;

/** A dark square before a background, and what a fit of it was made on. */
function fit(behind: (x: number) => number, levels = squaredLevels): FittedImage {
  const object = (pixel: number) =>
    Math.max(Math.abs((pixel % size) - 24), Math.abs(Math.floor(pixel / size) - 24)) < 10;
  const bytes = Array.from({ length: size * size }, (_, pixel) => (object(pixel) ? 60 : behind(pixel % size)));
  const target = { width: size, height: size, data: Uint8Array.from(bytes.flatMap((byte) => [byte, byte, byte])) };
  const level = targetLevels(target, levels, 0).at(-1)!;
  const coverage = Uint8Array.from(bytes, (_, pixel) => (object(pixel) ? 255 : 0));
  return { target, backdrop: imageBackdrop(target), noise: 0, level, coverage };
}

const clean = fit(() => 197);
/** The fit with so many pixels in the object's middle left out, and those around them. */
function without(pixels: number): FittedImage {
  const left = new Uint8Array(size * size).fill(0);
  for (let i = 0; i < pixels; i++) left[24 * size + 24 + i] = 1;
  return { ...clean, level: withoutPixels(clean.level, left) };
}

describe('asMeasured', () => {
  it('is true of a clean rendering that was fitted whole', () => {
    expect(asMeasured(clean, scene)).toBe(true);
    expect(asMeasured({ ...clean, noise: 0.5 }, scene)).toBe(true);
    expect(asMeasured(without(0), scene)).toBe(true);
  });

  it.each([1, 30])('is false where outliers were left out: %i pixels', (pixels) => {
    expect(asMeasured(without(pixels), scene)).toBe(false);
  });

  it('is false of noise, of a loss that outliers do not bend, and before another background', () => {
    const { level } = clean;
    expect(asMeasured({ ...clean, noise: 1 }, scene)).toBe(false);
    expect(asMeasured({ ...clean, level: { ...level, noise: new Float32Array(3) } }, scene)).toBe(false);
    expect(
      asMeasured(
        fit(() => 197, robustLevels),
        scene,
      ),
    ).toBe(false);
    expect(
      asMeasured(
        fit(() => 150),
        scene,
      ),
    ).toBe(false);
    expect(
      asMeasured(
        fit((x) => 180 + x),
        scene,
      ),
    ).toBe(false);
    expect(
      asMeasured(
        fit(() => 150),
        { ...scene, background: [100, 200] },
      ),
    ).toBe(true);
  });
});
