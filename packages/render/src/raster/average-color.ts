import type { PointShader } from './point-shader.js';
import type { VisibilityBuffer } from './rasterize.js';

/** Two colours are one if they differ by less than this in every channel. */
const sameColor = 1e-3;

/**
 * Sets the mean colour of a pixel's samples as the shader's base colour: light changes little within a pixel, a pattern's edge
 * much. Where the first and last sample of the first and last row agree, the others are not looked at.
 */
export function averageColor(
  buffer: VisibilityBuffer,
  shader: PointShader,
  left: number,
  top: number,
  samples: number,
): true {
  const { columns, tag, sampleAt } = buffer;
  let red = 0;
  let green = 0;
  let blue = 0;
  let count = 0;
  for (const step of samples > 2 ? [samples - 1, 1] : [1]) {
    red = 0;
    green = 0;
    blue = 0;
    count = 0;
    let least = Number.POSITIVE_INFINITY;
    let greatest = Number.NEGATIVE_INFINITY;
    for (let row = top; row < top + samples; row += step) {
      for (let x = left; x < left + samples; x += step) {
        const mark = tag[row * columns + x];
        if (mark < 0) continue;
        const color = shader.colorAt(x + sampleAt[row], row + 0.5, mark);
        red += color[0];
        green += color[1];
        blue += color[2];
        const one = color[0] + 2 * color[1] + 4 * color[2];
        least = Math.min(least, one);
        greatest = Math.max(greatest, one);
        count++;
      }
    }
    if (count === 4 && greatest - least < sameColor) break;
  }
  shader.setColor(red / count, green / count, blue / count);
  return true;
}
