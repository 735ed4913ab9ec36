import { describe, expect, it } from 'vitest';
import { colorsByValue } from './colors-by-value.js';
import { perceptual } from './perceptual.js';

const decode = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** CIE lightness L* of a display-encoded colour: another model of the eye than the map's own. */
function cieLightness(color: readonly number[]): number {
  const [r, g, b] = color.map(decode) as [number, number, number];
  return 116 * Math.cbrt(0.2126 * r + 0.7152 * g + 0.0722 * b) - 16;
}

describe('perceptual', () => {
  const steps = Array.from({ length: 257 }, (_, k) => perceptual(k / 256));

  it('is made of colours that screens have', () => {
    for (const color of steps) for (const value of color) expect(value >= 0 && value <= 1).toBe(true);
  });

  it('grows lighter all the way, evenly by CIE lightness too', () => {
    const lightness = steps.map(cieLightness);
    const growth = lightness.slice(1).map((value, k) => value - lightness[k]!);
    const mean = (lightness.at(-1)! - lightness[0]!) / growth.length;
    expect(lightness.at(-1)! - lightness[0]!).toBeGreaterThan(60);
    for (const each of growth) expect(Math.abs(each / mean - 1)).toBeLessThan(0.35);
  });

  it('goes from violet over green to yellow', () => {
    const [dark, middle, light] = [perceptual(0), perceptual(0.6), perceptual(1)];
    expect(dark[2]).toBeGreaterThan(Math.max(dark[0]!, dark[1]!));
    expect(middle[1]).toBeGreaterThan(Math.max(middle[0]!, middle[2]!));
    expect(Math.min(light[0]!, light[1]!)).toBeGreaterThan(light[2]!);
    expect([perceptual(-1), perceptual(9)]).toEqual([dark, light]);
    expect(perceptual(Number.NaN)).toEqual([0.5, 0.5, 0.5]);
  });

  it('colours vertices in place of jet', () => {
    const colors = colorsByValue([0, 1], 0, 1, perceptual);
    const wanted = [0, 1].flatMap((t) => perceptual(t).map(decode));
    wanted.forEach((value, k) => {
      expect(colors[k]).toBeCloseTo(value, 5);
    });
  });
});
