import { colorsByValue } from '@kanrecon/render';
import { describe, expect, it } from 'vitest';
import { colorOfHex, hexOfColor } from './hex-color.js';

describe('colorOfHex', () => {
  it('is the renderer’s own reading of sRGB', () => {
    for (const [hex, red, green, blue] of [
      ['#000000', 0, 0, 0],
      ['#0a8033', 10, 128, 51],
      ['#fffefd', 255, 254, 253],
    ] as const) {
      const linear = colorsByValue([0], 0, 1, () => [red / 255, green / 255, blue / 255]);
      for (const [c, value] of colorOfHex(hex).entries()) expect(value).toBeCloseTo(linear[c]!, 6);
    }
    expect(colorOfHex('#808080')[0]).toBeCloseTo(0.21586, 5);
  });

  it('comes back as it was', () => {
    for (let byte = 0; byte < 256; byte++) {
      const hex = `#${[byte, 255 - byte, (7 * byte) % 256].map((one) => one.toString(16).padStart(2, '0')).join('')}`;
      expect(hexOfColor(colorOfHex(hex))).toBe(hex);
    }
  });
});
