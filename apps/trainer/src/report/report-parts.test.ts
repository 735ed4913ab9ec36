import { spiralCylinder, tessellate } from '@kanrecon/geometry';
import { cameraRotation, jet } from '@kanrecon/render';
import { describe, expect, it } from 'vitest';
import { cssGradient, heat, toLinear } from './color-maps.js';
import { differenceImage } from './difference-image.js';
import { headlightColors } from './headlight-colors.js';

describe('colour maps', () => {
  it('jet goes from dark blue over green to dark red', () => {
    expect(jet(0)).toEqual([0, 0, 0.5]);
    expect(jet(0.5)).toEqual([0.5, 1, 0.5]);
    expect(jet(1)).toEqual([0.5, 0, 0]);
    expect(jet(7)).toEqual(jet(1));
  });

  it('heat goes from black to white and never darkens', () => {
    const sums = Array.from({ length: 21 }, (_, i) => heat(i / 20).reduce((sum, value) => sum + value, 0));
    expect(sums[0]).toBe(0);
    expect(sums[20]).toBe(3);
    for (let i = 1; i < sums.length; i++) expect(sums[i]!).toBeGreaterThanOrEqual(sums[i - 1]!);
    expect(cssGradient(heat, 2)).toMatch(/^linear-gradient\(to right, rgb\(0 0 0\), .*rgb\(255 255 255\)\)$/);
  });

  it('toLinear undoes sRGB', () => {
    expect(toLinear(1)).toBeCloseTo(1, 12);
    expect(toLinear(0.5)).toBeCloseTo(0.214, 4);
  });
});

describe('headlightColors', () => {
  it('is bright where the surface faces the camera and darker at the rim', () => {
    const shape = { radius: 1, height: 2, twist_amp: 0, twist_freq: 2, wave_amp: 0, wave_freq: 3 };
    const mesh = tessellate(spiralCylinder, shape, { uSteps: 4, vSteps: 2 });
    const rotation = cameraRotation({ x: Math.PI / 2, y: 0, z: 0 }); // looks along +y
    const colors = headlightColors(mesh, [1, 0.5, 0], { location: [0, -9, 1], rotation, tanHalfFov: 0.36 });
    const red = (u: number) => colors[3 * (3 * u + 1)]!; // in the middle of the height
    expect(red(1)).toBeCloseTo(1, 3); // u = 90°: the normal is ±y
    expect(red(0)).toBeCloseTo(toLinear(0.45), 3); // u = 0°: seen from the side
    expect(colors[3 * 4 + 2]).toBe(0);
  });
});

describe('differenceImage', () => {
  it('is grey where images agree, hot where not, and tells the mean', () => {
    const image = (r: number) => ({ width: 2, height: 1, data: Uint8Array.from([50, 60, 70, r, 0, 0]) });
    const { image: shown, meanDifference } = differenceImage(image(0), image(90));
    expect([...shown.data.subarray(0, 3)]).toEqual([60, 60, 60]);
    expect(shown.data[3]!).toBeGreaterThan(150);
    expect(meanDifference).toBeCloseTo(15, 6);
  });
});
